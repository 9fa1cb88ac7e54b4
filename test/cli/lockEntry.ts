import type { SubjectPlan } from '../../application/check/subject.ts';
import { entryOf } from '../../catalogue/entryOf.ts';
import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import type { ModelDefect } from '../../models/description/defect.ts';
import { handedOver, heldByAtMost, lockModel } from '../checker/subjects/lock.ts';

/** A setting of each kind. */
interface LockConfig {
  readonly version: number;
  readonly checked: boolean;
  readonly acquire: 'acquire' | 'take';
  readonly tunes: readonly ('low' | 'high')[];
}

interface LockBounds {
  readonly records: number;
  readonly expiries: number;
}

class LockConfigError extends Error {}

/** The steps after which two clients hold an unchecked lock, and one that is not needed any more. */
export const bothHold = [
  'hum(tune=low)',
  'acquire(client=client-1)',
  'release(client=client-1)',
  'acquire(client=client-2)',
  'acquire(client=client-1)',
  'hum(tune=high)',
];

const bounds: LockBounds = { records: 0, expiries: 2 };

/** A defect that a property notices when the scenario is played. */
const uncheckedLock: ModelDefect<LockConfig, LockBounds> = {
  name: 'unchecked-lock',
  statement: 'The lock is given to whoever asks.',
  source: 'these tests',
  caughtBy: 'held-by-few',
  config: { checked: false },
  scenario: bothHold,
};

/** The entry of a toy that is in no catalogue: a second model, for what is said of several. */
export const lockEntry: ModelEntry = entryOf<
  LockConfig,
  LockBounds,
  ModelDefect<LockConfig, LockBounds>
>({
  name: 'lock',
  summary: 'clients that take turns',
  defaultConfig: { version: 1, checked: true, acquire: 'acquire', tunes: ['low', 'high'] },
  settings: {
    version: { meaning: 'the version', inWords: version => `version ${version}` },
    checked: { meaning: 'asks first', inWords: isOn => (isOn ? 'checked' : 'unchecked') },
    acquire: {
      meaning: 'what taking is called',
      inWords: name => `${name}()`,
      choices: ['acquire', 'take'],
    },
    tunes: {
      meaning: 'what is hummed',
      inWords: tunes => `tunes ${tunes.join(' and ')}`,
      choices: ['low', 'high'],
    },
  },
  headline: ['version', 'acquire', 'tunes'],
  bounds: {
    records: { meaning: 'records', one: 'record', several: 'records' },
    expiries: { meaning: 'ends', one: 'expiry', several: 'expiries' },
  },
  quietScope: { ...bounds, expiries: 0 },
  smallScope: bounds,
  largeScope: { ...bounds, expiries: 5 },
  defects: [
    uncheckedLock,
    { ...uncheckedLock, name: 'lock-without-scenario', bounds: { expiries: 1 } },
  ],
  ConfigError: LockConfigError,
  model({ version, checked, acquire }, { expiries }) {
    if (expiries > 9) throw new LockConfigError('expiries: expected at most 9');
    if (version === 0) throw new RangeError('a mistake of the model');
    return lockModel({ version, checked, acquire });
  },
  properties: () => [heldByAtMost(1)],
  questions: () => [handedOver()],
});

/** What `check` would explore of it. */
export const lockSubject: SubjectPlan = {
  entry: lockEntry,
  title: 'A lock',
  topics: [],
  notes: [],
  plans: [
    { name: 'expiry', config: {}, bounds: { expiries: 1 }, engine: 'exhaustive' },
    { name: 'at random', config: {}, bounds: { expiries: 5 }, engine: 'simulate' },
  ],
};

import { setImmediate } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Distribution, type Found, foundText, smallest, tryModel } from './runModels.ts';

/*
 * Compares many drawn models with the reference: npm run differential -- --models 100000 --seed 1
 * The last line is the command again, what came of it, and how the models are distributed: of those that were
 * compared until then, where it is interrupted (Ctrl-C).
 */
const { values } = parseArgs({
  options: {
    models: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    'no-views': { type: 'boolean', default: false },
    /** Stop at the first difference, without making it smaller. */
    first: { type: 'boolean', default: false },
    /** Models between two lines that say how far it has come. */
    progress: { type: 'string', default: '1000' },
  },
});
const { models, seed, from, progress } = {
  models: Number(values.models),
  seed: Number(values.seed),
  from: Number(values.from),
  progress: Number(values.progress),
};
const draw = { seed, looksAtViews: !values['no-views'] };
const MOST_SHOWN = 5;

let isInterrupted = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // A second one ends it at once.
  process.once(signal, () => {
    isInterrupted = true;
  });
}

/** Whether nobody has interrupted it, which signals that have come must be let say. */
async function goesOn(): Promise<boolean> {
  await setImmediate();
  return !isInterrupted;
}

const distribution = new Distribution();
const before = process.cpuUsage();
let differences = 0;
let first: Pick<Found, 'number' | 'comparison'> | undefined;
for (let number = from; number < from + models && (await goesOn()); number++) {
  const tried = await tryModel(draw, number);
  if (tried === undefined || !('problem' in tried)) {
    distribution.add(tried);
  } else {
    differences++;
    first ??= { number: tried.number, comparison: tried.comparison };
    process.stdout.write(
      `${foundText(draw, values.first ? tried : await smallest(tried, goesOn))}\n\n`,
    );
    if (values.first || differences === MOST_SHOWN) break;
  }
  const done = number - from + 1;
  if (done % progress === 0) process.stderr.write(`${done} of ${models} models\n`);
}
const { user, system } = process.cpuUsage(before);
const summary = {
  command: `npm run differential -- ${process.argv.slice(2).join(' ')}`,
  ...(isInterrupted ? { isInterrupted } : {}),
  differences,
  ...(first === undefined ? {} : { first }),
  ...distribution.data,
  cpuSeconds: Math.round((user + system) / 1e6),
};
process.stdout.write(`${JSON.stringify(summary)}\n`);
if (isInterrupted) process.exitCode = 130;
else process.exitCode = differences === 0 ? 0 : 1;

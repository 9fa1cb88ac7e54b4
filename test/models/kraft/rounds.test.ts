import { describe, expect, test } from 'vitest';
import { fingerprintText, type ModelState } from '../../../checker/core/compiledModel.ts';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { copyState } from '../../../checker/state/schema.ts';
import {
  defaultConfig,
  type KraftBounds,
  type KraftConfig,
  quietScope,
  type Transport,
} from '../../../models/kraft/config.ts';
import { kraftContext } from '../../../models/kraft/context.ts';
import { kraftDefects } from '../../../models/kraft/defects.ts';
import { kraftModel } from '../../../models/kraft/model.ts';
import { kraftRules } from '../../../models/kraft/releaseRules.ts';
import type { KraftDefect } from '../../../models/kraft/rules.ts';
import { kraftProperties } from '../../../properties/kraft.ts';
import { figures } from '../../defects/kraftFigures.ts';
import { everyFew } from '../../long.ts';

const mostStates = 200_000;

/** Defects whose scope is small enough to be searched with every message in flight. */
const caughtBothWays = [
  'double-vote',
  'vote-not-persisted',
  'quorum-state-lost',
  'majority-off-by-one',
  'leader-votes-for-other',
  'leader-in-answer-ignored',
  'vote-without-up-to-date-log',
  'follower-forgets-vote',
  'observer-stands',
  'leader-restarts-without-vote',
  'leader-resumes-epoch',
  'wiped-voter-votes-again',
  'directory-id-restored',
  'directory-id-ignored',
  'diverging-fetch-counted',
  'truncated-below-high-watermark',
  'older-snapshot-installed',
  'two-voter-changes-at-once',
  'voters-count-from-commit',
  'uncommitted-record-applied',
];

/**
 * Defects about a message that is late, or there twice. In rounds none is ever on its way, but for
 * the request for a snapshot: it is sent by the receipt of the answer that names it, and handled in
 * another step.
 */
const aboutMessagesInFlight: readonly {
  readonly name: string;
  readonly because: string;
  /** What the scope is here, where that of the defect takes longer. */
  readonly config?: Partial<KraftConfig>;
  /** To see it in flight takes a longer search than a test should make. */
  readonly deep?: true;
}[] = [
  {
    name: 'repeated-vote-counted',
    because: 'an answer arrives twice',
    config: { voters: 4 },
    deep: true,
  },
  {
    name: 'unawaited-answer-taken',
    because: 'an answer arrives when nobody waits for it any more',
    deep: true,
  },
  {
    name: 'answer-of-another-epoch-taken',
    because: 'an answer arrives after the one who asked has moved to another epoch',
  },
  {
    name: 'two-fetches-in-flight',
    because: 'a request is sent while another is on its way',
  },
  {
    name: 'appended-at-any-offset',
    because: 'an answer arrives after the log has grown beyond what was asked for',
  },
];

/** The defects that are on to see this one: with it, what would hide it. */
function defectsFor(name: string): readonly [KraftDefect, ...KraftDefect[]] {
  const found = kraftDefects.find(defect => defect.name === name);
  if (found === undefined) throw new Error(`there is no defect ${name}`);
  return found.masked === undefined ? [found] : [found, ...defectsOf(found.masked.unmaskedBy)];
}

function defectsOf(name: string): readonly KraftDefect[] {
  return kraftDefects.filter(defect => defect.name === name);
}

/**
 * The length of a shortest run that shows a defect with every message in flight. The defects' own test
 * searches for that of those without a scenario; it is not searched for again.
 */
async function stepsInFlight(name: string): Promise<number> {
  const [{ scenario, caughtBy }] = defectsFor(name);
  const known = figures[name];
  if (scenario === undefined && known !== undefined) return known.steps;
  const [violation] = (await search(name, 'inFlight')).violations;
  expect(violation?.property).toBe(caughtBy);
  return violation?.steps.length ?? 0;
}

/** Searches the scope of a defect for what should notice it. */
async function search(name: string, transport: Transport, changed: Partial<KraftConfig> = {}) {
  const defects = defectsFor(name);
  const [{ config: of, bounds: allowed, caughtBy }] = defects;
  const config = { ...defaultConfig, ...of, ...changed, transport };
  const bounds = { ...quietScope, ...allowed };
  const watched = kraftProperties(config, bounds).filter(property => property.name === caughtBy);
  const options = { symmetry: true, maxStates: mostStates };
  return exploreExhaustively(kraftModel(config, bounds, defects), watched, options);
}

describe('kraft: a request, its handling and its answer in one step (transport=rounds)', () => {
  test.each(everyFew(caughtBothWays, 4))(
    'catches %s as in flight, and by no more steps',
    async name => {
      const [inRounds] = (await search(name, 'rounds')).violations;
      expect(inRounds?.property).toBe(defectsFor(name)[0].caughtBy);
      expect(inRounds?.steps.length).toBeLessThanOrEqual(await stepsInFlight(name));
    },
  );

  test.each(everyFew(aboutMessagesInFlight, 3))('cannot show $name', async defect => {
    const { name, config, deep } = defect;
    const inRounds = await search(name, 'rounds', config);
    expect(inRounds.violations).toEqual([]);
    expect(inRounds.stopped).toBeUndefined();
    if (deep) return;
    const [inFlight] = (await search(name, 'inFlight', config)).violations;
    expect(inFlight?.property).toBe(defectsFor(name)[0].caughtBy);
  });
});

interface Scope {
  readonly called: string;
  readonly config: Partial<KraftConfig>;
  readonly bounds: Partial<KraftBounds>;
}

/** Every state that can be reached, told apart by everything but the messages on their way. */
async function statesBesidesMessages(scope: Scope, transport: Transport): Promise<Set<string>> {
  const config = { ...defaultConfig, ...scope.config, transport };
  const bounds = { ...quietScope, ...scope.bounds };
  const { schema, node: nodes } = kraftContext(config, bounds, kraftRules);
  const scratch = schema.create();
  const states = new Set<string>();
  const onState = (state: ModelState): void => {
    copyState(state, scratch);
    for (const from of nodes.all) {
      for (const to of nodes.all) if (from !== to) scratch.protocol.connections.clear(from, to);
    }
    states.add(fingerprintText(scratch));
  };
  const { stopped } = await exploreExhaustively(
    kraftModel(config, bounds),
    kraftProperties(config, bounds),
    { symmetry: false, maxStates: mostStates, onState },
  );
  expect(stopped).toBeUndefined();
  return states;
}

describe('kraft: what nodes can come to be in rounds and in flight, apart from messages', () => {
  test.each<Scope>([
    { called: 'three voters', config: { kafka: '3.9' }, bounds: {} },
    {
      called: 'two voters, a record and a crash',
      config: { kafka: '3.9', voters: 2 },
      bounds: { records: 1, crashes: 1 },
    },
  ])('is the same in one epoch without pre-votes: $called', async scope => {
    const inRounds = await statesBesidesMessages(scope, 'rounds');
    const inFlight = await statesBesidesMessages(scope, 'inFlight');
    expect(inRounds).toEqual(inFlight);
  });

  // Requests that cross are answered by what both sides were before: two voters grant each other a
  // pre-vote, or move each other on. In rounds the second to ask sees what the first has become.
  test.each<Scope>([
    {
      called: 'two voters with pre-votes, a record and a resignation',
      config: { voters: 2 },
      bounds: { epochs: 2, records: 1, resignations: 1 },
    },
    {
      called: 'two voters without pre-votes and a crash',
      config: { kafka: '3.9', voters: 2 },
      bounds: { epochs: 2, crashes: 1 },
    },
  ])('is a part of it in two epochs, in rounds: $called', async scope => {
    const inRounds = await statesBesidesMessages(scope, 'rounds');
    const inFlight = await statesBesidesMessages(scope, 'inFlight');
    expect([...inRounds].filter(state => !inFlight.has(state))).toEqual([]);
    expect(inFlight.size).toBeGreaterThan(inRounds.size);
  });
});

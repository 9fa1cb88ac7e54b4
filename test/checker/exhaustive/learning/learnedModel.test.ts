import { describe, expect, test } from 'vitest';
import { CompiledModel } from '../../../../checker/core/compiledModel.ts';
import { Evaluator, outcomesOf } from '../../../../checker/core/evaluator.ts';
import { exploreExhaustively } from '../../../../checker/exhaustive/exhaustive.ts';
import { LearnedModel } from '../../../../checker/exhaustive/learning/learnedModel.ts';
import type { AnyModel } from '../../../../checker/model/model.ts';
import type { AnyProperty } from '../../../../checker/model/property.ts';
import { copyState, equalStates } from '../../../../checker/state/schema.ts';
import {
  type KraftBounds,
  defaultConfig as kraftConfig,
  largeScope as largeQuorum,
  smallScope as smallQuorum,
} from '../../../../models/kraft/config.ts';
import { kraftModel } from '../../../../models/kraft/model.ts';
import {
  largeScope as largeReplication,
  type ReplicationBounds,
  defaultConfig as replicationConfig,
  smallScope as smallReplication,
} from '../../../../models/replication/config.ts';
import { replicationModel } from '../../../../models/replication/model.ts';
import { kraftProperties } from '../../../../properties/kraft.ts';
import { replicationProperties } from '../../../../properties/replication.ts';
import { casesOf } from '../../../long.ts';

const STATES = casesOf(300, 1000);

function replicationIn(bounds: ReplicationBounds): Subject {
  return [
    replicationModel(replicationConfig, bounds),
    replicationProperties(replicationConfig, bounds),
  ];
}

function quorumIn(bounds: KraftBounds): Subject {
  return [kraftModel(kraftConfig, bounds), kraftProperties(kraftConfig, bounds)];
}

type Subject = readonly [AnyModel, readonly AnyProperty[]];
const subjects: readonly (readonly [string, ...Subject])[] = [
  ['replication, small scope', ...replicationIn(smallReplication)],
  ['replication, large scope', ...replicationIn(largeReplication)],
  ['the quorum, small scope', ...quorumIn(smallQuorum)],
  ['the quorum, large scope', ...quorumIn(largeQuorum)],
];

/** The first states of a model, breadth first. */
async function statesOf(model: AnyModel): Promise<Uint32Array[]> {
  const states: Uint32Array[] = [];
  await exploreExhaustively(model, [], {
    maxStates: STATES,
    onState: state => states.push(state.words.slice()),
  });
  return states;
}

describe.each(subjects)('what is learned of %s', (_, model, properties) => {
  test('is what guards, steps and properties come to in every state', async () => {
    const compiled = new CompiledModel(model);
    const judge = new Evaluator(properties);
    const learned = new LearnedModel(compiled, compiled.live, judge);
    const { before, after } = learned;
    const [state, next] = [compiled.createState(), compiled.createState()];
    const enabled = new Uint32Array(compiled.live.length);
    let steps = 0;
    for (const words of await statesOf(model)) {
      before.words.set(words);
      state.words.set(words);
      const saidOfState = outcomesOf(judge.invariants, place => judge.inState(place, state));
      expect(learned.outcomesInState(before).join()).toBe(saidOfState.join());
      const known = enabled.subarray(0, learned.enabled(enabled));
      const asked = compiled.live.filter(index => compiled.enabled(state, index) === true);
      expect(known.toSorted().join()).toBe(asked.join());
      for (const instance of known) {
        copyState(state, next);
        compiled.step(next, instance);
        copyState(before, after);
        const effect = learned.deltaOf(instance);
        const { writes, starts } = learned.deltas;
        for (let at = starts.get(effect); at < starts.get(effect + 1); at++) {
          after.bytes[writes.get(at) >>> 8] = writes.get(at) & 255;
        }
        if (!equalStates(after, next)) expect(after.bytes).toEqual(next.bytes);
        learned.memory.instance = instance;
        const { taken } = compiled.instances[instance] ?? {};
        if (taken === undefined) throw new Error('an instance without an action');
        const pair = { before: state, after: next };
        const said = outcomesOf(judge.onSteps, place => judge.onStep(place, pair, taken));
        expect(learned.outcomesOnStep(effect).join()).toBe(said.join());
        steps++;
      }
    }
    expect(steps).toBeGreaterThan(STATES);
  });
});

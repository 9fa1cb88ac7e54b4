import { describe, expect, test } from 'vitest';
import { builtInModels } from '../../../catalogue/models.ts';
import { CompiledModel, type ModelState } from '../../../checker/core/compiledModel.ts';
import { RandomSource } from '../../../checker/core/randomSource.ts';
import { Candidates } from '../../../checker/random/candidates.ts';
import { ObservedRun } from '../../../checker/random/observedRun.ts';
import { Scheduler } from '../../../checker/random/scheduler.ts';
import { Monitor } from '../../../checker/results/monitor.ts';

const models = builtInModels.map(entry => {
  const request = { config: {}, bounds: entry.largeScope, defects: [] };
  return [entry.name, entry.build(request)] as const;
});

/** Compares all bytes at once: one by one takes longer than all else. */
function isSame(one: ModelState, other: ModelState): boolean {
  return Buffer.compare(one.bytes, other.bytes) === 0;
}

/** Makes random runs, and shows each state. */
function play(
  model: CompiledModel,
  seen: { start: (run: ObservedRun) => void; step: (run: ObservedRun, index: number) => void },
  runs = 12,
): void {
  const run = new ObservedRun(model);
  const scheduler = new Scheduler(model, run);
  const random = new RandomSource(17);
  for (let count = 0; count < runs; count++) {
    run.start(0);
    scheduler.begin(random);
    seen.start(run);
    for (let step = 0; step < 60; step++) {
      const place = scheduler.next(random);
      if (place === undefined) break;
      const index = model.live[place] as number;
      scheduler.take(place, index, random);
      seen.step(run, index);
    }
  }
}

describe.each(models)('an observed run of %s', (_, { model, properties }) => {
  const compiled = new CompiledModel(model);

  test('is the run that is played without observation, from state to state', () => {
    const plain = compiled.createState();
    let steps = 0;
    play(compiled, {
      start: () => compiled.initialize(plain, 0),
      step(run, index) {
        steps++;
        expect(isSame(run.before, plain)).toBe(true);
        expect(compiled.enabled(plain, index)).toBe(true);
        compiled.step(plain, index);
        expect(isSame(run.after, plain)).toBe(true);
      },
    });
    expect(steps).toBeGreaterThan(200);
  });

  test('knows the block of every byte that a step changed', () => {
    const { ofByte } = compiled.schema.blocks;
    let changes = 0;
    play(compiled, {
      start: () => undefined,
      step({ before, after, changed }) {
        after.bytes.forEach((byte, at) => {
          if (byte === before.bytes[at]) return;
          changes++;
          const block = ofByte[at] as number;
          expect((changed[block >> 5] as number) & (1 << (block & 31))).not.toBe(0);
        });
      },
    });
    expect(changes).toBeGreaterThan(200);
  });

  test('has the same hash whenever it is in the same state', () => {
    const hashes = new Map<string, string>();
    play(compiled, {
      start: () => undefined,
      step({ after, low, high }) {
        const state = after.words.join();
        const hash = `${low} ${high}`;
        expect(hashes.get(state) ?? hash).toBe(hash);
        hashes.set(state, hash);
      },
    });
    expect(new Set(hashes.values()).size).toBe(hashes.size);
  });

  test('offers exactly the enabled instances to be drawn', () => {
    let candidates: Candidates | undefined;
    const random = new RandomSource(3);
    play(
      compiled,
      {
        start(run) {
          candidates ??= new Candidates(compiled, run.after);
          candidates.reset(() => false);
        },
        step({ after, changed }) {
          candidates?.changed(changed);
          const drawn: number[] = [];
          for (
            let place = candidates?.draw(random);
            place !== undefined;
            place = candidates?.draw(random)
          ) {
            drawn.push(place);
            candidates?.park(place);
          }
          for (const place of drawn) candidates?.unpark(place);
          const enabled = [...compiled.live.keys()].filter(
            place => compiled.enabled(after, compiled.live[place] as number) === true,
          );
          expect(drawn.sort((a, b) => a - b)).toEqual(enabled);
        },
      },
      4,
    );
  });

  test('is judged as if every invariant were computed in every state', () => {
    const ignored = { violated: () => undefined };
    const [always, sometimes] = [
      new Monitor(properties, ignored),
      new Monitor(properties, ignored),
    ];
    play(compiled, {
      start({ after }) {
        always.checkState(after);
        sometimes.checkFirst(after);
      },
      step({ after, changed }) {
        always.checkState(after);
        sometimes.checkChanged(after, changed);
      },
    });
    expect(sometimes.reports('part')).toEqual(always.reports('part'));
  });
});

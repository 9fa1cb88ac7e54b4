import { describe, expect, test } from 'vitest';
import { CompiledModel } from '../../../checker/core/compiledModel.ts';
import { actionsOf, defineModel } from '../../../checker/model/model.ts';
import type { TakenAction } from '../../../checker/model/property.ts';
import { int } from '../../../checker/state/fields.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import {
  check,
  type Extent,
  type Finding,
  type Kind,
} from '../../../conformance/lockstep/check.ts';
import type { Counterpart, Step } from '../../../conformance/lockstep/counterpart.ts';
import type { NamedException } from '../../../conformance/lockstep/exceptions.ts';
import { Lockstep, noCounts } from '../../../conformance/lockstep/lockstep.ts';
import { shorten } from '../../../conformance/lockstep/shorten.ts';
import { detailsText, isPassed } from '../../../conformance/table.ts';
import { toyModel } from '../../checker/subjects/toys.ts';

/** A counter that goes up and down, if it can, and a light that nobody compares. */
function counter(by = 1, up = 'up'): CompiledModel {
  const schema = defineSchema({
    protocol: { n: int(0, 20), light: int(0, 1) },
    ghost: {},
    budget: {},
  });
  const action = actionsOf(schema, {});
  const common = { kind: 'protocol', actor: 'counter', params: {} } as const;
  return new CompiledModel(
    defineModel({
      ...toyModel,
      name: 'counter',
      schema,
      initialStates: [() => undefined],
      actions: [
        action({
          ...{ ...common, name: up },
          enabled: ({ protocol }) => protocol.n < 9,
          step: ({ protocol }) => {
            protocol.n += by;
          },
        }),
        action({
          ...{ ...common, name: 'down' },
          enabled: ({ protocol }) => protocol.n > 0,
          step: ({ protocol }) => {
            protocol.n--;
          },
        }),
        action({
          ...{ ...common, name: 'blink' },
          enabled: () => true,
          step: ({ protocol }) => {
            protocol.light = 1 - protocol.light;
          },
        }),
      ],
    }),
  );
}

interface CounterState {
  readonly protocol: { readonly n: number };
}

/** Another counter, in place of Kafka. */
class Other implements Counterpart<CounterState> {
  n = 0;
  readonly #up: (n: number) => number;
  isClosed = false;

  constructor(up: (n: number) => number = n => n + 1) {
    this.#up = up;
  }

  async begin(): Promise<void> {
    this.n = 0;
  }

  weightOf(): number {
    return 1;
  }

  hasPartIn({ taken }: Step<CounterState>): boolean {
    return taken.name !== 'blink';
  }

  async take({ taken }: Step<CounterState>): Promise<string | undefined> {
    this.n = taken.name === 'up' ? this.#up(this.n) : this.n - 1;
    return undefined;
  }

  folded(): readonly TakenAction[] {
    return [];
  }

  ofModel({ protocol }: CounterState) {
    return { n: protocol.n };
  }

  ofKafka() {
    return { n: this.n };
  }

  note(): string {
    return `it is ${this.n}`;
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }
}

/** Stays where it is when it should become four. */
const stuck = (n: number): number => (n === 3 ? 3 : n + 1);
const up = 0;
const [down, blink] = [1, 2];

describe('a run in lockstep', () => {
  test('of two that are the same goes on to its end', async () => {
    const lockstep = new Lockstep(counter(), new Other());
    const { steps, difference } = await lockstep.random(1, 40);
    expect(difference).toBeUndefined();
    // Some of the 40 were steps of the model alone.
    expect(steps).toBeGreaterThan(15);
    expect(steps).toBeLessThan(40);
  });

  test('ends with the step that leads them apart, and says what both have', async () => {
    const lockstep = new Lockstep(counter(), new Other(stuck));
    const { difference } = await lockstep.rerun([up, up, down, blink, up, up, up, up]);
    expect(difference?.labels).toEqual([
      'up()',
      'up()',
      'down()',
      'blink()',
      'up()',
      'up()',
      'up()',
    ]);
    expect(difference?.places).toEqual([{ place: 'n', model: 4, kafka: 3 }]);
    expect(difference?.note).toBe('it is 3');
  });

  test('is shortened to what the difference needs', async () => {
    const lockstep = new Lockstep(counter(), new Other(stuck));
    const { difference } = await lockstep.rerun([up, blink, up, down, up, up, down, up, up]);
    if (difference === undefined) throw new Error('expected a difference');
    const { run } = await shorten(lockstep, difference);
    expect(run).toEqual([up, up, up, up]);
  });

  test('takes back what Kafka need not do, and counts it', async () => {
    const counts = noCounts();
    class Reluctant extends Other {
      override async take(step: Step<CounterState>): Promise<string | undefined> {
        return this.n === 2 && step.taken.name === 'up' ? 'two is enough' : super.take(step);
      }
    }
    const lockstep = new Lockstep(counter(), new Reluctant(), counts);
    const { steps, difference } = await lockstep.rerun([up, up, up, up, down]);
    expect([steps, difference]).toEqual([3, undefined]);
    expect(counts.declined).toEqual({ 'up: two is enough': 2 });
  });

  test('lets the model take what Kafka does in the same breath, and nothing else', async () => {
    const counts = noCounts();
    class Eager extends Other {
      override folded(): readonly TakenAction[] {
        return [{ name: 'up', actor: 'counter', params: {} }];
      }
    }
    const twice = new Lockstep(counter(), new Eager(n => n + 2), counts);
    expect((await twice.rerun([up, up])).difference).toBeUndefined();
    expect(counts.folded).toEqual({ up: 2 });
    const thrice = new Lockstep(counter(), new Eager(n => n + 3));
    const { difference } = await thrice.rerun([up]);
    expect(difference?.places).toEqual([{ place: 'n', model: 1, kafka: 3 }]);
    expect(difference?.labels).toEqual(['up()']);
  });
});

const extent: Extent = { seed: 1, steps: 100, defectSteps: 100 };

function kind(
  other: Other,
  exceptions: readonly NamedException<CounterState>[],
): Kind<CounterState> {
  return {
    name: 'counter',
    version: '4.3.1',
    model: defects => counter(defects.includes('counts-double') ? 2 : 1),
    counterpart: () => other,
    exceptions,
    findings: [{ name: 'counts-double', story: ['up()', 'down()', 'up()'] }],
    runLength: 30,
    defects: ['counts-double', 'harmless'],
  };
}

const stuckAtThree: NamedException<CounterState> = {
  name: 'stuck-at-three',
  reason: 'It does not count further.',
  source: 'this test',
  releases: ['4.3.1'],
  isShownBy: ({ places }) => places.some(({ kafka }) => kafka === 3),
  storyIn: 'counter',
  story: ['up()', 'up()', 'up()', 'up()'],
};

describe('a kind', () => {
  test('fails with a difference that nobody has named, shortened', async () => {
    const other = new Other(stuck);
    const result = await check(kind(other, []), extent);
    expect(isPassed(result)).toBe(false);
    expect(result.unnamed.map(({ run }) => run.length)).toEqual([4, 4, 4]);
    expect(detailsText(result)).toContain('  4. up()\n  place  model  Kafka\n  n      4      3');
    expect(other.isClosed).toBe(true);
  });

  test('passes with a difference that has a name, which a story still shows', async () => {
    const result = await check(kind(new Other(stuck), [stuckAtThree]), extent);
    expect(isPassed(result)).toBe(true);
    expect(result.exceptions['stuck-at-three']).toBeGreaterThan(0);
  });

  test('fails with a name whose story shows nothing any more', async () => {
    const result = await check(kind(new Other(), [stuckAtThree]), extent);
    expect(result.stale).toEqual(['stuck-at-three']);
    expect(isPassed(result)).toBe(false);
    expect(detailsText(result)).toContain('stuck-at-three is shown no more');
  });

  test('does not ask of another release what is named for this one', async () => {
    const ofOther = { ...stuckAtThree, releases: ['3.9.1'] as const };
    const result = await check(kind(new Other(), [ofOther]), extent);
    expect(result.stale).toEqual([]);
  });

  test('shows a finding that Kafka has as the model has it, and fails where it does not', async () => {
    const result = await check(kind(new Other(), []), extent);
    expect(result.findings).toEqual([
      { finding: 'counts-double', isPlayed: true, partsAfter: 1, isInEveryModel: false },
    ]);
    expect(detailsText(result)).toContain('a model without it differs after 1 steps');
    const late = await check(kind(new Other(n => (n === 0 ? 2 : n + 1)), []), extent);
    expect(late.findings).toEqual([
      { finding: 'counts-double', isPlayed: false, partsAfter: 3, isInEveryModel: false },
    ]);
    expect(isPassed(late)).toBe(false);
  });

  test('shows a finding that every model has by taking its story, and fails where Kafka does not', async () => {
    const counts: Finding = {
      name: 'counts',
      story: ['up()', 'blink()', 'up()'],
      isInEveryModel: true,
    };
    const shownBy = (other: Other) => check({ ...kind(other, []), findings: [counts] }, extent);
    const result = await shownBy(new Other());
    expect(isPassed(result)).toBe(true);
    expect(detailsText(result)).toContain('counts is what Kafka does, step by step');
    expect(isPassed(await shownBy(new Other(n => (n === 0 ? 2 : n + 1))))).toBe(false);
  });

  test('takes a model that has no step of a story for one that parts there', async () => {
    const gone = { name: 'gone', story: ['up()', 'up()'] };
    const without = (defects: readonly string[]) =>
      counter(1, defects.includes('gone') ? 'rise' : 'up');
    const result = await check(
      { ...kind(new Other(), []), findings: [gone], model: without },
      extent,
    );
    expect(result.findings).toMatchObject([{ isPlayed: true, partsAfter: 1 }]);
  });

  test('says which defects of the model it notices', async () => {
    const { noticed } = await check(kind(new Other(), []), extent);
    expect(noticed.map(({ defect }) => defect)).toEqual(['counts-double', 'harmless']);
    expect(noticed[0]?.after).toBeGreaterThan(0);
    expect(noticed[1]?.after).toBeUndefined();
  });
});

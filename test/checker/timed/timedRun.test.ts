import { describe, expect, test } from 'vitest';
import { CompiledModel } from '../../../checker/core/compiledModel.ts';
import { ModelError } from '../../../checker/core/errors.ts';
import { DeclarationError } from '../../../checker/declarationError.ts';
import { actionsOf, defineModel } from '../../../checker/model/model.ts';
import { flag, int } from '../../../checker/state/fields.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { exponential, fixed, uniform } from '../../../checker/timed/duration.ts';
import { measureTimes, playTimedRun, questionOf } from '../../../checker/timed/measure.ts';
import { type Schedule, scheduleOf, timing } from '../../../checker/timed/schedule.ts';
import { proportionInterval, summaryOf } from '../../../checker/timed/statistics.ts';
import { TimedRun } from '../../../checker/timed/timedRun.ts';

const schema = defineSchema({
  protocol: { isBroken: flag(), repairs: int(0, 5), isWatched: flag(), ticks: int(0, 5) },
  ghost: {},
  budget: { faults: int(0, 1) },
});
type Protocol = { readonly isBroken: boolean; readonly repairs: number; readonly ticks: number };
const action = actionsOf(schema, {});

/** A machine that breaks, that is repaired while somebody watches it, and a clock. */
const machine = defineModel({
  ...{ name: 'machine', version: 1, config: {}, bounds: { faults: 1 }, defects: [], schema },
  recorders: {},
  initialStates: [
    ({ protocol, budget }) => {
      budget.faults = 1;
      protocol.isWatched = true;
    },
  ],
  actions: [
    action({
      ...{ name: 'break', kind: 'fault', actor: 'chance', params: {}, spends: 'faults' },
      enabled: ({ protocol }) => !protocol.isBroken,
      step: ({ protocol }) => {
        protocol.isBroken = true;
      },
    }),
    action({
      ...{ name: 'repair', kind: 'recovery', actor: 'engineer', params: {} },
      enabled: ({ protocol }) => (protocol.isBroken && protocol.isWatched) || 'nothing to repair',
      step: ({ protocol }) => {
        protocol.isBroken = false;
        protocol.repairs++;
      },
    }),
    action({
      ...{ name: 'look', kind: 'protocol', actor: 'engineer', params: {} },
      enabled: ({ protocol }) => protocol.isBroken,
      step: ({ protocol }) => {
        protocol.isWatched = !protocol.isWatched;
      },
    }),
    action({
      ...{ name: 'tick', kind: 'protocol', actor: 'clock', params: {} },
      enabled: ({ protocol }) => protocol.ticks < 5,
      step: ({ protocol }) => {
        protocol.ticks++;
      },
    }),
  ],
});

const broken = { name: 'break', params: {} };
const repaired = {
  name: 'repaired',
  text: 'it is repaired',
  holds: ({ protocol }: { readonly protocol: Protocol }) => protocol.repairs > 0,
};
const question = questionOf<typeof schema.protocol.fields>({
  ready: () => true,
  settle: fixed(10),
  faults: [() => broken],
  awaited: [repaired],
  limit: 10_000,
});

type MachineSchedule = Schedule<never>;
const schedule = (actions: MachineSchedule['actions'], rest: Partial<MachineSchedule> = {}) =>
  scheduleOf<never>({ actions, tickers: [], ...rest });
const delayed = (ms: number) => timing<never, object>({ due: ({ now }) => now + ms });
const never = timing<never, object>({ due: () => undefined });
const lengthsOf = async (given: ReturnType<typeof schedule>, runs = 1) =>
  (await measureTimes(machine, given, question, { seed: 1, runs })).measured[0]?.lengths;

describe('a timed run', () => {
  test('takes a step when it is due, counted from when it became possible', async () => {
    expect(await lengthsOf(schedule({ repair: delayed(25) }))).toEqual([25]);
  });

  test('never takes what has no timing, or is due at no time', async () => {
    expect(await lengthsOf(schedule({}))).toEqual([undefined]);
    expect(await lengthsOf(schedule({ repair: never }))).toEqual([undefined]);
  });

  test('forgets when a step was due that becomes impossible meanwhile', async () => {
    // Looked at every 10 ms, so that 25 are never watched in one; then it is repaired at once.
    expect(await lengthsOf(schedule({ repair: delayed(25), look: delayed(10) }))).toEqual([
      undefined,
    ]);
    expect(await lengthsOf(schedule({ repair: delayed(5), look: delayed(10) }))).toEqual([5]);
  });

  test('plans a step anew when a mark moves that it is due by', async () => {
    const repair = timing<never, object>({
      marks: () => ['seen'],
      due: ({ now, markOf }) => (markOf('seen') ?? now) + 25,
    });
    const seen = { name: 'sight', first: fixed(0), every: fixed(7) };
    const until = (last: number) => ({
      ...seen,
      tick: ({ now, mark }: { now: number; mark: (name: string) => void }) => {
        if (now <= last) mark('seen');
      },
    });
    // The fault comes at 10; what was seen last is at 35, or at 0, which is over.
    expect(await lengthsOf(schedule({ repair }, { tickers: [until(40)] }))).toEqual([50]);
    expect(await lengthsOf(schedule({ repair }, { tickers: [until(0)] }))).toEqual([15]);
  });

  test('is told of every step, with what there was before', () => {
    const told: unknown[] = [];
    const observe: MachineSchedule['observe'] = (before: Protocol, { protocol }, { name }) => {
      told.push([name, before.isBroken, (protocol as Protocol).isBroken]);
    };
    playTimedRun(machine, schedule({ repair: delayed(5) }, { observe }), question, {
      ...{ seed: 1, number: 0 },
    });
    expect(told).toEqual([
      ['break', false, true],
      ['repair', true, false],
    ]);
  });

  test('is a run of the model: its steps can be taken in their order', () => {
    const model = new CompiledModel(machine);
    const given = schedule({ repair: delayed(5), tick: delayed(3), look: delayed(4) });
    const { steps, faultAt } = playTimedRun(machine, given, question, { seed: 1, number: 0 });
    const state = model.createState();
    model.initialize(state, 0);
    for (const { instance } of steps) {
      expect(model.enabled(state, instance)).toBe(true);
      model.step(state, instance);
    }
    expect(steps.map(({ at }) => at)).toEqual(steps.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(faultAt).toBe(10);
  });

  test('that does not come on ends with an error, as does a fault that cannot be', () => {
    const run = new TimedRun(new CompiledModel(machine), schedule({ look: delayed(0) }));
    run.begin(1, 0);
    run.inject(broken);
    expect(() => {
      while (run.advance(10));
    }).toThrow('10000 steps within a millisecond: time does not pass');
    expect(() => run.inject(broken)).toThrow(ModelError);
    const still = { name: 'standing', first: fixed(0), every: fixed(0), tick: () => undefined };
    const ticking = new TimedRun(new CompiledModel(machine), schedule({}, { tickers: [still] }));
    ticking.begin(1, 0);
    expect(() => {
      while (ticking.advance(10));
    }).toThrow('time does not pass');
    expect(() => run.inject({ name: 'explode', params: {} })).toThrow('there is no step explode');
  });

  test('knows every action of its schedule', () => {
    const unknown = schedule({ mend: delayed(1) });
    expect(() => new TimedRun(new CompiledModel(machine), unknown)).toThrow(
      new DeclarationError('schedule: the model has no action "mend"'),
    );
  });

  test('that never becomes ready is an error, and no measurement', async () => {
    const measuring = measureTimes(
      machine,
      schedule({}),
      { ...question, ready: () => false },
      { seed: 1, runs: 1 },
    );
    await expect(measuring).rejects.toThrow('not ready after 600000 ms');
  });
});

describe('measured times', () => {
  const drawn = timing<never, object>({
    due: ({ now, draw }) => now + draw('repair', uniform(20, 40)),
  });

  test('are the same for the same seed, and run by run whoever makes them', async () => {
    const given = schedule({ repair: drawn });
    const whole = await lengthsOf(given, 40);
    expect(await lengthsOf(given, 40)).toEqual(whole);
    const part = async (first: number) =>
      (await measureTimes(machine, given, question, { seed: 1, runs: 20, first })).measured[0];
    expect([...((await part(0))?.lengths ?? []), ...((await part(20))?.lengths ?? [])]).toEqual(
      whole,
    );
    const other = await measureTimes(machine, given, question, { seed: 2, runs: 40 });
    expect(other.measured[0]?.lengths).not.toEqual(whole);
  });

  test('are those of two that race: the sooner of two constant rates is as likely as its rate', async () => {
    const rate = (purpose: string, mean: number) =>
      timing<never, object>({ due: ({ now, draw }) => now + draw(purpose, exponential(mean)) });
    const race = schedule({ repair: rate('repair', 30), look: rate('look', 60) });
    // Looked away before it is repaired: nobody repairs it before somebody looks again.
    const runs = 1500;
    const { measured } = await measureTimes(machine, race, question, { seed: 3, runs });
    const steps = Array.from(
      { length: runs },
      (_, number) => playTimedRun(machine, race, question, { seed: 3, number }).steps.length,
    );
    const [low, high] = proportionInterval(steps.filter(count => count === 2).length, runs);
    expect(low).toBeLessThan(2 / 3);
    expect(high).toBeGreaterThan(2 / 3);
    // The first repair: 20 ms until something happens, and in a third of all cases 60 more, and all of it again.
    const [least, most] = summaryOf(measured[0]?.lengths ?? [])?.meanInterval ?? [0, 0];
    expect(least).toBeLessThan(60);
    expect(most).toBeGreaterThan(60);
  });

  test('that are not asked about are counted apart', async () => {
    const result = await measureTimes(
      machine,
      schedule({ repair: drawn }),
      { ...question, isMeant: () => false },
      { seed: 1, runs: 3 },
    );
    const none = { runs: 3, passedOver: 3, meant: [], measured: [{ lengths: [] }] };
    expect(result).toMatchObject(none);
    const second = { ...question, isMeant: () => ++asked % 2 === 0 };
    let asked = 0;
    const some = await measureTimes(machine, schedule({ repair: drawn }), second, {
      ...{ seed: 1, runs: 4, first: 10 },
    });
    expect(some).toMatchObject({ passedOver: 2, meant: [11, 13] });
  });

  test('are asked for by names that differ', async () => {
    const twice = { ...question, awaited: [...question.awaited, ...question.awaited] };
    await expect(measureTimes(machine, schedule({}), twice, { seed: 1, runs: 1 })).rejects.toThrow(
      'question: "repaired" is awaited twice',
    );
  });
});

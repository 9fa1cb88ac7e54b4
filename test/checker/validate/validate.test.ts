import { describe, expect, test } from 'vitest';
import { FieldPathError } from '../../../checker/state/fieldPath.ts';
import type { Observation, Reading } from '../../../checker/validate/observation.ts';
import { ObservationError } from '../../../checker/validate/patterns.ts';
import { validate } from '../../../checker/validate/validate.ts';
import { lockModel } from '../subjects/lock.ts';

const holders = 'protocol.holders';
const lock = lockModel({ checked: true });

function log(...readings: readonly Reading[]): Observation {
  const lines = readings.map((reading, index) => ({
    text: `line ${index + 1}`,
    readings: [reading],
  }));
  return { lines, watched: [holders], mostUnobserved: 2 };
}
const held = (...clients: readonly number[]): Reading => ({
  state: { [holders]: clients.map(client => `client-${client}`) },
});
const acquire = (client: number): Reading => ({
  steps: [{ action: 'acquire', params: { client: `client-${client}` } }],
});
const names = ({ run }: ReturnType<typeof validate>): string[] => run.steps.map(({ name }) => name);

describe('what was observed is explained', () => {
  test('by the steps that it names', () => {
    const found = validate(lock, log({ ...acquire(2), ...held(2) }, { ...held() }, acquire(3)));
    expect(found.verdict).toBe('unexplained');
    // The third line names no holder, and holders are watched: it says that they stay as they are.
    expect(found.line).toBe(2);
    const whole = validate(
      lock,
      log({ ...acquire(2), ...held(2) }, held(), { ...acquire(3), ...held(3) }),
    );
    expect(whole).toMatchObject({
      verdict: 'explained',
      run: { initialState: 0, lines: [[0], [1], [2]] },
      constraints: { lines: 3, observedSteps: 3, unobservedSteps: 0, fields: 3 },
    });
    expect(names(whole)).toEqual(['acquire', 'release', 'acquire']);
  });

  test('with unobserved steps between, as many as may be', () => {
    const loud = (noise: number): Reading => ({
      kind: 'state',
      state: { 'protocol.noise': noise },
    });
    const found = validate(lock, log(held(1), loud(2)));
    expect(names(found)).toEqual(['acquire', 'hum', 'hum']);
    expect(found.run.lines).toEqual([[0], [], []]);
    expect(found.constraints).toEqual({
      lines: 2,
      observedSteps: 1,
      unobservedSteps: 2,
      fields: 2,
    });
    expect(validate(lock, log(held(1), loud(5)))).toMatchObject({
      verdict: 'unexplained',
      line: 1,
    });
    const silent: Observation = { ...log(held(1), loud(2)), unobserved: ['expire'] };
    expect(validate(lock, silent)).toMatchObject({ verdict: 'unexplained', line: 1 });
  });

  test('by one step that several lines tell of', () => {
    const [first, second] = [held(1), held()];
    const lines = [
      { text: 'a', readings: [{ ...first, lines: 2 }, second] },
      { text: 'b', readings: [second] },
      { text: 'c', readings: [second] },
    ];
    const found = validate(lock, { lines, watched: [holders], mostUnobserved: 0 });
    expect(found).toMatchObject({ verdict: 'explained', run: { lines: [[0, 1], [2]] } });
  });

  test('in a state that an element of a list has', () => {
    expect(validate(lock, log({ kind: 'state', state: { 'ghost.grants': 0 } }))).toMatchObject({
      verdict: 'explained',
      constraints: { observedSteps: 0, fields: 1 },
    });
  });
});

describe('what was observed is not explained', () => {
  test('where a guard is false, which is named', () => {
    const found = validate(lock, log(held(1), { ...acquire(2), ...held(1, 2) }));
    expect(found).toMatchObject({ verdict: 'unexplained', line: 1 });
    expect(found.nearest?.[0]).toEqual({
      step: 'acquire(client=client-2)',
      guard: 'the lock is taken',
      mismatches: [],
    });
    expect(names(found)).toEqual(['acquire']);
  });

  test('where a field is something else, which is named too', () => {
    const found = validate(lock, log({ ...acquire(1), ...held(2) }));
    expect(found.nearest).toEqual([
      {
        step: 'acquire(client=client-1)',
        guard: undefined,
        mismatches: [{ path: holders, observed: ['client-2'], model: ['client-1'] }],
      },
    ]);
  });

  test('where a line is missing, and a watched field has changed unseen', () => {
    expect(validate(lock, log(held(1), held(), held(2))).verdict).toBe('explained');
    expect(validate(lock, log(held(1), held(2)))).toMatchObject({
      verdict: 'unexplained',
      line: 1,
    });
  });

  test('where all that is left of a budget is spent', () => {
    const expire = (client: number): Reading => ({
      steps: [{ action: 'expire', params: { client: `client-${client}` } }],
      ...held(),
    });
    const twice = [held(1), expire(1), held(2), expire(2), held(3)];
    expect(validate(lock, log(...twice)).verdict).toBe('explained');
    const found = validate(lock, log(...twice, expire(3)));
    expect(found.line).toBe(5);
    expect(found.nearest?.[0]?.guard).toBe('no expiries are left in this scope');
  });
});

describe('a validation', () => {
  test('of nothing is no success', () => {
    expect(validate(lock, log()).verdict).toBe('empty');
    expect(validate(lock, log({ kind: 'state' })).verdict).toBe('empty');
  });

  test('ends undecided at a limit of states', () => {
    const unseen: Observation = { ...log(held(1, 2)), watched: [], mostUnobserved: 9 };
    expect(validate(lock, unseen, 20).verdict).toBe('inconclusive');
  });

  test('refuses lines that name what the model does not have', () => {
    const of = (reading: Reading) => () => validate(lock, log(reading));
    expect(of({ steps: [{ action: 'steal' }] })).toThrow(ObservationError);
    expect(of({ steps: [{ action: 'acquire', params: { client: 'client-9' } }] })).toThrow(
      'the model "lock" has no action acquire(client=client-9)',
    );
    expect(of({ state: { 'protocol.keys': 1 } })).toThrow(FieldPathError);
    expect(of({ state: { 'protocol.keys': 1 } })).toThrow(
      '"protocol.keys" is no field: protocol has holders, noise',
    );
    expect(of({ lines: 2 })).toThrow('line 1 has a reading of more lines than there are');
  });

  test('is the same each time', () => {
    const observation = log(held(1), held(), held(2));
    expect(validate(lock, observation)).toEqual(validate(lock, observation));
  });
});

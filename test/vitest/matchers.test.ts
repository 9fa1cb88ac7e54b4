import { describe, expect, it } from 'vitest';
import type { PropertyScope } from '../../checker/model/property.ts';
import type { Specification } from '../../checker/model/specification.ts';
import { type Fields, int, nodeSet } from '../../checker/state/fields.ts';
import { nodeType } from '../../checker/state/nodeType.ts';
import { writeTrace } from '../../checker/trace/readTrace.ts';
import { outbox } from '../checker/liveness/outbox.ts';
import { handedOver, heldByAtMost, lockModel } from '../checker/subjects/lock.ts';
import { fileIn, temporaryFolder } from '../cli/folder.ts';
import { bothHold, lockTrace } from '../corpus/lockTraces.ts';
import '../../vitest/matchers.ts';
import type { SearchLimits } from '../../vitest/matcherTypes.ts';
import { specifications } from '../cli/fixtures/verdicts/highwater.config.ts';

const properties = [heldByAtMost(1), handedOver()];
const checked: Specification = { model: lockModel({ checked: true }), properties };
const unchecked: Specification = { model: lockModel(), properties };
/** Enough states to cover the scope of a checked lock. */
const all = { maxStates: 100_000 };
/** Too few states to cover the scope, so that random runs follow. */
const few = { maxStates: 20, runs: 50 };

/** The message with which an expectation fails. */
async function messageOf(expectation: Promise<void>): Promise<string> {
  try {
    await expectation;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('the expectation is met');
}

describe('toHold', () => {
  it('is met where the whole scope was explored and nothing broke', async () => {
    await expect(checked).toHold('held-by-few', all);
    await expect(checked).toHold();
    expect(await messageOf(expect(checked).not.toHold('held-by-few', all))).toMatch(
      /^expected held-by-few to break, but nothing did: the whole scope was explored: [\d,]+ distinct states$/,
    );
  });

  it('tells the shortest story where a property breaks', async () => {
    await expect(unchecked).not.toHold('held-by-few');
    const message = await messageOf(expect(unchecked).toHold());
    expect(message).toContain('held-by-few is broken');
    expect(message).toContain('2 steps, the shortest possible in this scope');
    expect(message).toContain("-t 'tells the shortest story where a property breaks'");
  });

  it('refuses limits that there are not', async () => {
    const unknown: object = { maxState: 3 };
    expect(await messageOf(expect(checked).toHold('held-by-few', unknown))).toContain(
      'limits: there is no "maxState"; there are maxStates',
    );
    expect(await messageOf(expect(checked).toHold('held-by-few', { runs: -1 }))).toContain(
      'limits: runs: expected a whole number, 0 or more, found -1',
    );
    expect(await messageOf(expect(checked).not.toReach('handed-over', unknown))).toContain(
      'limits: there is no "maxState"',
    );
  });

  it('tells of every property that breaks, also where another breaks first', async () => {
    const two = { ...heldByAtMost(2), name: 'held-by-two' };
    const many = { ...heldByAtMost(9), name: 'held-by-nine' };
    const specification = { model: lockModel(), properties: [heldByAtMost(1), two, many] };
    const message = await messageOf(expect(specification).toHold(undefined, all));
    expect(message).toContain('held-by-few is broken');
    expect(message).toContain('held-by-two is broken');
    expect(message).toContain('2 steps, the shortest possible in this scope');
    expect(message).toContain('3 steps, the shortest possible in this scope');
    expect(message).toMatch(/^not broken: held-by-nine; the whole scope was explored: /m);
    const atRandom = await messageOf(expect(specification).toHold(undefined, { maxStates: 2 }));
    expect(atRandom).toContain('held-by-few is broken');
    expect(atRandom).toContain('held-by-two is broken');
    expect(atRandom).toMatch(/^not broken: held-by-nine; .*; then 200 random runs/m);
  });

  it('says that random runs are no proof', async () => {
    await expect(checked).toHold('held-by-few', few);
    expect(await messageOf(expect(checked).not.toHold('held-by-few', few))).toMatch(
      /the scope is larger than what was explored of it \(\d+ distinct states\); then 50 random runs, [\d,]+ steps: nothing found, which is no proof$/,
    );
    await expect(unchecked).not.toHold('held-by-few', { ...few, maxStates: 1 });
  });

  it('is met neither way where nothing was put to the test', async () => {
    const never = Object.assign(heldByAtMost(1), { when: () => false });
    const vacuous = { model: lockModel({ checked: true }), properties: [never] };
    const message = /^vacuous: held-by-few was never put to the test; the whole scope/;
    expect(await messageOf(expect(vacuous).toHold(undefined, all))).toMatch(message);
    expect(await messageOf(expect(vacuous).not.toHold(undefined, all))).toMatch(message);
    const none = { model: lockModel({ checked: true }), properties: [] };
    expect(await messageOf(expect(none).toHold())).toContain('no property was never');
  });

  it('is an error of use for what is no property, or no specification', async () => {
    expect(await messageOf(expect(checked).toHold('held'))).toBe(
      'no property "held"; there are held-by-few, handed-over',
    );
    expect(await messageOf(expect(checked).toHold('handed-over'))).toContain('use toReach');
    expect(await messageOf(expect(lockModel()).toHold())).toContain('expected a specification');
  });
});

describe('symmetry', () => {
  const said = /property "not-all-by-one" treats (server-\d(, | and | ))+differently/g;

  it('is left aside where a node is named, and the story is that of this node', async () => {
    const message = await messageOf(expect(specifications.work).toHold('not-all-by-one'));
    expect(message).toMatch(/^ +server-3$/m);
    expect(message.match(said)).toHaveLength(1);
    await expect(specifications.work).not.toHold();
  });

  it('is not looked for where it is not wanted', async () => {
    const plain = expect(specifications.work).toHold('not-all-by-one', { symmetry: false });
    const message = await messageOf(plain);
    expect(message).toMatch(/^ +server-3$/m);
    expect(message).not.toMatch(said);
  });

  it('counts states that differ by renaming once, unless it is off', async () => {
    const distinct = async (limits: SearchLimits): Promise<number> => {
      const message = await messageOf(expect(checked).not.toHold('held-by-few', limits));
      return Number(/([\d,]+) distinct states/.exec(message)?.[1]?.replaceAll(',', ''));
    };
    expect(await distinct(all)).toBeLessThan(await distinct({ ...all, symmetry: false }));
  });
});

describe('a model that crashes', () => {
  it('beyond a violation does not hide it', async () => {
    const message = await messageOf(expect(specifications.crashesLater).toHold());
    expect(message).toContain('at-most-3 is broken');
    expect(message).toMatch(/not broken: at-most-9, at-most-4; the search was ended by an error/);
  });
});

describe('toHold: what must happen at some time', () => {
  const large = { looks: 30_000 } as const;
  /** Long enough to be held up, short enough to settle. */
  const quick = { maxSteps: 20, runs: 50 };

  it('is met where it does in every fair run, by name or together with all others', async () => {
    await expect(outbox()).toHold('orders-are-sent');
    await expect(outbox()).toHold();
    expect(await messageOf(expect(outbox()).not.toHold())).toBe(
      'expected only-placed, orders-are-sent to break, but nothing did: the whole scope was ' +
        'explored: 72 distinct states; every fair run of the scope was looked at: 72 distinct states',
    );
  });

  it('tells the story of a run in which it never does', async () => {
    const away = outbox({ comesBack: false });
    await expect(away).not.toHold('orders-are-sent');
    const message = await messageOf(expect(away).toHold());
    expect(message).toContain('orders-are-sent is broken');
    expect(message).toContain(
      'due since step 1, never reached: after step 2 nothing has to happen',
    );
    await expect(away).toHold('only-placed');
  });

  it('says that random runs are no proof', async () => {
    expect(await messageOf(expect(outbox(large)).not.toHold('orders-are-sent', quick))).toMatch(
      /more fair runs than could be looked at \(20,00\d distinct states\), and 50 random runs that settle are no proof$/,
    );
    const away = outbox({ ...large, comesBack: false });
    await expect(away).not.toHold('orders-are-sent', { maxStates: 10, runs: 50 });
    const hasty = { ...quick, maxStates: 10, settleSteps: 1 };
    await expect(outbox(large)).not.toHold('orders-are-sent', hasty);
  });

  it('is met neither way where it was never due, or never happened within the bounds', async () => {
    const [property] = outbox().temporal ?? [];
    if (property?.kind !== 'leadsTo') throw new Error('expected a property');
    const never = { ...outbox(), temporal: [{ ...property, when: () => false }] };
    const message = /^vacuous: orders-are-sent was never put to the test; every fair run/;
    expect(await messageOf(expect(never).toHold(property.name))).toMatch(message);
    expect(await messageOf(expect(never).not.toHold(property.name))).toMatch(message);
    const silent = { ...outbox(), temporal: [{ ...property, notApplicable: 'there is no relay' }] };
    expect(await messageOf(expect(silent).toHold(property.name))).toMatch(message);
    await expect(silent).toHold();
  });

  it('is no goal, and is named among what there is', async () => {
    expect(await messageOf(expect(outbox()).toReach('orders-are-sent'))).toBe(
      '"orders-are-sent" must happen in every fair run: use toHold, not toReach',
    );
    expect(await messageOf(expect(outbox()).toHold('sent'))).toBe(
      'no property "sent"; there are only-placed, orders-are-sent',
    );
  });
});

const fields = { holders: nodeSet(nodeType('client', 3)), noise: int(0, 20) };
type Scope = PropertyScope<typeof fields, Fields>;

describe('toReach', () => {
  it('is met where a goal is reached, and tells the shortest way there when negated', async () => {
    await expect(checked).toReach('handed-over');
    const message = await messageOf(expect(checked).not.toReach('handed-over'));
    expect(message).toContain('handed-over is reached');
    expect(message).toContain('3 steps, the shortest possible in this scope');
  });

  it('takes a predicate', async () => {
    const held = (_: Scope, { protocol }: Scope): boolean => protocol.holders.size === 3;
    await expect(unchecked).toReach(held);
    await expect(checked).not.toReach(held);
    expect(await messageOf(expect(checked).toReach(held, all))).toMatch(
      /^the predicate was not reached: the whole scope was explored/,
    );
    expect(await messageOf(expect(checked).toReach(held, few))).toMatch(
      /nothing found, which is no proof$/,
    );
    await expect(unchecked).toReach((_, after, { name }) => name === 'expire' && after !== null);
  });

  it('is an error of use for what is no goal', async () => {
    expect(await messageOf(expect(checked).toReach('held-by-few'))).toContain('use toHold');
  });

  it('is met neither way for a goal that does not apply', async () => {
    const goal = { ...handedOver(), notApplicable: 'there is one client' };
    const specification = { model: lockModel(), properties: [goal] };
    const message = 'handed-over: there is one client';
    expect(await messageOf(expect(specification).toReach('handed-over'))).toBe(message);
    expect(await messageOf(expect(specification).not.toReach('handed-over'))).toBe(message);
  });
});

describe('toReplay', () => {
  const trace = lockTrace('counterexample', bothHold);
  const folder = temporaryFolder();

  it('is met by a trace, or the path of one, that is reproduced', async () => {
    await expect(trace).toReplay(unchecked);
    await expect(fileIn(folder, 'a.trace.json', writeTrace(trace))).toReplay(unchecked);
    expect(await messageOf(expect(trace).not.toReplay(unchecked))).toBe(
      'the trace: expected anything but reproduced, found reproduced at step 2 of 2: ' +
        '2 clients hold the lock',
    );
  });

  it('says what became of another', async () => {
    await expect(trace).not.toReplay(checked);
    expect(await messageOf(expect(trace).toReplay(checked))).toContain(
      'expected reproduced, found diverged at step 2 of 2: acquire(client=client-2)',
    );
  });

  it('is an error of use for what is no trace', async () => {
    expect(await messageOf(expect({}).toReplay(checked))).toContain('expected a trace');
    expect(await messageOf(expect('none.trace.json').toReplay(checked))).toContain('no such file');
  });
});

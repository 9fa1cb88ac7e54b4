import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { stepWords } from '../../../application/faultScript/faultScript.ts';
import { scriptOfTrace } from '../../../application/faultScript/scriptOfTrace.ts';
import { readTrace } from '../../../checker/trace/readTrace.ts';

const folder = new URL('../../../traces/', import.meta.url);
const scriptOf = (name: string) =>
  scriptOfTrace(readTrace(name, readFileSync(new URL(name, folder), 'utf8')));
const wordsOf = (name: string): string[] => {
  const script = scriptOf(`guarantees/${name}.trace.json`);
  return 'steps' in script ? script.steps.map(stepWords) : [script.problem];
};

describe('a trace, as what is done to a real cluster', () => {
  test('keeps a record from followers that do not have it in time', () => {
    expect(wordsOf('4.4-minisr2-crash--leader-acknowledged-records-survive')).toEqual([
      ...['cut(from=2, to=1)', 'cut(from=3, to=1)', 'produce(record=1, acks=1)'],
      ...['awaitAnswer(record=1)', 'crash(broker=1)', 'awaitLeader(broker=2)'],
      ...['heal(from=2, to=1)', 'heal(from=3, to=1)'],
    ]);
  });

  test('lets followers lag until they are out of the ISR', () => {
    expect(wordsOf('4.4-elr-minisr1-power-lag--acknowledged-records-survive')).toEqual([
      ...['cut(from=2, to=1)', 'cut(from=3, to=1)'],
      ...['produce(record=1, acks=all)', 'awaitOutOfIsr(broker=2)', 'awaitOutOfIsr(broker=3)'],
      ...['awaitAnswer(record=1)', 'losePower(broker=1)'],
      ...['heal(from=2, to=1)', 'heal(from=3, to=1)', 'start(broker=1)'],
    ]);
  });

  test('waits for replicas and answers, and for no leader that is down', () => {
    expect(wordsOf('4.4-minisr2-all-power--acknowledged-records-survive')).toEqual([
      ...['produce(record=1, acks=all)', 'awaitReplica(broker=2, record=1)'],
      ...['awaitReplica(broker=3, record=1)', 'awaitAnswer(record=1)'],
      ...['losePower(broker=2)', 'losePower(broker=3)', 'losePower(broker=1)'],
      ...['start(broker=3)', 'awaitLeader(broker=3)'],
    ]);
  });

  test('names the first step that a real cluster cannot be made to take', () => {
    expect(
      scriptOf('skipped-epoch-keeps-follower-state--acknowledged-records-survive.trace.json'),
    ).toEqual({ step: 11, problem: 'a real broker is not told to learn several records at once' });
    expect(scriptOf('double-vote--one-leader-per-epoch.trace.json')).toMatchObject({ step: 0 });
    expect(
      scriptOf('removed-replica-elected--acknowledged-records-survive.trace.json'),
    ).toMatchObject({ step: 0, problem: /has the defect/ });
  });

  test('of the guarantees there is nearly always one', () => {
    const names = readdirSync(new URL('guarantees/', folder)).map(name => `guarantees/${name}`);
    const steerable = names.map(scriptOf).filter(script => 'steps' in script);
    expect(steerable.length / names.length).toBeGreaterThan(0.8);
  });
});

import { describe, expect, test } from 'vitest';
import { type FaultStep, stepWords } from '../../../application/faultScript/faultScript.ts';
import { scopeOfScript } from '../../../application/faultScript/scopeOfScript.ts';
import { readTrogdor, writeTrogdor } from '../../../application/faultScript/trogdor.ts';

/* Specs as Kafka's own examples have them (tests/spec, TROGDOR.md). */
const fault = 'org.apache.kafka.trogdor.fault';
const workload = 'org.apache.kafka.trogdor.workload';
const pause = {
  class: `${fault}.ProcessStopFaultSpec`,
  ...{ startMs: 2000, durationMs: 3000, nodeNames: ['node2'], javaProcessName: 'kafka.Kafka' },
};
const cut = {
  class: `${fault}.NetworkPartitionFaultSpec`,
  ...{ startMs: 4000, durationMs: 4000, partitions: [['node1'], ['node2', 'controller']] },
};
const produce = {
  class: `${workload}.ProduceBenchSpec`,
  ...{ startMs: 1000, durationMs: 10_000, producerNode: 'node0', targetMessagesPerSec: 10 },
  ...{ maxMessages: 50, producerConf: { acks: '1' } },
};
const consume = {
  class: `${workload}.ConsumeBenchSpec`,
  ...{ startMs: 1000, durationMs: 12_000, consumerNode: 'node0', activeTopics: ['t'] },
};
const read = (...specs: readonly object[]) => readTrogdor('specs.json', JSON.stringify(specs));

describe('specs of Trogdor', () => {
  test('are read as a script, each end at its time', () => {
    const { brokers, steps } = read(pause, { id: 'cut', spec: cut }, produce, consume);
    expect(brokers).toBe(3);
    expect(steps.map(step => `${step.atMs} ${stepWords(step)}`)).toEqual([
      '0 load(records=50, perSecond=10, acks=1)',
      '1000 pause(broker=2)',
      '3000 cut(from=1, to=2)',
      '3000 cut(from=1, to=controller)',
      '4000 resume(broker=2)',
      '7000 heal(from=1, to=2)',
      '7000 heal(from=1, to=controller)',
      '12000 consume()',
    ]);
  });

  test('span a scope of replication', () => {
    expect(scopeOfScript(read(pause, cut, produce))).toEqual({
      settings: { brokers: 3, acks: '1' },
      bounds: { pauses: 1, partitions: 1, records: 2 },
    });
  });

  test('are read back as they are written', () => {
    const { steps } = read(pause, cut, produce);
    const { specs, left } = writeTrogdor({ brokers: 3, steps });
    expect(left).toEqual([]);
    // A cut of three nodes is written as cuts of two.
    const [first, second] = [read(...specs).steps, steps].map(each => each.map(stepWords).sort());
    expect(first).toEqual(second);
  });

  test('have nothing for a process that is killed, and say so', () => {
    const steps: FaultStep[] = [
      { do: 'produce', record: 1, acks: 'all' },
      { do: 'crash', broker: 1 },
      { do: 'cut', from: 1, to: 2, oneWay: true },
      { do: 'awaitLeader', broker: 2 },
    ];
    const { specs, left } = writeTrogdor({ brokers: 2, steps });
    expect(specs).toMatchObject([{ startMs: 0, maxMessages: 1, producerConf: { acks: 'all' } }]);
    expect(left.map(stepWords)).toEqual(['crash(broker=1)', 'cut(from=1, to=2, oneWay=true)']);
  });

  test.each([
    ['no JSON', '{', /expected specs of Trogdor/],
    ['no spec', '{}', /expected \{"class"/],
    [
      'of another kind',
      JSON.stringify({ ...pause, class: `${fault}.Kibosh` }),
      /expected ProcessStop/,
    ],
    [
      'a node on both sides',
      JSON.stringify({ ...cut, partitions: [['n1'], ['n1']] }),
      /in more than one/,
    ],
    ['no list of sides', JSON.stringify({ ...cut, partitions: 'n1' }), /list of lists/],
    ['no names', JSON.stringify({ ...pause, nodeNames: 2 }), /nodeNames: expected/],
    [
      'a controller that is paused',
      JSON.stringify({ ...pause, nodeNames: ['controller'] }),
      /not paused/,
    ],
    ['no rate', JSON.stringify({ ...produce, targetMessagesPerSec: 0 }), /above 0/],
  ])('are refused with %s', (_, text, problem) => {
    expect(() => readTrogdor('specs.json', text)).toThrow(problem);
  });
});

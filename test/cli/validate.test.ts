import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { LogFileLine } from '../../checker/validate/logFile.ts';
import { readTraceFile } from '../../corpus/readTraceFile.ts';
import { fileIn, temporaryFolder } from './folder.ts';
import { run } from './runInProcess.ts';

const failover = fileURLToPath(
  new URL('../application/validate/recorded/elr-4.3.1-noop.metadata.txt', import.meta.url),
);
const dump = readFileSync(failover, 'utf8');

/** A log in the neutral form, of a quorum in which one node is elected. */
const elected: LogFileLine[] = [
  {
    format: 'highwater-log',
    formatVersion: 1,
    model: 'kraft',
    settings: { transport: 'rounds' },
    bounds: { epochs: 1 },
    watched: ['protocol.nodes.node-1.state', 'protocol.nodes.node-1.epoch'],
  },
  {
    says: 'node-1: Completed transition to ProspectiveState',
    state: { 'protocol.nodes.node-1.state': 'prospective' },
  },
  {
    says: 'node-1: Completed transition to CandidateState(epoch=1)',
    state: { 'protocol.nodes.node-1.state': 'candidate', 'protocol.nodes.node-1.epoch': 1 },
  },
  {
    says: 'node-1: Completed transition to Leader(epoch=1)',
    state: { 'protocol.nodes.node-1.state': 'leader' },
  },
];
const history = [
  { format: 'highwater-history', formatVersion: 1 },
  { kind: 'acknowledged', client: 'a', partition: 't-0', offset: 0, record: 'x' },
  { kind: 'read', client: 'b', partition: 't-0', from: 0, to: 1, records: [] },
];
const lines = (values: readonly object[]): string =>
  `${values.map(value => JSON.stringify(value)).join('\n')}\n`;
const file = (name: string, text: string): string => fileIn(temporaryFolder(), name, text);

describe('validate', () => {
  it('explains the metadata log of a real failover, and says by how much', async () => {
    const { code, stdout } = await run(['validate', failover]);
    expect(code).toBe(0);
    expect(stdout).toBe(
      'partition t-0: explained\n' +
        '  broker-1 is broker 11, broker-2 is broker 12, broker-3 is broker 13\n' +
        '  25 of 25 lines, 19 steps observed, 0 not, 121 fields compared\n',
    );
  });

  it('saves the run that explains it, as a trace', async () => {
    const out = temporaryFolder();
    const { code, stdout } = await run(['validate', failover, '--out', out]);
    const path = join(out, 't-0.trace.json');
    expect([code, stdout.includes(`saved ${path}`)]).toEqual([0, true]);
    const { steps, property } = readTraceFile(path);
    expect(steps).toHaveLength(19);
    expect(property.clause).toBe('it shows 25 lines');
    expect((await run(['show', path])).stdout).toContain('register(shutdown=uncleanly)');
  });

  it('names the first record that nothing explains, and the guard that is false', async () => {
    // Broker 13 is in the ISR before it is unfenced.
    const altered = dump.replace(
      '"brokerId":13,"brokerEpoch":132,"fenced":-1',
      '"brokerId":13,"brokerEpoch":132,"fenced":0',
    );
    const { code, stdout } = await run(['validate', file('altered.txt', altered)]);
    expect(code).toBe(1);
    expect(stdout).toContain('partition t-0: unexplained');
    expect(stdout).toMatch(/altered\.txt:\d+\n {4}offset 13\d: PARTITION_CHANGE_RECORD/);
    expect(stdout).toContain(
      'isr=broker-1_broker-2_broker-3, leader=broker-1), but: INELIGIBLE_REPLICA',
    );
  });

  it('notices that a record is missing, whatever the others say', async () => {
    const missing = dump.split('\n').filter(line => !line.startsWith('| offset: 10 '));
    const { code, stdout } = await run(['validate', file('gap.txt', missing.join('\n'))]);
    expect(code).toBe(1);
    expect(stdout).toContain('offset 10 is missing: the log goes on at 11');
  });

  it('holds a log in the neutral form to the model that it names', async () => {
    const { code, stdout } = await run(['validate', file('quorum.ndjson', lines(elected))]);
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('explained\n  3 of 3 lines, 3 steps'),
    ]);
    const twice = [...elected, { ...elected[2], says: 'node-1 is candidate of epoch 1 again' }];
    const refused = await run(['validate', file('twice.ndjson', lines(twice))]);
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain('twice.ndjson:5\n    node-1 is candidate of epoch 1 again');
  });

  it('holds what clients were told to what they are promised', async () => {
    const { code, stdout } = await run(['validate', file('told.ndjson', lines(history))]);
    expect(code).toBe(1);
    expect(stdout).toContain('told.ndjson: broken\n  2 events');
    expect(stdout).toContain(
      'acknowledged-writes-are-read: b read nothing at offset 0, where record x was acknowledged',
    );
    const sound = await run(['validate', file('sound.ndjson', lines(history.slice(0, 2)))]);
    expect([sound.code, sound.stdout]).toEqual([
      0,
      expect.stringContaining('in order\n  1 events'),
    ]);
  });

  it('takes no empty log for a success', async () => {
    const empty = await run(['validate', file('empty.ndjson', lines(elected.slice(0, 1)))]);
    expect([empty.code, empty.stdout]).toEqual([4, expect.stringContaining('empty')]);
    const noTopic = await run(['validate', file('none.txt', 'Log starting offset: 0\n')]);
    expect(noTopic.code).toBe(4);
    expect((await run(['validate', file('h.ndjson', lines(history.slice(0, 1)))])).code).toBe(4);
  });

  it('says in JSON what it says in words', async () => {
    const { stdout } = await run(['validate', failover, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      parts: [{ name: 't-0', verdict: 'explained', constraints: { fields: 121 }, unexplained: [] }],
    });
  });

  it.each([
    ['a text', 'nonsense', 'is no log: expected what "kafka-dump-log.sh'],
    ['a model', lines([{ ...elected[0], model: 'paxos' }]), 'paxos'],
    ['a key', lines([{ ...elected[0], watch: [] }]), ':1: the line must NOT have additional'],
    ['a value', lines([...elected, { state: 1 }]), ':5: state must be object'],
    ['a field', lines([...elected, { state: { 'protocol.x': 1 } }]), '"protocol.x" is no field'],
    ['an action', lines([...elected, { steps: [{ action: 'fly' }] }]), 'has no action fly()'],
    ['a line', `${lines(elected)}{`, ':5: expected a JSON object'],
    ['an event', lines([...history, { kind: 'heard' }]), ':4: kind: expected acknowledged, read,'],
    [
      'an offset',
      lines([...history, { ...history[1], offset: -1 }]),
      ':4: offset: expected a whole',
    ],
  ])('refuses %s that it cannot read, with the file and the line', async (_, text, message) => {
    const { code, stderr } = await run(['validate', file('given', text)]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it('leaves out what of a folder is no log, and names it', async () => {
    const folder = temporaryFolder();
    fileIn(folder, 'a.txt', dump);
    fileIn(folder, 'notes.md', 'nothing');
    const { code, stderr } = await run(['validate', folder]);
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining('notes.md: left out: it is no log'),
    ]);
  });
});

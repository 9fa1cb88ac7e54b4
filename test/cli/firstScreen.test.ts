import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { SCREEN_LINES } from '../../cli/check/firstScreen.ts';
import type { ClusterView } from '../../viewer/data/clusterView.ts';
import { fileIn, temporaryFolder } from './folder.ts';
import { at, type CliRun, run } from './runInProcess.ts';

const folder = temporaryFolder();
const quick = ['--jobs', '1', '-q', '--no-advice'];
const two = fileIn(folder, 'two.properties', twoBrokers());

/** Two brokers in two racks under three controllers, with two copies of everything but the offsets. */
function twoBrokers(): string {
  return [
    'process.roles=broker',
    'node.id=1',
    'broker.rack=a',
    'controller.quorum.voters=11@a:9093,12@b:9093,13@c:9093',
    'default.replication.factor=2',
    'min.insync.replicas=2',
    'offsets.topic.replication.factor=1',
    'transaction.state.log.replication.factor=2',
    'transaction.state.log.min.isr=1',
  ].join('\n');
}

/** What a page shows. */
function dataOf(page: string): { view: ClusterView; traces: readonly { name: string }[] } {
  const [traces, view] = ['traces', 'cluster'].map(id =>
    JSON.parse(new RegExp(`id="${id}">([^<]*)<`).exec(page)?.[1] ?? ''),
  );
  return { view, traces };
}

/** The row of a table that begins with a word. */
function rowOf(text: string, name: string): string[] {
  const line = text.split('\n').find(each => each.startsWith(name)) ?? '';
  return line.trim().split(/\s{2,}/);
}

describe('the first screen of a cluster', () => {
  const said = ['--brokers', '2', '--kafka-version', '4.0'];
  const json = join(folder, 'two.json');
  const html = join(folder, 'two.html');
  let ran: CliRun = { code: -1, stdout: '', stderr: '' };
  beforeAll(async () => {
    ran = await run([
      'check',
      two,
      ...said,
      ...quick,
      '--reporter',
      `json=${json}`,
      '--html',
      html,
    ]);
  });

  it('writes the same as a page, with a story for each loss', () => {
    const { view, traces } = dataOf(readFileSync(html, 'utf8'));
    expect(view).toMatchObject({
      title: 'Kafka 4.0*, KRaft: 2 brokers beside the controllers',
      verdict: { word: 'violated', tone: 'bad' },
      groups: [{ name: '' }, { name: 'rack a' }],
    });
    const cells = view.classes.map(({ topics: [first], cells: all }) => [
      first,
      ...all.map(({ text, tone }) => `${text} ${tone}`),
    ]);
    expect(cells).toContainEqual([
      ...['__consumer_offsets', 'stops warning', 'LOST bad', '- none'],
    ]);
    const told = view.classes.flatMap(each => each.cells.flatMap(({ story }) => story ?? []));
    expect(new Set(told)).toEqual(new Set(traces.keys()));
    expect(traces.map(({ name }) => name)).toEqual(view.stories.map(({ title }) => title));
  });

  it('tells what each failure loses and stops, for each class of topics, in one screen', () => {
    const { code, stdout } = ran;
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(SCREEN_LINES);
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(80);
    expect(lines[0]).toBe('Kafka 4.0*, KRaft: 2 brokers beside the controllers');
    expect(lines[1]).toContain('1 of 3 controllers may fail');
    expect(rowOf(stdout, '__consumer_offsets')).toEqual([
      ...['__consumer_offsets', '1', '1', 'stops', 'LOST', '-'],
    ]);
    expect(rowOf(stdout, '__transaction_state')).toEqual([
      ...['__transaction_state', '2', '1', 'nothing', 'nothing', 'LOST'],
    ]);
    expect(rowOf(stdout, 'auto-created').slice(1, 5)).toEqual(['2', '2', 'writes stop', 'nothing']);
    const text = stdout.replaceAll(/\s+/g, ' ');
    expect(text).toContain('OFFSET_OUT_OF_RANGE');
    expect(text).toContain('under min ISR, acks=all is refused (NotEnoughReplicas)');
    expect(text).toContain('VERDICT: violated. Records of 3 of 3 classes of topics can be lost.');
    expect(stdout).not.toContain('leader epoch grows');
    expect(code).toBe(1);
  });

  it('explains a section or a topic, and names them where there is no such one', async () => {
    const single = fileIn(folder, 'single.properties', twoBrokers().replaceAll('=2\n', '=1\n'));
    const asked = ['check', single, '--kafka-version', '4.0', ...quick];
    const { stdout } = await run([
      ...asked,
      '--explain',
      'warnings',
      '--explain',
      '__consumer_offsets',
    ]);
    expect(stdout).toMatch(/^Warnings$/m);
    expect(stdout).toContain('replication factor 1 means a single copy');
    expect(stdout).toContain('losePower(kept=0)');
    expect(stdout).not.toMatch(/^VERDICT/m);
    const unknown = await run([...asked, '--explain', 'weather']);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('warnings');
  });

  it('names a column by the bounds that are asked for', async () => {
    const asked = ['--bound', 'powerLosses=2', '--bound', 'records=1', '--runs', '5'];
    const survive = ['--property', 'acknowledged-records-survive'];
    const file = fileIn(folder, 'one.properties', twoBrokers().replaceAll('=2', '=1'));
    const { stdout } = await run(['check', file, ...asked, ...survive, ...quick]);
    const head = stdout.split('\n').find(line => line.startsWith('topics')) ?? '';
    expect(head).toContain('2 power losses');
    expect(head).not.toContain('one power loss');
  });

  it('is in the JSON document, with everything that was explored', () => {
    const document: unknown = JSON.parse(readFileSync(json, 'utf8'));
    expect(at(document, 'answer', 'classes', 1)).toMatchObject({
      topics: ['__consumer_offsets'],
      costs: [
        { failure: 'one node', lost: 'nothing', stops: 'everything' },
        { failure: 'power loss', lost: 'acknowledged', scope: 'one power loss' },
        { failure: 'last in sync', lost: 'unasked' },
      ],
    });
    expect(at(document, 'explorations', 0, 'scope')).toBe('process crashes');
  });
});

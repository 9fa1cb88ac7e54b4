import { describe, expect, it } from 'vitest';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';
import { parseProperties } from '../../../models/kafkaConfig/parseProperties.ts';
import { describeText } from './helpers.ts';

function parsed(text: string): Readonly<Record<string, string>> {
  const { properties } = parseProperties('f', text);
  return Object.fromEntries([...properties].map(([name, { text }]) => [name, text]));
}

describe('Java properties syntax', () => {
  it.each([
    ['a=1', { a: '1' }],
    ['a:1', { a: '1' }],
    ['a 1', { a: '1' }],
    ['  a \t = \t 1 ', { a: '1 ' }],
    ['a', { a: '' }],
    ['# c\n! d\na=1', { a: '1' }],
    ['a=1,\\\n   2', { a: '1,2' }],
    ['a=1\\\\\nb=2', { a: '1\\', b: '2' }],
    ['a\\=b=c', { 'a=b': 'c' }],
    ['a=\\u0041\\t\\q', { a: 'A\tq' }],
    ['a=1\r\nb=2\rc=3', { a: '1', b: '2', c: '3' }],
    ['a==1', { a: '=1' }],
    ['a=1\na=2', { a: '2' }],
    ['a=x\\', { a: 'x' }],
    ['# no continuation \\\na=1', { a: '1' }],
  ])('reads %j', (text, expected) => {
    expect(parsed(text)).toEqual(expected);
  });

  it('names the line on which a property begins', () => {
    const { properties } = parseProperties('f', '# x\na=1,\\\n2\n\nb=3');
    expect([...properties.values()].map(found => found.place)).toEqual(['line 2: a', 'line 5: b']);
  });
});

describe('server.properties', () => {
  const node = (id: number) => ({
    name: `server-${id}.properties`,
    text: `process.roles=broker,controller\nnode.id=${id}\ncontroller.quorum.voters=1@a:1,2@b:1,3@c:1\n`,
  });

  it('infers fewer nodes the more files are given', () => {
    const described = [1, 2, 3].map(count => {
      const files = [1, 2, 3].slice(0, count).map(node);
      return describeCluster(files).nodes.filter(entry => entry.described).length;
    });
    expect(described).toEqual([1, 2, 3]);
  });

  it('counts servers of a zookeeper.properties file', () => {
    const kafka = { name: 'server.properties', text: 'broker.id=0\nzookeeper.connect=a:2181' };
    const zookeeper = 'clientPort=2181\nserver.1=a:2888:3888\nserver.2=b:2888:3888\nserver.3=c:1:2';
    const cluster = describeCluster([kafka, { name: 'zookeeper.properties', text: zookeeper }]);
    expect([cluster.mode, cluster.controllers, cluster.brokers]).toEqual(['zookeeper', 3, 1]);
  });

  it('reads unclean election and flushing', () => {
    const more = 'unclean.leader.election.enable=TRUE\nlog.flush.interval.messages=1';
    const topic = describeText('s.properties', node(1).text + more).topics[0];
    expect(topic?.uncleanLeaderElection.value).toBe(true);
    expect(topic?.flushEveryRecord.value).toBe(true);
  });

  it('warns of a property that is set twice, and takes the last', () => {
    const text = `${node(1).text}min.insync.replicas=1\nmin.insync.replicas=2`;
    const cluster = describeText('s.properties', text);
    expect(cluster.topics[0]?.minInsyncReplicas.value).toBe(2);
    expect(cluster.warnings[0]).toContain('min.insync.replicas is set more than once');
  });

  it('treats a prototype key as a name like any other', () => {
    const text = `${node(1).text}__proto__=x\nconstructor=y\ntoString=z`;
    expect(describeText('s.properties', text).brokers).toBe(3);
    expect(Object.prototype).not.toHaveProperty('x');
  });
});

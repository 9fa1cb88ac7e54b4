import { describe, expect, test } from 'vitest';
import type { ClusterView } from '../../viewer/data/clusterView.ts';
import { embedCluster, embedTraces } from '../../viewer/embed.ts';
import { traceOf } from './traceOf.ts';

const template = [
  '<title>Highwater</title>',
  '<script type="application/json" id="traces">[]</script>',
  '<script type="application/json" id="cluster">null</script>',
  '<script>run()</script>',
].join('\n');

function named(name: string, text: string) {
  const trace = traceOf({ steps: [] });
  return { name, trace: { ...trace, property: { ...trace.property, name: text, clause: text } } };
}

function dataOf(html: string): unknown {
  const data = /<script type="application\/json" id="traces">(.*?)<\/script>/s.exec(html)?.[1];
  return JSON.parse(data ?? '');
}

describe('traces in the page', () => {
  test.each([
    '</script><script>alert(1)</script>',
    '<!-- <script>',
    "$& $` $' $1 $$",
    'a\u2028b\u2029c',
    '"\\ ',
  ])('are data whatever they say: %j', text => {
    const traces = [named('one', text), named('two', text)];
    const html = embedTraces(template, traces);
    expect(dataOf(html)).toEqual(traces);
    expect(html.match(/<script/g)).toHaveLength(3);
    expect(html.match(/<\/script/g)).toHaveLength(3);
    expect(html).not.toMatch(/[\u2028\u2029]/);
    expect(html.endsWith('<script>run()</script>')).toBe(true);
  });

  test('give the page its title, as text', () => {
    const html = embedTraces(template, [named('one', '</title><b>$&"')]);
    expect(html).toContain(
      '<title>&#60;/title&#62;&#60;b&#62;$&#38;&#34; is broken - Highwater</title>',
    );
  });

  test('are named once in the title if they break the same property', () => {
    const html = embedTraces(template, [named('one', 'p'), named('two', 'p')]);
    expect(html).toContain('<title>p is broken - Highwater</title>');
  });

  test('need a place of their own', () => {
    expect(() => embedTraces('<title></title>', [])).toThrow(/no place for a title and traces/);
    expect(() => embedTraces(template.split('\n').slice(1).join('\n'), [])).toThrow(/no place/);
  });
});

describe('the answer about a cluster', () => {
  const view: ClusterView = {
    ...{ title: 'Kafka </title>', facts: '</script>$&', remarks: [], legend: [], files: [] },
    verdict: { word: 'holds', tone: 'good', meaning: 'Nothing.' },
    ...{ failures: [], classes: [], nodes: [], groups: [], stories: [], advice: [] },
    ...{ assumptions: [], warnings: [], beside: undefined, by: 'Highwater' },
  };

  test('is data of the page beside its stories, whatever it says', () => {
    const traces = [named('one', 'lost')];
    const html = embedCluster(template, view, traces);
    const data = /id="cluster">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
    expect(JSON.parse(data)).toEqual(JSON.parse(JSON.stringify(view)));
    expect(dataOf(html)).toEqual(traces);
    expect(html.match(/<\/script/g)).toHaveLength(3);
    expect(html).toContain('<title>Kafka &#60;/title&#62; - Highwater</title>');
  });
});

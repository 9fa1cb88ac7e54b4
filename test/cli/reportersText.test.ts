import { describe, expect, it } from 'vitest';
import { annotations } from '../../cli/reporters/annotations.ts';
import { fenced } from '../../cli/reporters/escape.ts';
import { junitXml } from '../../cli/reporters/junit.ts';
import { markdownReport } from '../../cli/reporters/markdown.ts';
import type { Report, ReportCase, Story } from '../../cli/reporters/report.ts';
import { traceOf } from '../checker/trace/traces.ts';
import { elements, parseXml } from './xml.ts';

const hostile = [
  '<script>alert("1")</script>',
  '</details></testcase>',
  'a & b &amp; c',
  ']]>',
  '`code` ``` ````',
  '| cell | cell |',
  '# heading',
  'first\nsecond\r\nthird',
  '::error file=x::y',
  '50% %0A 100%',
  '\u0000\u001b[31m\u202e\ud800\uffff',
  '@everyone #1 *a* _b_ [c](d) ![e](f) ~~g~~ $h$ \\',
];

function storyOf(text: string, steps = 3): Story {
  const trace = traceOf(steps);
  trace.property = { ...trace.property, name: text, statement: text, loss: text, clause: text };
  for (const step of trace.steps) step.action = text;
  const command = { label: 'replay', text: 'highwater x' } as const;
  return {
    scope: text,
    trace,
    told: () => trace,
    causes: () => [text],
    path: text,
    command,
    page: text,
  };
}

function caseOf(text: string, change: Partial<ReportCase> = {}): ReportCase {
  const verdict = 'violated';
  const cells = [text];
  return { name: text, status: 'failed', verdict, cells, reason: text, stories: [], ...change };
}

function reportOf(cases: readonly ReportCase[], text = 'x'): Report {
  const group = {
    name: text,
    title: text,
    notes: [text],
    columns: [text],
    cases,
    explored: [text],
  };
  return {
    command: 'check',
    verdict: 'violated',
    meaning: text,
    outcome: 'failed',
    circumstances: ['seed 7', text],
    seed: 7,
    seconds: 1.5,
    groups: [group],
  };
}

const passed = caseOf('p', { status: 'passed', verdict: 'holds', reason: '' });
const skipped = caseOf('s', {
  status: 'skipped',
  verdict: 'inconclusive',
  reason: 'inconclusive: y',
});
const failed = caseOf('f', { stories: [storyOf('f')] });

describe('JUnit', () => {
  it('has a test case for each case, and counts them', () => {
    const document = parseXml(junitXml(reportOf([passed, skipped, failed])));
    expect(Object.fromEntries(document.attributes)).toEqual({
      name: 'highwater check',
      tests: '3',
      failures: '1',
      errors: '0',
      skipped: '1',
      time: '1.500',
    });
    const cases = elements(document, 'testcase');
    expect(
      cases.map(({ attributes }) => [attributes.get('classname'), attributes.get('name')]),
    ).toEqual([
      ['x', 'p'],
      ['x', 's'],
      ['x', 'f'],
    ]);
    expect(cases.map(({ children }) => children.map(({ name }) => name))).toEqual([
      [],
      ['skipped'],
      ['properties', 'failure'],
    ]);
    expect(cases[1]?.children[0]?.attributes.get('message')).toBe('inconclusive: y');
  });

  it('tells the story of a failure, and names the seed and the trace', () => {
    const document = parseXml(junitXml(reportOf([failed])));
    const [failure] = elements(document, 'failure');
    expect(failure?.text).toContain('f is broken\n');
    expect(failure?.text).toContain('●    f(to=2, by=none)');
    expect(failure?.text).toContain('replay    highwater x');
    const properties = elements(document, 'property').map(({ attributes }) => [
      attributes.get('name'),
      attributes.get('value'),
    ]);
    expect(properties).toContainEqual(['seed', '7']);
    expect(properties).toContainEqual(['trace', 'f']);
  });

  it.each(hostile)('stays well-formed, and keeps its cases, with %j', text => {
    const cases = [
      caseOf(text, { stories: [storyOf(text)] }),
      caseOf(text, { status: 'skipped' }),
      caseOf(text),
    ];
    const document = parseXml(junitXml(reportOf(cases, text)));
    const found = elements(document, 'testcase');
    expect(found).toHaveLength(3);
    expect(elements(document, 'failure')).toHaveLength(2);
    if (!/\p{C}/u.test(text)) expect(found[0]?.attributes.get('name')).toBe(text);
  });
});

describe('Markdown', () => {
  it('begins with the verdict, and has a table and a folded story', () => {
    const text = markdownReport(reportOf([passed, skipped, failed]));
    expect(text).toMatch(
      /^## ❌ highwater check: violated\n\nx\n\n<sub>Highwater .* · seed 7 · x · 1\.5s<\/sub>\n/,
    );
    expect(text).toContain(
      [
        '|  | name | verdict | x |',
        '| --- | --- | --- | --- |',
        '| ✅ | p | holds | p |',
        '| ⚪ | s | inconclusive | s |',
        '| ❌ | f | violated | f |',
      ].join('\n'),
    );
    expect(text).toContain(
      '<details><summary><b>f</b> is violated in scope f: 3 steps</summary>\n\nf\n',
    );
    expect(text).toMatch(
      /\n```mermaid\nsequenceDiagram\n[\s\S]*?\n```\n\n```text\nf is broken\n[\s\S]*?\n```\n\n<\/details>\n$/,
    );
  });

  it('names what is not applicable beneath the table', () => {
    const none = caseOf('n', { status: 'skipped', verdict: 'not applicable' });
    const text = markdownReport(reportOf([passed, none, { ...none, name: 'm' }]));
    expect(text).toContain('| ✅ | p | holds | p |\n\nNot applicable: n, m\n');
  });

  it('says of further stories where and how long', () => {
    const stories = [storyOf('f'), { ...storyOf('g', 5), path: undefined }];
    expect(markdownReport(reportOf([caseOf('f', { stories })]))).toContain(
      'Also in scope g, in 5 steps\n',
    );
  });

  it.each(hostile)('keeps its form with %j', text => {
    const stories = [storyOf(text), storyOf(text)];
    const markdown = markdownReport(reportOf([caseOf(text, { stories }), caseOf(text)], text));
    const plain = withoutFences(markdown);
    expect(plain.filter(line => line.startsWith('|'))).toHaveLength(4);
    for (const row of plain.filter(line => line.startsWith('|'))) {
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(5);
    }
    expect(plain.filter(line => line.startsWith('#'))).toHaveLength(2);
    const html = plain.join('\n').match(/<[^>]*>/g) ?? [];
    expect(new Set(html)).toEqual(
      new Set([
        '<sub>',
        '</sub>',
        '<details>',
        '<summary>',
        '</summary>',
        '<b>',
        '</b>',
        '</details>',
      ]),
    );
    expect(plain.join('\n')).not.toMatch(/[`*_[\]@~$\\]/);
  });

  it('ends a code block only where it ends', () => {
    expect(fenced('text', 'a\n```\n````\nb\n')).toBe('`````text\na\n```\n````\nb\n`````');
    expect(fenced('text', 'a')).toBe('```text\na\n```');
  });

  it('is as long as it may be, cut between parts, and says so', () => {
    const cases = Array.from({ length: 400 }, (_, index) =>
      caseOf(`f${index}`, { stories: [storyOf(`f${index}`)] }),
    );
    const whole = markdownReport(reportOf(cases));
    const most = 200_000;
    const cut = markdownReport(reportOf(cases), most);
    expect(Buffer.byteLength(whole)).toBeGreaterThan(most);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(most);
    expect(cut).toMatch(
      /\*\*Cut:\*\* \d+ parts of this report would make it larger than 200,000 bytes\.\n$/,
    );
    expect(cut.match(/<details>/g)?.length).toBe(cut.match(/<\/details>/g)?.length);
    expect(whole).not.toContain('**Cut:**');
  });
});

/** The lines outside of code blocks. */
function withoutFences(markdown: string): string[] {
  let fence: string | undefined;
  return markdown.split('\n').filter(line => {
    const [run] = /^`{3,}/.exec(line) ?? [];
    if (fence === undefined) {
      fence = run;
      return run === undefined;
    }
    if (line === fence) fence = undefined;
    return false;
  });
}

describe('annotations', () => {
  it('are one error for each failure, on its trace', () => {
    expect(annotations(reportOf([passed, failed, skipped, caseOf('g')]))).toEqual([
      '::error file=f,title=x%3A f is violated::f%0Areplay: highwater x',
      '::error title=x%3A g is violated::g',
    ]);
  });

  it('are one warning for what is undecided', () => {
    const report = {
      ...reportOf([skipped]),
      verdict: 'inconclusive',
      outcome: 'undecided',
    } as const;
    expect(annotations(report)).toEqual(['::warning title=highwater check%3A inconclusive::x']);
    expect(annotations({ ...report, outcome: 'passed' })).toEqual([]);
  });

  it.each(hostile)('are one line each with %j', text => {
    const lines = annotations(reportOf([caseOf(text, { stories: [storyOf(text)] })], text));
    expect(lines).toHaveLength(1);
    const [, properties = '', message = ''] = /^::error (.*?)::(.*)$/.exec(lines[0] ?? '') ?? [];
    expect(lines[0]).not.toMatch(/[\r\n]/);
    expect(properties).toMatch(/^file=[^,:]*,title=[^,:]*$/);
    expect(message.replace(/%25|%0D|%0A/g, '')).not.toContain('%');
  });
});

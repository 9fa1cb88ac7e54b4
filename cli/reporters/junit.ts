import { toolVersion } from '../../application/version.ts';
import { traceText } from '../output/traceText.ts';
import { xmlText } from './escape.ts';
import type { Report, ReportCase, ReportGroup, Story } from './report.ts';

/** Wide enough that steps are not cut. */
const STORY_WIDTH = 100;

/**
 * The report as JUnit XML: a suite for each group, a test case for each case. What is neither passed
 * nor failed is skipped, and its message begins with the reason in a word: inconclusive is not passed.
 */
export function junitXml({ command, circumstances, seed, seconds, groups }: Report): string {
  const cases = groups.flatMap(group => group.cases);
  const properties = [
    ['version', toolVersion],
    ...(seed === undefined ? [] : [['seed', String(seed)]]),
    ...(circumstances.length === 0 ? [] : [['circumstances', circumstances.join(', ')]]),
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: `highwater ${command}`, ...countsOf(cases), time: seconds.toFixed(3) })}>`,
    ...groups.flatMap(group => suiteLines(group, properties)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteLines(
  { name, cases }: ReportGroup,
  properties: readonly (readonly string[])[],
): string[] {
  return [
    `  <testsuite${attributes({ name, ...countsOf(cases) })}>`,
    ...propertyLines(properties, '    '),
    ...cases.flatMap(each => caseLines(name, each)),
    '  </testsuite>',
  ];
}

function caseLines(classname: string, each: ReportCase): string[] {
  const { name, status, verdict, reason, stories } = each;
  const head = `    <testcase${attributes({ classname, name })}`;
  if (status === 'passed') return [`${head}/>`];
  if (status === 'skipped') {
    return [`${head}>`, `      <skipped${attributes({ message: reason })}/>`, '    </testcase>'];
  }
  const saved = stories.flatMap(({ path }) => (path === undefined ? [] : [['trace', path]]));
  const text = stories.length === 0 ? reason : stories.map(told).join('\n\n');
  return [
    `${head}>`,
    ...propertyLines(saved, '      '),
    `      <failure${attributes({ message: reason, type: verdict })}>${xmlText(text)}</failure>`,
    '    </testcase>',
  ];
}

function told(story: Story): string {
  const { scope } = story;
  const where = scope === undefined ? '' : `Scope "${scope}":\n`;
  const causes = story.causes().map(cause => `${cause}\n`);
  return `${where}${causes.join('')}${traceText(story.told(), story, { width: STORY_WIDTH })}`;
}

function propertyLines(properties: readonly (readonly string[])[], indent: string): string[] {
  if (properties.length === 0) return [];
  return [
    `${indent}<properties>`,
    ...properties.map(
      ([name = '', value = '']) => `${indent}  <property${attributes({ name, value })}/>`,
    ),
    `${indent}</properties>`,
  ];
}

function countsOf(cases: readonly ReportCase[]): Record<string, string> {
  const count = (wanted: ReportCase['status']): string =>
    String(cases.filter(({ status }) => status === wanted).length);
  return {
    tests: String(cases.length),
    failures: count('failed'),
    errors: '0',
    skipped: count('skipped'),
  };
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlText(value).replaceAll('\n', '&#10;')}"`)
    .join('');
}

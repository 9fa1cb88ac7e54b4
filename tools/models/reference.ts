import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import type { MainJob } from '../../models/description/mainJob.ts';
import { markdownTable } from '../markdownTable.ts';
import { withMarked } from '../marked.ts';
import { pairTable } from './pairTable.ts';

/** The page of a model with the tables of its descriptor between its marks. */
export function withReference(page: string, entry: ModelEntry): string {
  return withMarked(page, 'reference', 'docs', referenceOf(entry));
}

/** What there is of a model, as its descriptor has it: the same as `highwater list` prints. */
function referenceOf(entry: ModelEntry): string {
  const { settings, bounds, smallScope, largeScope, livenessScope } = entry;
  const { defects, mainJob, ruleChanges } = entry;
  const { properties, questions, temporal } = entry.build({
    config: {},
    bounds: smallScope,
    defects: [],
  });
  const claims = [...properties, ...temporal].filter(({ kind }) => kind !== 'sometimes');
  const goals = properties.filter(({ kind }) => kind === 'sometimes');
  return [
    ...section(
      `Settings (\`--set name=value\`)`,
      ['setting', 'default', 'meaning'],
      settings.map(({ name, value, meaning }) => [code(name), code(String(value)), meaning]),
    ),
    ...section(
      'Bounds (`--bound name=value`), by the scope of each command',
      ['bound', 'explore', 'simulate', 'liveness', 'counts'],
      bounds.map(({ name, meaning }) => [
        code(name),
        ...[smallScope, largeScope, livenessScope].map(scope => String(scope[name] ?? 0)),
        meaning,
      ]),
    ),
    ...section(
      'Rules by release',
      ['rule', 'since', 'source', 'prevents'],
      ruleChanges.map(({ rule, since, source, prevents, sometimes }) => [
        code(rule),
        since,
        source,
        sometimes === undefined ? prevents : `${prevents}; not always: ${sometimes}`,
      ]),
    ),
    ...section(
      'Properties (`--property name`)',
      ['property', 'kind', 'says'],
      claims.map(({ name, kind, statement }) => [code(name), kind, statement]),
    ),
    ...section(
      'Questions, asked only by name',
      ['question', 'says'],
      questions.map(({ name, statement }) => [code(name), statement]),
    ),
    ...section(
      'Goals: scenes that are to be played',
      ['goal', 'scene'],
      goals.map(({ name, statement }) => [code(name), statement]),
    ),
    ...section(
      'Defects (`--defect name`)',
      ['defect', 'what is wrong', 'caught by', 'is what Kafka does in'],
      defects.map(({ name, statement, caughtBy, releases }) => [
        code(name),
        statement,
        code(caughtBy),
        releases ?? '',
      ]),
    ),
    ...(mainJob?.events === undefined ? [] : pairsSection(mainJob)),
  ]
    .join('\n')
    .trimEnd();
}

/** Which scopes of `check` explore two kinds of events together. */
function pairsSection(mainJob: MainJob): string[] {
  const { titles, rows, legend } = pairTable(mainJob);
  const [heading = '', ...table] = section('Two kinds of events together', titles, rows);
  const words = `The scopes of \`check\` in which both can happen and every state is explored: ${legend}; in
brackets those of \`check --long\` only. On the diagonal, the event happens twice.`;
  return [heading, '', words, ...table];
}

/** A table under its heading; nothing of no rows. */
function section(
  heading: string,
  titles: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  if (rows.length === 0) return [];
  return [`### ${heading}`, '', ...markdownTable(titles, rows), ''];
}

function code(name: string): string {
  return `\`${name}\``;
}

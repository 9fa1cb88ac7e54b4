import type { BuiltModel, ModelEntry } from '../../catalogue/modelEntry.ts';
import type { AnyAction } from '../../checker/model/model.ts';
import type { ParamDomain } from '../../checker/model/params.ts';
import { counted } from '../../checker/results/numbers.ts';
import { shorten, wrap } from '../../checker/trace/renderParts.ts';
import type { Setting } from '../../models/description/settings.ts';
import { wrappedColumns } from './columns.ts';
import type { TextLayout } from './style.ts';

/** The model as it is without any option: its defaults over its small scope. */
function builtByDefault(entry: ModelEntry): BuiltModel {
  return entry.build({ config: {}, bounds: entry.smallScope, defects: [] });
}

/** One model in the JSON document of `list`. */
export function modelJson(entry: ModelEntry) {
  const { model, properties, temporal } = builtByDefault(entry);
  return {
    name: entry.name,
    version: model.version,
    summary: entry.summary,
    settings: entry.settings.map(({ name, value, meaning }) => ({ name, default: value, meaning })),
    bounds: boundsOf(entry),
    properties: [...properties, ...temporal].map(({ name, kind, statement, loss, source }) => {
      return { name, kind, statement, loss, source };
    }),
    actions: model.actions.map(action => ({
      name: action.name,
      kind: action.kind,
      actor: action.actor,
      params: paramsOf(action),
      spends: action.spends ?? null,
    })),
    defects: entry.defects,
  };
}

function boundsOf({ bounds, smallScope, largeScope }: ModelEntry) {
  return bounds.map(({ name, meaning }) => ({
    name,
    meaning,
    small: smallScope[name] ?? null,
    large: largeScope[name] ?? null,
  }));
}

function paramsOf({ params }: AnyAction): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, domain]) => [name, domainText(domain)]),
  );
}

function domainText(domain: ParamDomain): string {
  switch (domain.kind) {
    case 'node':
      return domain.type.name;
    case 'optionalNode':
      return `${domain.type.name} or none`;
    case 'int':
      return `${domain.min} to ${domain.max}`;
    case 'choice':
      return domain.names.join(' or ');
    case 'subset':
      return `${domain.atLeast} to ${domain.atMost} of ${domain.type.name}`;
    case 'element':
      return 'an element of a set';
    case 'key':
      return 'a key of a map';
    case 'index':
      return 'the index of an element of a list';
    case 'record':
      return Object.entries(domain.params)
        .map(([name, inner]) => `${name}: ${domainText(inner)}`)
        .join(', ');
  }
}

/** One model in full; of several in one screen which there are, and how much there is to know of each. */
export function catalogueLines(entries: readonly ModelEntry[], layout: TextLayout): string[] {
  const [only, ...others] = entries;
  if (only !== undefined && others.length === 0) return [...modelLines(only, layout), ''];
  return [
    layout.style('bold', 'models ("list <model>" prints what there is of one)'),
    ...entries.flatMap(entry => overviewOf(entry, layout)),
    '',
  ];
}

function overviewOf(entry: ModelEntry, { width, style }: TextLayout): string[] {
  const { model, properties, temporal } = builtByDefault(entry);
  const counts = [
    counted(entry.settings.length, 'setting'),
    counted(entry.bounds.length, 'bound'),
    `${properties.length + temporal.length} properties`,
    counted(model.actions.length, 'action'),
    counted(entry.defects.length, 'defect'),
  ];
  return [
    // One line each: the rest of the summary stands where one model is printed.
    `  ${shorten(`${entry.name}: ${entry.summary}`, width - 2)}`,
    ...wrap(counts.join(', '), width - 4).map(line => style('dim', `    ${line}`)),
  ];
}

function modelLines(entry: ModelEntry, layout: TextLayout): string[] {
  const { model, properties, temporal } = builtByDefault(entry);
  // Each section names the model: of several, nobody scrolls back to see whose bounds these are.
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', layout.style('bold', `${entry.name}: ${title}`), ...lines];
  return [
    ...headLines(entry, layout),
    ...section('settings (--set name=value)', settingLines(entry, layout)),
    ...section('bounds (--bound name=value)', boundLines(entry, layout)),
    ...section(
      'properties (--property name)',
      [...properties, ...temporal].flatMap(({ name, kind, statement, source }) =>
        described(`${name} (${kind})`, [statement, `source: ${source}`], layout),
      ),
    ),
    ...section('actions', actionLines(model.actions, layout)),
    ...section(
      'defects (--defect name)',
      entry.defects.flatMap(({ name, statement, source, caughtBy, scenario }) => {
        const way = scenario === undefined ? '' : ', in a directed scenario';
        return described(
          name,
          [statement, `source: ${source}`, `caught by ${caughtBy}${way}`],
          layout,
        );
      }),
    ),
  ];
}

function headLines({ name, summary }: ModelEntry, { width, style }: TextLayout): string[] {
  const [first = '', ...rest] = wrap(`${name}: ${summary}`, width);
  return [first.replace(name, style('bold', name)), ...rest];
}

function settingLines({ settings }: ModelEntry, { width }: TextLayout): string[] {
  return wrappedColumns(
    settings.map(({ name, value, meaning }) => [`  ${name}`, settingText(value), meaning]),
    width,
  );
}

function settingText(value: Setting): string {
  return String(value);
}

function boundLines(entry: ModelEntry, { width }: TextLayout): string[] {
  if (entry.bounds.length === 0) return [];
  const rows = boundsOf(entry).map(({ name, small, large, meaning }) => [
    `  ${name}`,
    String(small ?? ''),
    String(large ?? ''),
    meaning,
  ]);
  return wrappedColumns([['  ', 'explore', 'simulate', ''], ...rows], width);
}

function actionLines(actions: readonly AnyAction[], { width }: TextLayout): string[] {
  return wrappedColumns(
    actions.map(action => {
      const params = Object.entries(paramsOf(action)).map(([name, text]) => `${name}: ${text}`);
      const spends = action.spends === undefined ? '' : `: takes one of ${action.spends}`;
      return [`  ${action.kind}`, `${action.name}(${params.join(', ')})${spends}`];
    }),
    width,
  );
}

function described(name: string, texts: readonly string[], { width, style }: TextLayout): string[] {
  const [statement = '', ...rest] = texts;
  const indented = (text: string): string[] => wrap(text, width - 4).map(line => `    ${line}`);
  return [
    `  ${name}`,
    ...indented(statement),
    ...rest.flatMap(indented).map(line => style('dim', line)),
  ];
}

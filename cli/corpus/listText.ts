import type { ReplayedTrace } from '../../application/corpus/replayedTrace.ts';
import type { ReplayWord } from '../../checker/replay/replayOutcome.ts';
import { counted } from '../../checker/results/numbers.ts';
import { assignments, shorten } from '../../checker/trace/renderParts.ts';
import type { Styler, TextStyle } from '../../checker/trace/renderStyle.ts';
import { renderTable } from '../output/table.ts';

const styles: Readonly<Record<ReplayWord, TextStyle>> = {
  reproduced: 'green',
  fixed: 'yellow',
  diverged: 'red',
  'not-applicable': 'red',
};

const WORD_COLUMN = 4;

/** A table of the traces, and how many are reproduced. */
export function listText(
  folder: string,
  listed: readonly ReplayedTrace[],
  { width, style }: { readonly width: number; readonly style: Styler },
): string {
  if (listed.length === 0) return `${folder} holds no traces\n`;
  const rows = listed.map(({ path, trace, outcome }) => [
    path.slice(path.lastIndexOf('/') + 1),
    trace.property.name,
    differenceOf(trace.model),
    String(trace.steps.length),
    outcome.word,
  ]);
  const table = {
    columns: [
      { title: 'file' },
      { title: 'property' },
      { title: 'defect or configuration' },
      { title: 'steps', align: 'right' },
      { title: 'word', keepsWidth: true },
    ],
    rows,
  } as const;
  const lines = renderTable(table, {
    width,
    paint: (text, { row, column }) => {
      const word = listed[row]?.outcome.word;
      return column === WORD_COLUMN && word !== undefined ? style(styles[word], text) : text;
    },
  });
  const good = listed.filter(({ outcome }) => outcome.word === 'reproduced').length;
  const summary = `${good} of ${counted(listed.length, 'trace')} reproduced`;
  return `${[...lines, '', summary].join('\n')}\n`;
}

/** Settings are shown to this width; the file has all of them. */
const MOST_SETTINGS = 60;

/** What sets a trace apart from others of its model: the defects, or else the settings. */
function differenceOf({ name, defects, config }: ReplayedTrace['trace']['model']): string {
  if (defects.length > 0) return defects.join(', ');
  if (Object.keys(config).length === 0) return name;
  return shorten(`${name}: ${assignments(config)}`, MOST_SETTINGS);
}

/** The same as a JSON document has it. */
export function listJson(folder: string, listed: readonly ReplayedTrace[]) {
  return {
    folder,
    traces: listed.map(({ path, trace, outcome }) => ({
      file: path,
      model: trace.model.name,
      property: trace.property.name,
      defects: trace.model.defects,
      config: trace.model.config,
      steps: trace.steps.length,
      outcome: outcome.word,
      reason: outcome.reason,
    })),
  };
}

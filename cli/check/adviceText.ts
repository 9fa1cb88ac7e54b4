import type { Difference } from '../../application/advice/advice.ts';
import type { LineEdit } from '../../application/advice/fileEdits.ts';
import type { WrittenAdvice } from '../../application/advice/writtenAdvice.ts';
import { listed } from '../../application/check/listed.ts';
import { printable } from '../../checker/trace/renderParts.ts';
import type { TextLayout } from '../output/style.ts';
import { wrapText } from '../output/table.ts';

/** Each change in as few lines as it takes: where, what it buys, what it costs. */
export function adviceLines(
  advice: readonly WrittenAdvice[],
  { width, style }: TextLayout,
): readonly (readonly string[])[] {
  return advice.map((each, index) => {
    const head = `${index + 1}. ${printable(short(each.title))}`;
    const text = `${head}${placeText(each.edits)}: ${buysText(each.buys)}. Costs: ${costsText(each)}.`;
    const [first = '', ...rest] = wrapText(text, width - 3);
    return [first.replace(head, style('bold', head)), ...rest.map(line => `   ${line}`)];
  });
}

/** The first two settings of many. */
function short(title: string): string {
  const parts = title.split(', ');
  if (parts.length <= 2) return title;
  return `${parts.slice(0, 2).join(', ')} and ${parts.length - 2} more`;
}

/** Where the lines of a change are: " (compose.yml:14, 23 and 32)". */
function placeText(edits: readonly LineEdit[]): string {
  const [first] = edits;
  if (first === undefined) return '';
  const lines = [...new Set(edits.map(({ file, line }) => `${printable(lastOf(file))}:${line}`))];
  return lines.length === 1 ? ` (${lines[0]})` : ` (${lines[0]} and ${lines.length - 1} more)`;
}

/** The file without its folders. */
function lastOf(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

/** What a change is good for. */
export function buysText(buys: readonly Difference[]): string {
  const of = (what: Difference['what']): string[] =>
    buys.filter(each => each.what === what).map(({ failure }) => failure);
  const parts = [
    ...(of('lost').length > 0 ? [`nothing is LOST by ${listed(of('lost'))}`] : []),
    ...(of('stops').length > 0 ? [`nothing stops with ${listed(of('stops'))}`] : []),
    ...buys.flatMap(({ what, topics }) =>
      what === 'unusable' ? [`${listed(topics.map(printable))} can be used`] : [],
    ),
  ];
  return parts.join(', ');
}

/** What it costs, and what stops then that did not before. */
export function costsText({ costs, worse }: WrittenAdvice): string {
  const stops = worse.filter(({ what }) => what === 'stops');
  const more = stops.map(
    ({ failure, topics }) => `with ${failure} ${listed(topics.map(printable))} stops`,
  );
  return [costs, ...more].join('; ');
}

/** Every change with its lines of the operator's own files. */
export function explainedAdvice(
  advice: readonly WrittenAdvice[],
  layout: TextLayout,
): readonly string[] {
  if (advice.length === 0) {
    return wrapText('No change that is tried here turns a loss or a stop into none.', layout.width);
  }
  const texts = adviceLines(advice, layout);
  return advice.flatMap((each, index) => [
    ...(index === 0 ? [] : ['']),
    ...(texts[index] ?? []),
    ...each.buys.flatMap(({ failure, what, topics }) =>
      wrapText(`   ${failure}, ${what}: ${listed(topics.map(printable))}`, layout.width),
    ),
    ...diffLines(each.edits, layout),
  ]);
}

/** The lines as a diff: file and line, what goes and what comes. */
function diffLines(edits: readonly LineEdit[], { style }: TextLayout): readonly string[] {
  const files = [...new Set(edits.map(({ file }) => file))];
  return files.flatMap(file => [
    '',
    style('bold', `   --- ${printable(file)}`),
    ...edits
      .filter(edit => edit.file === file)
      .toSorted((one, other) => one.line - other.line)
      .flatMap(({ line, before, after }) => [
        `   @@ line ${line}${before === undefined ? ', after it' : ''} @@`,
        ...(before === undefined ? [] : [style('red', `   -${printable(before)}`)]),
        style('green', `   +${printable(after)}`),
      ]),
  ]);
}

import { printable } from '../checker/trace/renderParts.ts';
import type { TraceFile } from '../checker/trace/traceFile.ts';

/** A trace and what it is called on the page, usually its file. */
export interface NamedTrace {
  readonly name: string;
  readonly trace: TraceFile;
}

/** What the template has where the title and the traces go. */
const TITLE = /<title>[^<]*<\/title>/;
const TRACES = /(<script type="application\/json" id="traces">)[^<]*(<\/script>)/;

/**
 * The page with traces in it: one file that needs nothing else. Whatever a trace says, it stays
 * data: it cannot end the element that it is in.
 *
 * @throws Error when the template has no place for them.
 */
export function embedTraces(template: string, traces: readonly NamedTrace[]): string {
  if (!TITLE.test(template) || !TRACES.test(template)) {
    throw new Error(
      'the page has no place for a title and traces: it was built by another version',
    );
  }
  // Given as functions, for a `$` in a replacement text would be taken for a group.
  return template
    .replace(TITLE, () => `<title>${escapedHtml(printable(titleOf(traces)))}</title>`)
    .replace(TRACES, (_, start: string, end: string) => `${start}${dataOf(traces)}${end}`);
}

function titleOf(traces: readonly NamedTrace[]): string {
  const sayings = traces.map(({ trace: { kind, property } }) => {
    return `${property.name} is ${kind === 'counterexample' ? 'broken' : 'reached'}`;
  });
  return [...new Set(sayings), 'Highwater'].join(' - ');
}

/** JSON in which nothing can be taken for markup, nor for the end of a line of a script. */
function dataOf(traces: readonly NamedTrace[]): string {
  return JSON.stringify(traces).replace(
    /[<\u2028\u2029]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function escapedHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

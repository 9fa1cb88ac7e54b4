import { printable } from '../checker/trace/renderParts.ts';
import type { TraceFile } from '../checker/trace/traceFile.ts';
import type { ClusterView } from './data/clusterView.ts';

/** A trace and what it is called on the page, usually its file. */
export interface NamedTrace {
  readonly name: string;
  readonly trace: TraceFile;
}

/** What the template has where the title and the traces go. */
const TITLE = /<title>[^<]*<\/title>/;
const CLUSTER = /(<script type="application\/json" id="cluster">)[^<]*(<\/script>)/;
const TRACES = /(<script type="application\/json" id="traces">)[^<]*(<\/script>)/;

/**
 * The page with traces in it: one file that needs nothing else. Whatever a trace says, it stays
 * data: it cannot end the element that it is in.
 *
 * @throws Error when the template has no place for them.
 */
export function embedTraces(template: string, traces: readonly NamedTrace[]): string {
  return embedded(template, titleOf(traces), traces);
}

/**
 * The page with the answer about a cluster in it, and a trace for each of its stories.
 *
 * @throws Error when the template has no place for them.
 */
export function embedCluster(
  template: string,
  view: ClusterView,
  traces: readonly NamedTrace[],
): string {
  const page = embedded(template, `${view.title} - Highwater`, traces);
  return page.replace(CLUSTER, (_, start: string, end: string) => `${start}${dataOf(view)}${end}`);
}

function embedded(template: string, title: string, traces: readonly NamedTrace[]): string {
  if (![TITLE, TRACES, CLUSTER].every(place => place.test(template))) {
    throw new Error(
      'the page has no place for a title and traces: it was built by another version',
    );
  }
  // Given as functions, for a `$` in a replacement text would be taken for a group.
  return template
    .replace(TITLE, () => `<title>${escapedHtml(printable(title))}</title>`)
    .replace(TRACES, (_, start: string, end: string) => `${start}${dataOf(traces)}${end}`);
}

function titleOf(traces: readonly NamedTrace[]): string {
  const sayings = traces.map(({ trace: { kind, property } }) => {
    return `${property.name} is ${kind === 'counterexample' ? 'broken' : 'reached'}`;
  });
  return [...new Set(sayings), 'Highwater'].join(' - ');
}

/** JSON in which nothing can be taken for markup, nor for the end of a line of a script. */
function dataOf(data: readonly NamedTrace[] | ClusterView): string {
  return JSON.stringify(data).replace(
    /[<\u2028\u2029]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function escapedHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

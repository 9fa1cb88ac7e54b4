import { printable } from '../../checker/trace/renderParts.ts';

const entities = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

/** Text for XML, as content and in attributes: characters that XML cannot hold are written out. */
export function xmlText(text: string): string {
  const allowed = text
    .split('\n')
    .map(line => printable(line).replace(/[\ufffe\uffff]/g, '\ufffd'));
  return allowed.join('\n').replace(/[&<>"]/g, character => entities.get(character) ?? '');
}

/** Text that means nothing to Markdown or HTML, in one line. */
export function markdownText(text: string): string {
  return printable(text).replace(
    /[^\p{L}\p{N} .,:;()'/=+-]/gu,
    character => `&#${character.codePointAt(0)};`,
  );
}

/** Text as a code block, whatever backticks are in it. */
export function fenced(language: string, text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

/** Text as the message of a GitHub workflow command. */
export function annotationText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Text as a property of a GitHub workflow command. */
export function annotationProperty(text: string): string {
  return annotationText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

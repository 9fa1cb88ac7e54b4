import { posix } from 'node:path';
import MarkdownIt from 'markdown-it';
import type { Document } from './documents.ts';

/** What a link of a page leads to: another page, a story, or nothing in this site. */
export type Resolve = (target: string, from: Document) => string | undefined;

/** A page of the documentation as HTML, with its headings. */
export interface Rendered {
  readonly html: string;
  readonly headings: readonly Heading[];
}

/** A heading, and the text below it up to the next one, for the search. */
interface Heading {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

const markdown = new MarkdownIt({ html: true, linkify: false, typographer: false });

/** Headings have the names that links use, those of GitHub; a link to what is not in the site is its text. */
export function rendered(document: Document, resolve: Resolve): Rendered {
  // Comments are for those who write.
  const tokens = markdown.parse(document.text.replaceAll(/<!--.*?-->/gs, ''), {});
  const headings: { id: string; title: string; text: string }[] = [];
  for (const [index, token] of tokens.entries()) {
    const inline = tokens[index + 1];
    if (token.type === 'heading_open' && inline !== undefined) {
      const title = plainText(inline.children ?? []);
      const id = slugOf(title);
      token.attrSet('id', id);
      headings.push({ id, title, text: '' });
    } else if (token.type === 'inline' && token.children !== null) {
      const last = headings.at(-1);
      if (last !== undefined) last.text += ` ${plainText(token.children)}`;
      redirect(token.children, document, resolve);
    } else if (token.type === 'th_open' && inline?.content === '') {
      // A corner of a table heads nothing.
      token.tag = 'td';
      const end = tokens[index + 2];
      if (end !== undefined) end.tag = 'td';
    } else if (token.type === 'table_open') {
      token.attrSet('tabindex', '0');
    } else if (token.type === 'fence') {
      const last = headings.at(-1);
      if (last !== undefined) last.text += ` ${token.content}`;
    }
  }
  return { html: markdown.renderer.render(tokens, markdown.options, {}), headings };
}

type Tokens = NonNullable<ReturnType<typeof markdown.parse>[number]['children']>;

function redirect(tokens: Tokens, from: Document, resolve: Resolve): void {
  const isDropped: boolean[] = [];
  for (const token of tokens) {
    if (token.type === 'link_open') {
      const target = token.attrGet('href') ?? '';
      const to = /^([a-z]+:|#)/.test(target) ? target : resolve(target, from);
      isDropped.push(to === undefined);
      if (to === undefined) token.tag = 'span';
      else token.attrSet('href', to);
      if (to === undefined) token.attrs = [];
    } else if (token.type === 'link_close' && isDropped.pop() === true) token.tag = 'span';
  }
}

function plainText(tokens: Tokens): string {
  return tokens.map(({ type, content }) => (type === 'softbreak' ? ' ' : content)).join('');
}

/** The name of a heading in links, as GitHub makes it. */
function slugOf(heading: string): string {
  const kept = heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '');
  return kept.replaceAll(' ', '-');
}

/** The way from one file of the site to another. */
export function relativeTo(file: string, from: string): string {
  return posix.relative(posix.dirname(from), file);
}

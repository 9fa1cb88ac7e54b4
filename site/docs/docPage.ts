import type { Document, Way } from './documents.ts';
import { relativeTo } from './markdown.ts';

/** What is around the content of a page. */
export interface Around {
  readonly ways: readonly Way[];
  readonly documents: readonly Document[];
}

/** A page of the documentation. */
export interface DocPage {
  readonly file: string;
  readonly title: string;
  readonly html: string;
}

const playgrounds = [
  ['index.html', 'Documentation'],
  ['check.html', 'Check my cluster'],
  ['explore.html', 'Explore a model'],
  ['write.html', 'Write a model'],
  ['api/index.html', 'API'],
] as const;

/** The page with everything around it. It loads nothing but its style, its script and, for a search, the index. */
export function docPage({ file, title, html }: DocPage, { ways, documents }: Around): string {
  const to = (target: string): string => relativeTo(target, file);
  const link = (target: string, text: string): string => {
    const here = target === file ? ' aria-current="page"' : '';
    return `<a href="${to(target)}"${here}>${escaped(text)}</a>`;
  };
  const inWays = ways.flatMap(({ pages }) => pages.map(name => `docs/${name}.html`));
  const group = (heading: string, files: readonly string[], isOpen: boolean): string =>
    [
      `<details${isOpen ? ' open' : ''}><summary>${escaped(heading)}</summary><ul>`,
      ...documents
        .filter(document => files.includes(document.file))
        .sort((one, other) => files.indexOf(one.file) - files.indexOf(other.file))
        .map(document => `<li>${link(document.file, document.title)}</li>`),
      '</ul></details>',
    ].join('');
  const others = documents.map(document => document.file).filter(each => !inWays.includes(each));
  const groups = [
    ...ways.map(({ title: heading, pages }) => ({
      heading,
      files: pages.map(name => `docs/${name}.html`),
    })),
    { heading: 'Decisions', files: others.filter(each => each.includes('/decisions/')) },
    { heading: 'More', files: others.filter(each => !each.includes('/decisions/')) },
  ];
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escaped(title)} - Highwater</title>`,
    '<link rel="icon" href="data:,">',
    `<link rel="stylesheet" href="${to('assets/docs.css')}">`,
    '</head>',
    `<body data-root="${to('index.html').replace(/index\.html$/, '')}">`,
    '<a class="skip" href="#content">to the content</a>',
    '<header class="site-header"><strong class="site-name">Highwater</strong>',
    `<nav aria-label="Pages">${playgrounds.map(([target, text]) => link(target, text)).join('')}</nav>`,
    '<div class="search"><input type="search" id="search" aria-label="search the documentation" ' +
      'placeholder="search" autocomplete="off"><div id="found" class="found" role="status"></div></div>',
    '</header>',
    '<div class="columns">',
    '<nav class="sidebar" aria-label="Documentation">',
    ...groups.map(({ heading, files }) => group(heading, files, files.includes(file))),
    '</nav>',
    `<main id="content" class="document">${html}</main>`,
    '</div>',
    `<script src="${to('assets/docs.js')}"></script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** Text that is no markup. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
}

import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { readTrace } from '../../checker/trace/readTrace.ts';
import { embedTraces } from '../../viewer/embed.ts';
import { pageScript } from '../bundle/pageScript.ts';
import type { SiteFile } from '../bundle/siteFile.ts';
import { docPage, escaped } from './docPage.ts';
import { type Document, documentsIn, ways } from './documents.ts';
import { relativeTo, rendered } from './markdown.ts';

/** The documentation as files: pages that work from a folder, the stories that they link to, and the search. */
export async function docs(root: string): Promise<readonly SiteFile[]> {
  const documents = documentsIn(root);
  const stories = new Set<string>();
  const resolve = (target: string, from: Document): string | undefined => {
    const [path = '', heading] = target.split('#');
    const source = posix.join(posix.dirname(from.source), path);
    const known = documents.find(document => document.source === source);
    const end = heading === undefined ? '' : `#${heading}`;
    if (known !== undefined) return `${relativeTo(known.file, from.file)}${end}`;
    if (!source.endsWith('.trace.json') || !existsSync(join(root, source))) return undefined;
    stories.add(source);
    return `${relativeTo(storyFile(source), from.file)}${end}`;
  };
  const pages = documents.map(document => ({ document, ...rendered(document, resolve) }));
  const around = { ways, documents };
  const entries = pages.flatMap(({ document, headings }) =>
    headings.map(({ id, title, text }) => {
      return { id: `${document.file}#${id}`, page: document.title, title, text };
    }),
  );
  const script = await pageScript('site/docs/page/main.ts');
  const story = await pageScript('viewer/page/main.tsx');
  return [
    { file: 'index.html', text: docPage(firstPage(documents), around) },
    ...pages.map(({ document: { file, title }, html }) => {
      return { file, text: docPage({ file, title, html }, around) };
    }),
    ...[...stories].map(source => storyPage(root, source)),
    { file: 'assets/docs.js', text: script.script },
    { file: 'assets/docs.css', text: script.style },
    { file: 'assets/story.js', text: story.script },
    { file: 'assets/story.css', text: story.style },
    { file: 'assets/index.js', text: `self.highwaterIndex = ${JSON.stringify(entries)};\n` },
  ];
}

function storyFile(source: string): string {
  return source.replace(/^traces\//, 'stories/').replace(/\.trace\.json$/, '.html');
}

/** A trace on the page that shows it, whose script and style all stories share. */
function storyPage(root: string, source: string): SiteFile {
  const file = storyFile(source);
  const trace = readTrace(source, readFileSync(join(root, source), 'utf8'));
  const template = [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<title>Highwater</title>',
    '<link rel="icon" href="data:,">',
    `<link rel="stylesheet" href="${relativeTo('assets/story.css', file)}">`,
    '</head>',
    '<body>',
    '<div id="page"></div>',
    '<script type="application/json" id="traces">[]</script>',
    '<script type="application/json" id="cluster">null</script>',
    `<script src="${relativeTo('assets/story.js', file)}"></script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
  return { file, text: embedTraces(template, [{ name: posix.basename(source), trace }]) };
}

/** The first page of the site: what can be done at once, and three ways in. */
function firstPage(documents: readonly Document[]) {
  const titleOf = (file: string): string =>
    documents.find(document => document.file === file)?.title ?? file;
  const html = [
    '<h1>What can Kafka lose?</h1>',
    '<p class="lead">Highwater explores what a Kafka cluster can lose, in every release from 0.10 to 4.4: ' +
      'crashes, power losses, lost disks and cut networks at every possible moment. ' +
      'What breaks comes back as the shortest story.</p>',
    '<p class="doors">',
    '<a href="check.html">Check my cluster</a>',
    '<a href="explore.html">Explore a model</a>',
    '<a href="write.html">Write a model</a>',
    '</p>',
    '<div class="ways">',
    ...ways.map(({ title, lead, pages }) =>
      [
        `<section><h2>${escaped(title)}</h2><p>${escaped(lead)}</p><ul>`,
        ...pages
          .map(name => `docs/${name}.html`)
          .map(file => {
            return `<li><a href="${file}">${escaped(titleOf(file))}</a></li>`;
          }),
        '</ul></section>',
      ].join(''),
    ),
    '</div>',
  ].join('\n');
  return { file: 'index.html', title: 'What can Kafka lose?', html };
}

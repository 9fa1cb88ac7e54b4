import { createHash } from 'node:crypto';

/** Something that lies in a page as text, for its script to read. */
export interface Block {
  readonly id: string;
  /** `text/plain` for the program of a worker, `application/json` for data. */
  readonly type: 'text/plain' | 'application/json';
  readonly text: string;
}

/** What a page that computes is made of. */
export interface PageParts {
  readonly title: string;
  readonly description: string;
  readonly script: string;
  readonly style: string;
  readonly blocks: readonly Block[];
  /** Whether elements may have styles of their own, as an editor gives to some. */
  readonly styledElements?: boolean;
}

/**
 * A page in one file, which asks for no other: it lets run its own script, and a worker that it makes itself. Nothing
 * may be loaded or sent, by that worker neither, which has the policy of its page.
 */
export function pageHtml({ title, description, blocks, ...parts }: PageParts): string {
  const script = withoutEnd(parts.script.trim());
  const style = parts.style.trim();
  const policy = [
    "default-src 'none'",
    // The engine makes code of the schema of a model (decision 23); what it may reach stays as little.
    `script-src '${hashOf(script)}' 'unsafe-eval'`,
    `style-src '${hashOf(style)}'`,
    ...(parts.styledElements === true ? ["style-src-attr 'unsafe-inline'"] : []),
    'worker-src blob:',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<meta name="description" content="${description}">`,
    `<title>${title} - Highwater</title>`,
    // Without one, a browser asks the server for it.
    '<link rel="icon" href="data:,">',
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<div id="page"><noscript>This page computes with its own script.</noscript></div>',
    ...blocks.map(blockHtml),
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function blockHtml({ id, type, text }: Block): string {
  const safe = type === 'application/json' ? text.replaceAll('<', '\\u003c') : withoutEnd(text);
  return `<script type="${type}" id="${id}">${safe}</script>`;
}

/** A script that cannot end the element that it is in, and means the same. */
function withoutEnd(code: string): string {
  return code.replace(/<(?=\/script|!--)/gi, '\\x3C');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

import { saveFile } from '../story/save.ts';

/** What can be pressed does nothing without the script of this page. */
const PRESSED = 'button, .bar';

/** Saves the answer as it is shown, as a page that runs nothing: it can be sent to somebody and printed. */
export function savePage(): void {
  const shown = document.getElementById('answer')?.cloneNode(true);
  if (!(shown instanceof HTMLElement)) return;
  for (const element of shown.querySelectorAll(PRESSED)) element.remove();
  for (const element of shown.querySelectorAll('details')) element.open = true;
  const style = document.querySelector('style')?.textContent ?? '';
  saveFile('highwater-answer.html', 'text/html', pageOf(style, shown.outerHTML));
}

function pageOf(style: string, content: string): string {
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<title>What can this cluster lose? - Highwater</title>',
    `<style>${style}</style></head>`,
    `<body><main class="site-main">${content}</main></body></html>`,
    '',
  ].join('\n');
}

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'vite';

/** The script and the style sheet of the page. */
interface Parts {
  readonly script: string;
  readonly style: string;
}

/**
 * Builds the page without traces: one HTML file that asks for nothing else and lets nothing run but
 * its own script. The same sources make the same bytes.
 *
 * @param folder - Where its sources are.
 * @throws Error when the sources do not compile.
 */
export async function buildPage(folder: string): Promise<string> {
  return htmlOf(await bundle(folder));
}

async function bundle(folder: string): Promise<Parts> {
  const result = await build({
    root: folder,
    configFile: false,
    envDir: false,
    publicDir: false,
    mode: 'production',
    logLevel: 'silent',
    // Said here, for inside a test the environment would decide otherwise.
    define: { 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      cssCodeSplit: false,
      modulePreload: false,
      rolldownOptions: { input: join(folder, 'main.tsx'), output: { format: 'iife' } },
    },
  });
  const outputs = [result].flat().flatMap(each => ('output' in each ? each.output : []));
  const scripts = outputs.flatMap(each => (each.type === 'chunk' ? [each.code] : []));
  const styles = outputs.flatMap(each => (each.type === 'asset' ? [String(each.source)] : []));
  const [script = '', ...more] = scripts;
  if (script === '' || more.length > 0 || styles.length > 1) {
    throw new Error('the page must be one script and one style sheet');
  }
  return { script: inlineScript(script), style: (styles[0] ?? '').trim() };
}

/** A script that cannot end the element that it is in, and means the same. */
function inlineScript(code: string): string {
  return code.trim().replace(/<(?=\/script|!--)/gi, '\\x3C');
}

function htmlOf({ script, style }: Parts): string {
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>',
    // The licence of what the script contains asks for this.
    '<!-- Contains Preact, Copyright (c) 2015-present Jason Miller, under the MIT License. -->',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<title>Highwater</title>',
    // Without one, a browser asks the server for it.
    '<link rel="icon" href="data:,">',
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<div id="page"><noscript>This page draws a trace with its own script.</noscript></div>',
    '<script type="application/json" id="traces">[]</script>',
    '<script type="application/json" id="cluster">null</script>',
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { holdToSchema } from './documentSchema.ts';
import { temporaryFolder } from './folder.ts';
import { at, run } from './runInProcess.ts';

const program = fileURLToPath(new URL('../../cli/highwater.mjs', import.meta.url));
const stored = fileURLToPath(
  new URL(
    '../../traces/unclean-leader-election--acknowledged-records-survive.trace.json',
    import.meta.url,
  ),
);

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Starts `view` and waits for its address. */
async function serving(
  file: string,
  ...more: readonly string[]
): Promise<{ child: ChildProcess; address: string }> {
  const child = spawn(process.execPath, [program, 'view', file, ...more]);
  children.push(child);
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (text: Buffer) => resolve(text.toString().trimEnd()));
    child.once('close', code => reject(new Error(`ended with ${code}`)));
  });
  return { child, address };
}

function ask(address: string, options: { method?: string; host?: string } = {}): Promise<Answer> {
  const { method = 'GET', host } = options;
  return new Promise((resolve, reject) => {
    const headers = host === undefined ? {} : { host };
    const asked = request(address, { method, headers }, response => {
      let text = '';
      response.on('data', chunk => {
        text += chunk;
      });
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, text });
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('view', () => {
  it('serves the page to this machine until it is interrupted', async () => {
    const { child, address } = await serving(stored);
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const page = await ask(address);
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.text).toContain('acknowledged-records-survive is broken');
    expect((await ask(`${address}other`)).status).toBe(404);
    expect((await ask(address, { method: 'POST' })).status).toBe(405);
    expect((await ask(address, { host: 'elsewhere.example' })).status).toBe(403);
    const ended = new Promise(resolve => child.once('close', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    await expect(ask(address)).rejects.toThrow();
  });

  it('says in JSON where the page is', async () => {
    const { address: text } = await serving(stored, '--json');
    holdToSchema(text);
    const document: unknown = JSON.parse(text);
    expect(document).toMatchObject({ command: 'view', traces: [stored] });
    expect(at(document, 'address')).toBe(`http://127.0.0.1:${at(document, 'port')}/`);
  });

  it('reads the file anew, and says what is wrong with it by then', async () => {
    const file = join(temporaryFolder(), 'one.trace.json');
    copyFileSync(stored, file);
    const { address } = await serving(file);
    writeFileSync(file, '{');
    const page = await ask(address);
    expect(page.status).toBe(500);
    expect(page.text).toContain('one.trace.json');
  });

  it('refuses a file that cannot be read, and a port that is taken', async () => {
    const missing = await run(['view', 'missing.trace.json']);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('missing.trace.json');
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const taken = await run(['view', stored, '--port', String(port)]);
    server.close();
    expect(taken.code).toBe(2);
    expect(taken.stderr).toContain(`--port ${port}: cannot be listened on (EADDRINUSE)`);
  });
});

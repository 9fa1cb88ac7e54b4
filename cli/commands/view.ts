import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Command } from 'commander';
import { UsageError } from '../../catalogue/usageError.ts';
import { TraceError } from '../../checker/trace/readTrace.ts';
import { readTraceFile } from '../../corpus/readTraceFile.ts';
import { wholeNumber } from '../options/values.ts';
import type { CommandIo } from '../output/io.ts';
import { printJson } from '../output/printJson.ts';
import { tracePage } from '../output/tracePage.ts';

interface ViewOptions {
  readonly port: number;
  readonly json?: true;
}

/** `view` in a JSON document, which is printed when the page can be asked for. */
export interface ViewJson {
  readonly address: string;
  readonly port: number;
  /** The files that the page shows. */
  readonly traces: readonly string[];
}

/** How often it is asked whether the user wants to stop, in milliseconds. */
const POLL_EVERY = 100;
const LOOPBACK = '127.0.0.1';
const LARGEST_PORT = 65_535;

const help = `
Prints the address and serves the page until it is interrupted (Ctrl-C), to this machine only. The
files are read anew whenever the page is loaded. Nothing is opened by itself; "show --format html"
writes the same page to a file.

Exit codes: 0; 2 a file cannot be read, or the port is taken.`;

/** Adds `view`: the page of traces, served to this machine. */
export function addViewCommand(program: Command, io: CommandIo): void {
  program
    .command('view')
    .summary('serve a page that shows traces')
    .description('serve a page that shows traces, one or several side by side')
    .argument('<trace...>', 'trace files')
    .option('--port <n>', 'the port; 0 takes a free one', wholeNumber(0, LARGEST_PORT), 0)
    .addHelpText('after', help)
    .option('--json', 'print one JSON document: the address, and what is shown there')
    .action(async (files: string[], { port, json }: ViewOptions) => {
      // Before anything is served: a wrong name is an error of use.
      for (const file of files) readTraceFile(file);
      const server = createServer(
        (request, response) => void answer(() => pageOf(files, io), request, response),
      );
      await listening(server, port);
      const { port: taken } = server.address() as AddressInfo;
      const address = `http://${LOOPBACK}:${taken}/`;
      const content: ViewJson = { address, port: taken, traces: files };
      if (json === true) printJson(io.stdout, 'view', content);
      else io.stdout.write(`${address}\n`);
      io.stderr.write('serving until interrupted (Ctrl-C)\n');
      await interrupted(io);
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    });
}

function pageOf(files: readonly string[], { commentary }: CommandIo): Promise<string> {
  const named = files.map(file => ({ file, trace: readTraceFile(file) }));
  return tracePage(named, commentary);
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', error => {
      const code = 'code' in error ? String(error.code) : error.message;
      reject(new UsageError(`--port ${port}: cannot be listened on (${code})`));
    });
    server.listen(port, LOOPBACK, resolve);
  });
}

/** Only to this machine, and only under its own name: a page from elsewhere has no business here. */
async function answer(
  page: () => Promise<string>,
  { method, url, headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [host] = (headers.host ?? '').split(':');
  if (host !== LOOPBACK && host !== 'localhost') return end(response, 403, 'not for this host');
  if (url?.split('?')[0] !== '/') return end(response, 404, 'there is only one page: /');
  if (method !== 'GET' && method !== 'HEAD') return end(response, 405, 'it can only be read');
  try {
    end(response, 200, await page(), 'text/html');
  } catch (error) {
    // The file was there at first; its reader says what is wrong with it now.
    const known = error instanceof TraceError || error instanceof UsageError;
    end(response, 500, known ? error.message : String(error));
  }
}

function end(response: ServerResponse, status: number, text: string, type = 'text/plain'): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  response.end(text);
}

async function interrupted({ interrupt }: CommandIo): Promise<void> {
  while (!interrupt.isSet) await new Promise(resolve => setTimeout(resolve, POLL_EVERY));
}

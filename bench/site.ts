import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { builtInModels } from '../catalogue/models.ts';
import { playgrounds } from '../site/build/playgrounds.ts';
import { exploreRequested } from '../site/engine/exploreRequested.ts';
import type { ExploreRequest, FromEngine } from '../site/engine/messages.ts';
import { launchChromium } from '../viewer/chromium.ts';

/*
 * States a second of `explore replication` in a page, as a share of those in Node.js, in turns in one run:
 * `npm run bench:site`.
 */

const TURNS = 3;
const request: ExploreRequest = {
  model: 'replication',
  engine: 'exhaustive',
  settings: {},
  bounds: {},
  defects: [],
  seed: 1,
  runs: 1,
  maxSteps: 1,
  maxStates: 60_000,
};

/** Distinct states, and seconds. */
interface Measured {
  readonly states: number;
  readonly seconds: number;
}

async function inNode(): Promise<Measured> {
  const { result, seconds } = await exploreRequested(request, builtInModels, {}, {});
  return { states: result.distinctStates, seconds };
}

async function inPage(page: Page): Promise<Measured> {
  return await page.evaluate(
    asked =>
      new Promise<Measured>((resolve, reject) => {
        const program = document.getElementById('engine')?.textContent ?? '';
        const worker = new Worker(URL.createObjectURL(new Blob([program])));
        worker.onmessage = ({ data }: MessageEvent<FromEngine>) => {
          if (data.kind === 'failure') reject(new Error(data.failure.message));
          if (data.kind !== 'answer' || !('seconds' in data.answer)) return;
          worker.terminate();
          const { answer } = data;
          const states = 'result' in answer ? answer.result.distinctStates : 0;
          resolve({ states, seconds: answer.seconds });
        };
        const question = { kind: 'explore', request: asked };
        worker.postMessage({ kind: 'ask', question, bytes: 2 ** 30 });
      }),
    request,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'highwater-bench-'));
const browser = await launchChromium();
try {
  const text = (await playgrounds()).find(({ file }) => file === 'explore.html')?.text ?? '';
  writeFileSync(join(folder, 'explore.html'), text);
  const page = await browser.newPage();
  await page.goto(pathToFileURL(join(folder, 'explore.html')).href);
  for (let turn = 1; turn <= TURNS; turn++) {
    const [node, there] = [await inNode(), await inPage(page)];
    const rates = [node, there].map(({ states, seconds }) => Math.round(states / seconds));
    const [nodeRate = 0, pageRate = 0] = rates;
    const share = (pageRate / nodeRate).toFixed(2);
    process.stdout.write(
      `${there.states} states; Node.js ${nodeRate}/s, page ${pageRate}/s: ${share} of it\n`,
    );
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { builtInModels } from '../../../catalogue/models.ts';
import type { Setting } from '../../../models/description/settings.ts';
import { quietScope as quietQuorum } from '../../../models/kraft/config.ts';
import { quietScope } from '../../../models/replication/config.ts';
import { exploreRequested } from '../../../site/engine/exploreRequested.ts';
import type {
  EngineAnswers,
  EngineQuestion,
  ExploreRequest,
  FromEngine,
} from '../../../site/engine/messages.ts';
import { inBrowser, isLeftOut } from '../../../viewer/chromium.ts';
import { everyFew, isLong } from '../../long.ts';
import { manifest as quorumManifest } from '../../models/kraft/manifest.ts';
import { manifest } from '../../models/replication/manifest.ts';
import { withSite } from './sitePages.ts';

const usual = {
  engine: 'exhaustive',
  settings: {},
  bounds: {},
  defects: [],
  seed: 1,
  runs: 8,
  maxSteps: 60,
  maxStates: 100_000,
} as const satisfies Omit<ExploreRequest, 'model'>;

/** States of a scope that is small enough to be explored twice. */
const FEW = isLong ? 1500 : 400;

/** Settings as a page says them. */
function texts(config: object): Record<string, string> {
  const settings: [string, Setting][] = Object.entries(config);
  return Object.fromEntries(settings.map(([name, value]) => [name, String(value)]));
}

const scopes: readonly [string, number, ExploreRequest][] = [
  ...everyFew(
    manifest.filter(({ counts }) => counts.distinct < FEW),
    5,
  ).map(({ name, scope, counts }): [string, number, ExploreRequest] => [
    `replication: ${name}`,
    counts.distinct,
    {
      ...usual,
      model: 'replication',
      settings: texts({ kafka: 'current', ...scope.config }),
      bounds: { ...quietScope, ...scope.bounds },
      defects: (scope.defects ?? []).map(({ name }) => name),
    },
  ]),
  ...everyFew(
    quorumManifest.filter(({ counts }) => counts.distinct < FEW),
    5,
  ).map(({ name, scope, counts }): [string, number, ExploreRequest] => [
    `kraft: ${name}`,
    counts.distinct,
    {
      ...usual,
      model: 'kraft',
      settings: texts(scope.config ?? {}),
      bounds: { ...quietQuorum, ...scope.bounds },
    },
  ]),
];

/** Asks the engine of the page, as the page does; answers come one after the other. */
async function ask<Kind extends keyof EngineAnswers>(
  page: Page,
  question: Extract<EngineQuestion, { kind: Kind }>,
): Promise<EngineAnswers[Kind]> {
  const last = await page.evaluate(
    asked =>
      new Promise<FromEngine>(resolve => {
        const program = document.getElementById('engine')?.textContent ?? '';
        const worker = new Worker(URL.createObjectURL(new Blob([program])));
        worker.onmessage = ({ data }: MessageEvent<FromEngine>) => {
          if (data.kind === 'answer' || data.kind === 'failure') {
            worker.terminate();
            resolve(data);
          }
        };
        worker.postMessage({ kind: 'ask', question: asked, bytes: 2 ** 28 });
      }),
    question,
  );
  if (last.kind !== 'answer') throw new Error(JSON.stringify(last));
  // The answer to a question of this kind.
  return last.answer as EngineAnswers[Kind];
}

describe.skipIf(isLeftOut)(inBrowser('the engine in a page'), () => {
  const { open } = withSite();

  test('finds in scopes of the manifests what Node.js finds: counts, verdicts, traces', async () => {
    const page = await open('check.html');
    expect(scopes.length).toBeGreaterThan(2);
    for (const [name, distinct, request] of scopes) {
      const there = await ask<'explore'>(page, { kind: 'explore', request });
      const here = await exploreRequested(request, builtInModels, { bytes: 2 ** 28 }, {});
      expect(there.result.distinctStates, name).toBe(distinct);
      expect({ ...there, seconds: 0 }, name).toEqual({ ...plain(here), seconds: 0 });
    }
  });

  test('makes the random runs that Node.js makes, and finds the same defect', async () => {
    const page = await open('check.html');
    const request: ExploreRequest = {
      ...usual,
      model: 'kraft',
      engine: 'random',
      defects: ['double-vote'],
    };
    const there = await ask<'explore'>(page, { kind: 'explore', request });
    const here = await exploreRequested(request, builtInModels, { bytes: 2 ** 28 }, {});
    expect(there.result.chain).toBeDefined();
    expect({ ...there, seconds: 0 }).toEqual({ ...plain(here), seconds: 0 });
  });
});

/** What of it crosses to a page: nothing but data. */
function plain<Value>(value: Value): Value {
  return structuredClone(value);
}

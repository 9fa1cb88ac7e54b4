import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
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
import { everyFew, isLong } from '../../long.ts';
import { manifest as quorumManifest } from '../../models/kraft/manifest.ts';
import { manifest } from '../../models/replication/manifest.ts';
import type { Open } from './sitePages.ts';

const usual = {
  engine: 'exhaustive',
  settings: {},
  bounds: {},
  defects: [],
  seed: 1,
  runs: isLong ? 8 : 2,
  maxSteps: 60,
  maxStates: 100_000,
} as const satisfies Omit<ExploreRequest, 'model'>;

/** States of a scope that is small enough to be explored twice. */
const FEW = isLong ? 1500 : 100;

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

/** Asks an engine of the page, as the page does; one answers all questions, for its start takes longest. */
async function ask<Kind extends keyof EngineAnswers>(
  page: Page,
  question: Extract<EngineQuestion, { kind: Kind }>,
): Promise<EngineAnswers[Kind]> {
  const last = await page.evaluate(
    asked =>
      new Promise<FromEngine>(resolve => {
        const kept = globalThis as { asked?: Worker };
        kept.asked ??= new Worker(
          URL.createObjectURL(new Blob([document.getElementById('engine')?.textContent ?? ''])),
        );
        const worker = kept.asked;
        worker.onmessage = ({ data }: MessageEvent<FromEngine>) => {
          if (data.kind === 'answer' || data.kind === 'failure') resolve(data);
        };
        worker.postMessage({ kind: 'ask', question: asked, bytes: 2 ** 28 });
      }),
    question,
  );
  if (last.kind !== 'answer') throw new Error(JSON.stringify(last));
  // The answer to a question of this kind.
  return last.answer as EngineAnswers[Kind];
}

/** The engine in a page finds what Node.js finds. */
export function engineCases(open: Open): void {
  test('finds what Node.js finds in scopes of the manifests and in random runs: counts, verdicts, traces', async () => {
    const page = await open('check.html');
    expect(scopes.length).toBeGreaterThan(1);
    for (const [name, distinct, request] of scopes) {
      const there = await ask<'explore'>(page, { kind: 'explore', request });
      const here = await exploreRequested(request, builtInModels, { bytes: 2 ** 28 }, {});
      expect(there.result.distinctStates, name).toBe(distinct);
      expect({ ...there, seconds: 0 }, name).toEqual({ ...plain(here), seconds: 0 });
    }
    // Random runs as well, with a defect.
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
}

/** What of it crosses to a page: nothing but data. */
function plain<Value>(value: Value): Value {
  return structuredClone(value);
}

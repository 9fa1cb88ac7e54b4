import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { casesOf } from '../long.ts';
import { functionsOf } from './drawnModel.ts';
import { Distribution, foundText, modelNumber, smallest, tryModel } from './runModels.ts';
import { smallerModels } from './smallerModels.ts';

const draw = { seed: 1, looksAtViews: true };
/** As many as show something of each kind; `npm run differential` compares many more. */
const MODELS = casesOf(60, 120);

describe('engines and a naive reference', () => {
  test('say the same of models drawn at random', async () => {
    const distribution = new Distribution();
    for (let number = 0; number < MODELS; number++) {
      const tried = await tryModel(draw, number);
      if (tried !== undefined && 'problem' in tried) {
        expect.fail(foundText(draw, await smallest(tried)));
      }
      distribution.add(tried);
    }
    // Models that show something: neither too few of a kind, nor all too small.
    const { compared, states, withError, violated, asymmetric, learningFull, temporalViolated } =
      distribution.data;
    expect(compared).toBeGreaterThan(0.8 * MODELS);
    expect(states.half).toBeGreaterThanOrEqual(6);
    expect(states.nineTenths).toBeGreaterThanOrEqual(25);
    expect(withError).toBeGreaterThanOrEqual(0.05 * MODELS);
    expect(violated).toBeGreaterThan(0.25 * MODELS);
    expect(asymmetric).toBeGreaterThan(0.05 * MODELS);
    expect(learningFull).toBeGreaterThan(0.05 * MODELS);
    expect(temporalViolated).toBeGreaterThan(0.1 * MODELS);
  });
});

describe('models that are made smaller', () => {
  test('are programs, whatever is left out of them', () => {
    let count = 0;
    for (let number = 0; number < 10; number++) {
      for (const smaller of smallerModels(modelNumber(draw, number))) {
        expect(() => functionsOf(smaller)).not.toThrow();
        count++;
      }
    }
    expect(count).toBeGreaterThan(400);
  });
});

describe('the command that compares many', () => {
  test('says what it has come to when it is interrupted', async () => {
    const program = fileURLToPath(new URL('main.ts', import.meta.url));
    const argv = ['--import', 'tsx', program, '--models', '1000000', '--progress', '1'];
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stderr.once('data', () => child.kill('SIGINT'));
    const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    expect(code).toBe(130);
    const summary = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    expect(summary).toMatchObject({ isInterrupted: true, differences: 0 });
    expect(summary.compared + summary.tooLarge).toBeGreaterThan(0);
  });
});

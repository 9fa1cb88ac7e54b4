import { expect, test } from 'vitest';
import type { SwarmStatus } from '../../application/swarm/queue/status.ts';
import { statusPage } from '../../cli/swarm/statusPage.ts';
import { statusText } from '../../cli/swarm/statusText.ts';
import { lockEntry } from './lockEntry.ts';
import { run } from './runInProcess.ts';

const models = [lockEntry];
const scope = ['lock', '--set', 'checked=false', '--runs', '1', '--max-steps', '4'];

const status: SwarmStatus = {
  id: 'lock-1a2b3c4d',
  swarm: {
    model: 'lock',
    request: { config: {}, bounds: {}, defects: [] },
    seeds: { first: 1, count: 100 },
    runs: 10,
    maxSteps: 50,
    keepGoing: true,
  },
  state: 'at work',
  failure: null,
  parts: { done: 25, of: 100 },
  active: [{ worker: 'host-<1>', seeds: 0, steps: 1234 }],
  steps: 9876,
  seeds: 25,
  broken: [{ property: 'held-by-few', seed: 7, clause: 'held by 2 & more' }],
  seconds: 60,
};

test('swarm run: the seed that broke a property is told, with its shortened story', async () => {
  const { code, stdout } = await run(['swarm', 'run', ...scope, '--seeds', '1-12'], { models });
  expect(code).toBe(1);
  expect(stdout).toMatch(/seeds 1 to 12, 1 random run of up to 4 steps each/);
  expect(stdout.replace(/\s+/g, ' ')).toMatch(/The seeds after \d+ were not looked at/);
  expect(stdout).toMatch(/held-by-few is broken/);
  expect(stdout).toContain('verdict: violated');
});

test('swarm run --json says what each seed came to together, and the seed of what broke', async () => {
  const argv = ['swarm', 'run', ...scope, '--seeds', '1-12', '--keep-going', '--json'];
  const { stdout } = await run(argv, { models });
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({ verdict: 'violated', seeds: { first: 1, count: 12 }, runs: 12 });
  expect(document.violations).toHaveLength(1);
  expect(document.violations[0].trace.explored.seed).toBe(document.violations[0].seed);
});

test.each(['5-1', '-3', 'all', '1-2147483648'])('--seeds %s is refused', async seeds => {
  const { code, stderr } = await run(['swarm', 'run', 'lock', `--seeds=${seeds}`], { models });
  expect([code, stderr]).toEqual([2, expect.stringContaining('Expected seeds as 1-100.')]);
});

test('without a server it is said that nobody answers, and where', async () => {
  const nowhere = ['--redis', '/no/such/socket'];
  const { code, stderr } = await run(['swarm', 'submit', 'lock', ...nowhere], { models });
  expect([code, stderr]).toEqual([2, expect.stringContaining('nobody answers at /no/such/socket')]);
});

test('a status is one line for each swarm, with what is left', () => {
  expect(statusText({ queue: 'q', workers: 3, swarms: [status] })).toEqual([
    'queue q: 3 workers',
    'lock-1a2b3c4d: at work, 25 of 100 jobs, 1 played now, 9,876 steps, ' +
      'held-by-few broken by seed 7, about 3min 0s left',
  ]);
  expect(statusText({ queue: 'q', workers: 0, swarms: [] })).toEqual([
    'queue q: 0 workers',
    'no swarms',
  ]);
});

test('the page has the same, and nothing in it is taken for markup', () => {
  const page = statusPage({ queue: 'a<b', workers: 1, swarms: [status] });
  expect(page).toContain('<progress value="25" max="100"');
  expect(page).toContain('held-by-few, seed 7: held by 2 &amp; more');
  expect(page).toContain('<td>host-&lt;1&gt;</td><td>0</td><td>1,234</td>');
  expect(page).not.toMatch(/a<b|<1>/);
});

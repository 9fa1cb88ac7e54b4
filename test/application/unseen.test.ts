import { expect, test } from 'vitest';
import { unseenIn } from '../../application/check/unseen.ts';

const coverage = {
  actions: { crash: 3, restart: 0 },
  transitions: { 'node: up -crash-> down': 3, 'node: down -loseDisk-> down': 0 },
};

test('what the scopes of a main job do not show is named', () => {
  const properties = [
    { name: 'logs-agree', verdict: 'holds' },
    { name: 'voters-agree', verdict: 'not exercised' },
    { name: 'leader-changes', verdict: 'unreached' },
    { name: 'old-rule', verdict: 'not applicable' },
  ] as const;
  expect(unseenIn(properties, coverage, ['node: down -loseDisk-> down'])).toEqual([
    'voters-agree was never put to the test',
    'leader-changes was not reached',
    'restart never happened',
  ]);
});

test('nothing is where everything was seen, or need not be', () => {
  const untaken = ['restart', 'node: down -loseDisk-> down'];
  expect(unseenIn([{ name: 'logs-agree', verdict: 'holds' }], coverage, untaken)).toEqual([]);
});

import { expect, test } from 'vitest';
import { RandomSource } from '../../../checker/core/randomSource.ts';
import type { ObservedLine } from '../../../checker/validate/observation.ts';
import { validate } from '../../../checker/validate/validate.ts';
import { lockModel } from '../subjects/lock.ts';
import { dropped, observedWalk, swapped } from './observedWalk.ts';
import { isExplained } from './reference.ts';

const model = lockModel({ checked: true });
const observed = { watched: ['protocol.holders'], mostUnobserved: 1, steps: 8 };

/** Logs of random runs, as they are and with a line left out, exchanged with the next, or altered. */
function logs() {
  return Array.from({ length: 15 }, (_, seed) => observedWalk(model, seed, observed)).flatMap(
    (log, seed) => {
      const random = new RandomSource(seed);
      const at = random.below(Math.max(1, log.lines.length - 1));
      const holders = [`client-${1 + random.below(3)}`];
      const altered: ObservedLine = {
        text: 'altered',
        readings: [{ state: { 'protocol.holders': holders } }],
      };
      const lines = log.lines.map((line, index) => (index === at ? altered : line));
      return log.lines.length < 2
        ? [log]
        : [log, dropped(log, at), swapped(log, at), { ...log, lines }];
    },
  );
}

test('says what trying every run says', () => {
  const all = logs();
  const verdicts = all.map(log => validate(model, log).verdict !== 'unexplained');
  expect(verdicts).toEqual(all.map(log => isExplained(model, log)));
  const explained = verdicts.filter(verdict => verdict).length;
  expect(explained).toBeGreaterThan(12);
  expect(all.length - explained).toBeGreaterThan(12);
});

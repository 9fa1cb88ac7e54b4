import { expect, test } from 'vitest';
import { specify } from '../../bench/peers/specify.ts';
import { spinPeer } from '../../bench/peers/spin.ts';
import { tlcPeer } from '../../bench/peers/tlc.ts';
import { tinySearches } from '../../bench/peers/work.ts';
import { exploreExhaustively } from '../../checker/exhaustive/exhaustive.ts';

const spin = spinPeer('depth first', 'unused');
const tlc = tlcPeer({ jar: 'tla2tools.jar', modules: [] });
const stored = '      288 states, stored\n     1146 transitions (= stored+matched)\n';

test('SPIN: what it prints of a complete search is read, and an end for another reason is told apart', () => {
  const whole = `State-vector 20 byte, depth reached 10, errors: 0\n${stored}`;
  expect(spin.read(whole)).toEqual({ distinct: 288, generated: 1146, broken: false });
  expect(spin.read(whole.replace('errors: 0', 'errors: 1')).broken).toBe(true);
  expect(spin.read(`error: max search depth too small\n${whole}`).broken).toBe(true);
  expect(() => spin.read('pan: out of memory')).toThrow('did not print "states, stored"');
});

test('TLC: what it prints of a complete search is read, and a violation is told apart', () => {
  const counts = '1146 states generated, 288 distinct states found, 0 states left on queue.';
  const whole = `Model checking completed. No error has been found.\n${counts}\n`;
  expect(tlc.read(whole)).toEqual({ distinct: 288, generated: 1146, broken: false });
  expect(tlc.read(counts).broken).toBe(true);
  expect(() => tlc.read(counts.replace('0 states left', '7 states left'))).toThrow('did not end');
});

test.each(tinySearches.filter(({ scope }) => scope[0] === 3 && scope.length === 1))(
  '$title: the counts that peers are held to are counted here',
  async ({ distinct, symmetry, ...subject }) => {
    const { model, properties } = specify(subject);
    const { distinctStates, verdict } = await exploreExhaustively(model, properties, { symmetry });
    expect([distinctStates, verdict]).toEqual([distinct, 'holds']);
  },
);

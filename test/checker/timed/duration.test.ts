import { describe, expect, test } from 'vitest';
import { RandomSource } from '../../../checker/core/randomSource.ts';
import { DeclarationError } from '../../../checker/declarationError.ts';
import { draw, exponential, fixed, measured, uniform } from '../../../checker/timed/duration.ts';
import { durationFrom, durationText, meanOf } from '../../../checker/timed/durationText.ts';
import { EventQueue } from '../../../checker/timed/eventQueue.ts';
import { RandomStreams } from '../../../checker/timed/randomStreams.ts';
import { proportionInterval, summaryOf } from '../../../checker/timed/statistics.ts';

describe('durations', () => {
  const some = [fixed(3), uniform(1, 9), exponential(4), measured([2, 4, 6])] as const;

  test.each(some)('have the mean that they are made with: %o', duration => {
    const random = new RandomSource(1);
    const drawn = Array.from({ length: 20_000 }, () => draw(duration, random));
    const [low, high] = summaryOf(drawn)?.meanInterval ?? [Number.NaN, Number.NaN];
    expect(low).toBeLessThanOrEqual(meanOf(duration));
    expect(high).toBeGreaterThanOrEqual(meanOf(duration));
    expect(drawn.every(length => length >= 0 && Number.isFinite(length))).toBe(true);
  });

  test('are read as they are written', () => {
    for (const text of ['0', '2', '1..5', '0.5..0.75', '~3', '~0.1']) {
      const duration = durationFrom(text);
      expect(duration && durationText(duration)).toBe(text);
    }
    for (const text of ['', '-1', '5..1', '~1..2', '1ms', '1..', 'NaN', '1e3']) {
      expect(durationFrom(text)).toBeUndefined();
    }
  });

  test('that cannot be are refused', () => {
    expect(() => fixed(-1)).toThrow(DeclarationError);
    expect(() => uniform(2, 1)).toThrow('uniform: expected from 2 on, found 1');
    expect(() => exponential(Number.NaN)).toThrow(DeclarationError);
    expect(() => measured([])).toThrow('measured: expected at least one length');
  });
});

describe('streams', () => {
  const first = (seed: number, run: number, purpose: string): number =>
    new RandomStreams(seed, run).of(purpose).unit();

  test('are the same for the same seed, run and purpose, and others for any other', () => {
    const all = [0, 1, 2].flatMap(seed =>
      [0, 1, 2].flatMap(run => ['a', 'b'].map(purpose => first(seed, run, purpose))),
    );
    expect(new Set(all).size).toBe(all.length);
    expect(first(1, 2, 'a')).toBe(first(1, 2, 'a'));
  });

  test('do not depend on what is drawn from others', () => {
    const streams = new RandomStreams(5, 7);
    streams.of('other').unit();
    const once = streams.of('own').unit();
    streams.of('other').unit();
    expect([once, streams.of('own').unit()]).toEqual(
      (() => {
        const alone = new RandomStreams(5, 7).of('own');
        return [alone.unit(), alone.unit()];
      })(),
    );
  });
});

describe('events', () => {
  test('come in the order of their times, and of those at one time in that in which they were added', () => {
    const queue = new EventQueue<number>();
    const random = new RandomSource(3);
    const added = Array.from({ length: 500 }, (_, index) => ({ at: random.below(40), index }));
    for (const { at, index } of added) queue.add(at, index);
    const sorted = added.toSorted((one, other) => one.at - other.at || one.index - other.index);
    expect(added.map(() => queue.take()?.item)).toEqual(sorted.map(({ index }) => index));
    expect(queue.take()).toBeUndefined();
  });
});

describe('a summary', () => {
  test('of numbers that are known', () => {
    const lengths = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(summaryOf([...lengths, undefined])).toMatchObject({
      ...{ n: 100, missing: 1, min: 1, mean: 50.5, p50: 50, p90: 90, p99: 99, max: 100 },
    });
    expect(summaryOf([undefined])).toBeUndefined();
  });

  test('has intervals that hold what is true in 95 of 100', () => {
    const random = new RandomSource(11);
    let [means, medians, proportions] = [0, 0, 0];
    for (let experiment = 0; experiment < 400; experiment++) {
      const drawn = Array.from({ length: 200 }, () => draw(uniform(0, 10), random));
      const summary = summaryOf(drawn);
      if (summary === undefined) throw new Error('nothing was drawn');
      const holds = ([low, high]: readonly [number, number], value: number): number =>
        low <= value && value <= high ? 1 : 0;
      means += holds(summary.meanInterval, 5);
      medians += holds(summary.p50Interval, 5);
      const below = drawn.filter(length => length < 1).length;
      proportions += holds(proportionInterval(below, drawn.length), 0.1);
    }
    for (const held of [means, medians, proportions]) {
      expect(held).toBeGreaterThan(0.92 * 400);
      expect(held).toBeLessThan(0.99 * 400);
    }
  });
});

import { expect, test } from 'vitest';
import { timeOf } from '../../../conformance/timing/measure.ts';

const noon = new Date(2026, 4, 6, 12, 0, 0).getTime();
const midnight = new Date(2026, 4, 6, 0, 0, 0).getTime();

test('a line of a log begins with its time', () => {
  expect(timeOf(`${noon} INFO KafkaController`, 0)).toBe(noon);
  expect(timeOf('12:00:01.250 INFO KafkaController', noon)).toBe(noon + 1250);
  expect(timeOf('00:00:00.010 INFO', midnight - 20)).toBe(midnight + 10);
  expect(timeOf('java.lang.Exception: 12', noon)).toBeNaN();
});

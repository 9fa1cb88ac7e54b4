import { exploreExhaustively, exploreLiveness } from 'highwater';
import { modelTest } from 'highwater/vitest';
import { expect, test } from 'vitest';
import { outbox } from './outbox.ts';

modelTest('an outbox and a consumer that knows what it has handled', outbox());

/** What breaks, of what must never be and of what must come about. */
async function broken(options: Parameters<typeof outbox>[0]) {
  const { model, properties, temporal = [] } = outbox(options);
  const found = [
    await exploreExhaustively(model, properties, { keepGoing: true }),
    await exploreLiveness(model, temporal),
  ];
  return found.flatMap(({ violations }) =>
    violations.map(({ property, steps }) => [property, steps.map(({ name }) => name).join(' ')]),
  );
}

test('orders are published once more where the relay crashes before it has marked them', async () => {
  expect(await broken({})).toEqual([]);
  expect(await broken({ dedups: false })).toEqual([
    ['handled-once', 'store publish handle crash publish handle'],
  ]);
});

test('without an outbox an order is lost where the service crashes between the two', async () => {
  expect(await broken({ hasOutbox: false, crashes: 0 })).toEqual([]);
  expect(await broken({ hasOutbox: false })).toEqual([
    ['stored-orders-are-handled', 'store crash'],
  ]);
});

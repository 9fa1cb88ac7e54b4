import { consumerDefects } from './defects/consumer.ts';
import { leaderDefects } from './defects/leader.ts';
import { numberingDefects } from './defects/producer.ts';
import { producerHazards } from './defects/settings.ts';
import type { ClientsDefect } from './rules.ts';

/** The deliberate defects of the model of clients, and what they do not survive. */
export const clientsDefects: readonly ClientsDefect[] = [
  ...leaderDefects,
  ...numberingDefects,
  ...producerHazards,
  ...consumerDefects,
];

import type { Release } from '../description/release.ts';
import type { FoundProperty, PropertyTable } from './foundProperty.ts';
import { isAtLeast, isBefore } from './kafkaVersion.ts';

/** What is known of a node before its properties are. */
export interface ShippedFacts {
  /** What starts from it: an image. */
  readonly name: string;
  readonly mode: 'kraft' | 'zookeeper';
  readonly version: Release | undefined;
  /** Whether nothing in its environment says who the node is. */
  readonly isAnonymous: boolean;
}

/**
 * What matters here of the server.properties that Kafka's distribution has, as an image starts from it.
 *
 * Source: `config/server.properties` and `config/kraft/server.properties`; the factors of internal
 * topics are in it since 0.11 (KIP-115), those of share groups since 4.0 (KIP-932).
 */
export function shippedProperties(facts: ShippedFacts): PropertyTable {
  const { name, mode, version, isAnonymous } = facts;
  const shippedIn = `the server.properties that ${name} starts from`;
  const lines: readonly (readonly [string, string])[] = [
    ...(isBefore(version, 0, 11) ? [] : INTERNAL_TOPICS),
    ...(isAtLeast(version, 4, 0) || (version === undefined && mode === 'kraft')
      ? SHARE_GROUPS
      : []),
    ...(isAnonymous ? identity(mode) : []),
  ];
  return new Map(
    lines.map(([property, text]): [string, FoundProperty] => [
      property,
      { text, file: shippedIn, place: property, shippedIn },
    ]),
  );
}

const INTERNAL_TOPICS = [
  ['offsets.topic.replication.factor', '1'],
  ['transaction.state.log.replication.factor', '1'],
  ['transaction.state.log.min.isr', '1'],
] as const;

const SHARE_GROUPS = [
  ['share.coordinator.state.topic.replication.factor', '1'],
  ['share.coordinator.state.topic.min.isr', '1'],
] as const;

function identity(mode: ShippedFacts['mode']): readonly (readonly [string, string])[] {
  if (mode === 'zookeeper') return [['zookeeper.connect', 'localhost:2181']];
  // The file of 4.0 names a bootstrap server instead; the one node is the one voter there, too.
  return [
    ['process.roles', 'broker,controller'],
    ['node.id', '1'],
    ['controller.quorum.voters', '1@localhost:9093'],
  ];
}

import { nodeType } from '../../checker/state/nodeType.ts';
import type { GroupsConfig } from './config.ts';
import type { GroupsNodes } from './schema.ts';

/** The nodes of a configuration. An assignor takes members in turn, which of two treats both alike. */
export function nodesOf({ brokers, members, partitions }: GroupsConfig): GroupsNodes {
  return {
    broker: nodeType('broker', brokers),
    member: nodeType('member', members, { interchangeable: members <= 2 }),
    partition: nodeType('partition', partitions, { interchangeable: false }),
  };
}

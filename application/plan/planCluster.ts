import {
  AUTO_CREATED_TOPICS,
  type ClusterDescription,
} from '../../models/kafkaConfig/clusterDescription.ts';
import type { ConfigFile } from '../../models/kafkaConfig/configFile.ts';
import type { Variants } from '../advice/variants.ts';
import type { ClusterAnswer } from '../answer/clusterAnswer.ts';
import { clusterIn } from '../check/clusterFiles.ts';
import { MOST_PLAYED } from '../check/playedQuorum.ts';
import { agreedSurvival } from '../quorum/agreed.ts';
import type { Layout } from './survive.ts';

/** A layout as files, and what the engine says of it. */
export interface PlannedCluster extends Layout {
  readonly files: readonly ConfigFile[];
  readonly described: ClusterDescription;
  /** What one failure costs its topics, explored. */
  readonly answer: ClusterAnswer | undefined;
  /** How many voters may fail, whichever, as played; undefined where there are too many for that. */
  readonly votersMayFail: number | undefined;
}

/** How a plan is written down. */
export interface PlanOptions {
  readonly isCombined: boolean;
  readonly kafkaVersion: string;
}

/** Writes a layout as files, reads them, and explores what they describe. */
export async function plannedCluster(
  layout: Layout,
  options: PlanOptions,
  variants: Variants,
): Promise<PlannedCluster> {
  const files = filesOf(layout, options);
  const described = clusterIn(files, { kafkaVersion: options.kafkaVersion });
  const played = layout.voters <= MOST_PLAYED ? await agreedSurvival(layout.voters) : undefined;
  const answer = await variants.answer(described);
  return { ...layout, files, described, answer, votersMayFail: played?.survives };
}

/** The settings of all nodes, as `name=value`. */
export function settingsOf({ replicationFactor, minInsyncReplicas }: Layout): readonly string[] {
  return [
    `default.replication.factor=${replicationFactor}`,
    `min.insync.replicas=${minInsyncReplicas}`,
    `offsets.topic.replication.factor=${replicationFactor}`,
    `transaction.state.log.replication.factor=${replicationFactor}`,
    `transaction.state.log.min.isr=${minInsyncReplicas}`,
    `share.coordinator.state.topic.replication.factor=${replicationFactor}`,
    `share.coordinator.state.topic.min.isr=${minInsyncReplicas}`,
  ];
}

function filesOf(layout: Layout, { isCombined }: PlanOptions): readonly ConfigFile[] {
  const { brokers, voters, zones } = layout;
  const firstVoter = isCombined ? 1 : brokers + 1;
  const ids = Array.from({ length: voters }, (_, index) => firstVoter + index);
  const quorum = ids.map(id => `${id}@node-${id}:9093`).join(',');
  const last = isCombined ? Math.max(brokers, voters) : brokers + voters;
  return Array.from({ length: last }, (_, index) => {
    const id = index + 1;
    const roles = [
      ...(id <= brokers ? ['broker'] : []),
      ...(ids.includes(id) ? ['controller'] : []),
    ];
    const place = roles.includes('broker') ? index : id - firstVoter;
    const lines = [
      `process.roles=${roles.join(',')}`,
      `node.id=${id}`,
      `controller.quorum.voters=${quorum}`,
      ...(zones > 1 ? [`broker.rack=zone-${(place % zones) + 1}`] : []),
      ...settingsOf(layout),
    ];
    return { name: `node-${id}.properties`, text: `${lines.join('\n')}\n` };
  });
}

/** Whether anything that was explored of its topics is lost. */
export function losesSomething({ answer }: PlannedCluster): boolean {
  const cells = answer?.classes.flatMap(each => each.cells) ?? [];
  return cells.some(
    ({ lost, failure }) => failure.kind !== 'last' && (lost === 'acknowledged' || lost === 'read'),
  );
}

/** Whether what was asked of its topics was explored to the end. */
export function isExplored({ answer }: PlannedCluster): boolean {
  const all = answer?.classes.filter(({ topics }) => topics.includes(AUTO_CREATED_TOPICS)) ?? [];
  return (
    all.length > 0 &&
    all.every(({ cells }) =>
      cells.every(
        ({ lost, failure }) =>
          failure.kind === 'last' || failure.kind === 'zone' || lost !== 'open',
      ),
    )
  );
}

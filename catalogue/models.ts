import type { Specification } from '../checker/model/specification.ts';
import { clientsDescribed } from './clients.ts';
import { clusterDescribed } from './cluster.ts';
import { findNamed } from './findNamed.ts';
import { groupsDescribed } from './groups.ts';
import { kraftDescribed } from './kraft.ts';
import type { ModelEntry } from './modelEntry.ts';
import { pipelineDescribed } from './pipeline.ts';
import { replicationDescribed } from './replication.ts';
import { transactionsDescribed } from './transactions.ts';
import { zooKeeperDescribed } from './zookeeper.ts';

/** The models that there are without a configuration file, each under its name. */
const models = {
  replication: replicationDescribed,
  kraft: kraftDescribed,
  cluster: clusterDescribed,
  clients: clientsDescribed,
  groups: groupsDescribed,
  transactions: transactionsDescribed,
  pipeline: pipelineDescribed,
  zookeeper: zooKeeperDescribed,
};

/** What is known of each, in this order everywhere. */
export const builtInModels: readonly ModelEntry[] = Object.values(models).map(({ entry }) => entry);

/** Changes of these models: what is made of each, with whatever settings and bounds are asked for. */
export type Extensions = {
  readonly [Name in keyof typeof models]?: (
    specification: ReturnType<(typeof models)[Name]['specify']>,
  ) => Specification;
};

/** @throws UsageError naming the models there are. */
export function builtInModel(name: string): ModelEntry {
  return findNamed('model', name, builtInModels);
}

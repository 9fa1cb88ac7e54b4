import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { buildTask } from '../tasks/runTask.ts';
import { clusterScopes } from './clusterScopes.ts';
import { listed } from './listed.ts';
import { mainScopes } from './mainScopes.ts';
import type { CheckOptions } from './options.ts';
import { type Profile, profilesOf } from './profiles.ts';
import { type Scope, type ScopePlan, scopeOf } from './scope.ts';
import type { Subject } from './subject.ts';

/** A subject that is still to be explored. */
export interface PlannedSubject extends Pick<Subject, 'title' | 'topics' | 'notes'> {
  readonly scopes: readonly Scope[];
}

/**
 * What is explored without files: the model as it is.
 *
 * @throws UsageError when a bound or property is unknown or out of range.
 */
export function modelSubjects(options: CheckOptions): PlannedSubject[] {
  const title = 'Replication of one topic partition, acks=all, unclean election off';
  return [{ title, topics: [], notes: [], scopes: ready(mainScopes, options) }];
}

/**
 * What is explored for a cluster: each way in which it keeps records.
 *
 * @throws UsageError when a bound or property is unknown or out of range.
 */
export function clusterSubjects(
  cluster: ClusterDescription,
  options: CheckOptions,
): PlannedSubject[] {
  return profilesOf(cluster).map(profile => {
    const { plans, notExplored } = clusterScopes(profile, cluster);
    return {
      title: titleOf(profile),
      topics: profile.topics,
      notes: [...profile.notes, ...notExplored],
      scopes: ready(plans, options),
    };
  });
}

function titleOf({ topics, config }: Profile): string {
  const { brokers, minInsyncReplicas, uncleanLeaderElection } = config;
  const replicas = brokers === 1 ? '1 replica' : `${brokers} replicas`;
  const unclean = uncleanLeaderElection ? ', unclean election on' : '';
  return `${listed(topics)}: ${replicas}, min.insync.replicas ${minInsyncReplicas}${unclean}`;
}

/** Builds every model once, so that what is wrong with the options is said before any search. */
function ready(plans: readonly ScopePlan[], options: CheckOptions): Scope[] {
  return plans.map(plan => {
    const scope = scopeOf(plan, options);
    buildTask(scope.task);
    return scope;
  });
}

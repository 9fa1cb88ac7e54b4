import type { ReplicationBounds } from './config.ts';

/**
 * The id of the first topic. Ids count the topics that have had the name, from 1; a replica without one
 * is not there. In scopes that delete no topic there is nothing to tell apart, and every id is 0.
 */
export function firstTopicId({ topicDeletions }: ReplicationBounds): number {
  return topicDeletions === 0 ? 0 : 1;
}

/** The largest topic id of a scope. */
export function lastTopicId(bounds: ReplicationBounds): number {
  return firstTopicId(bounds) + bounds.topicDeletions;
}

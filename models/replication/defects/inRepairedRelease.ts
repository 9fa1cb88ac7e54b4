import type { ReplicationDefect } from '../rules.ts';

/** Looks for a defect by itself: in a release without the mistakes that are known of it. */
export function inRepairedRelease(defect: ReplicationDefect): ReplicationDefect {
  return { ...defect, config: { kafka: 'current', ...defect.config } };
}

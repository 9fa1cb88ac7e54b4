import { releasesWith } from '../../description/ruleTable.ts';
import { ruleTable } from '../releases/table.ts';
import type { ReplicationDefect } from '../rules.ts';

/**
 * Looks for a defect by itself, in a release without the mistakes that are known of it, and says in which
 * releases it is what Kafka does.
 */
export function inRepairedRelease(defect: ReplicationDefect): ReplicationDefect {
  const releases = releasesWith(ruleTable, defect.name) ?? defect.releases;
  return {
    ...defect,
    ...(releases === undefined ? {} : { releases }),
    config: { kafka: 'current', ...defect.config },
  };
}

import { plainProject } from '../../application/project/project.ts';
import { runTask } from '../../application/tasks/runTask.ts';
import type { Task } from '../../application/tasks/task.ts';
import { newestRelease, releaseBefore, releaseName } from '../../models/description/release.ts';
import {
  type DefectSpan,
  defectSpans,
  sinceInWords,
  sinceOf,
} from '../../models/description/ruleTable.ts';
import { quietScope } from '../../models/replication/config.ts';
import { everyReplicationDefect } from '../../models/replication/defects.ts';
import { repairNames } from '../../models/replication/protocol.ts';
import { ruleTable } from '../../models/replication/releases/table.ts';
import type { ReplicationDefect } from '../../models/replication/rules.ts';

/** What a search for a defect came to in one release, the other known mistakes of which are repaired. */
interface ReleaseRun {
  readonly kafka: string;
  readonly verdict: string;
  /** The length of a shortest story, where there is one. */
  readonly steps?: number;
  readonly distinctStates: number;
}

/** A defect in the last release that has it, and in the first that has not. */
export interface DefectRuns {
  readonly defect: string;
  /** The first release with it. */
  readonly since: string;
  readonly with: ReleaseRun;
  /** None where no release is without it. */
  readonly without?: ReleaseRun;
}

/**
 * What two searches say together. `gone`: found before, and not since. `another`: since then another rule
 * of that release shows the same. `hidden`: not found before either, for other rules of that release hide it.
 * `open`: a limit ended the search.
 */
export function outcomeOf({
  with: before,
  without,
}: DefectRuns): 'gone' | 'there' | 'another' | 'hidden' | 'open' {
  if (before.verdict === 'inconclusive') return 'open';
  if (before.steps === undefined) return 'hidden';
  if (without === undefined) return 'there';
  return without.steps === undefined ? 'gone' : 'another';
}

/** Where a search for one defect gives up. */
const MOST_STATES = 300_000;

/**
 * The defects of the table that a search of their scope finds in a release. Not those that another rule
 * hides by now, nor those of what must happen at some time.
 */
export function searchedSpans(): DefectSpan[] {
  return defectSpans(ruleTable).filter(({ defect }) => {
    const { scenario, liveness, masked } = defectNamed(defect);
    return [scenario, liveness, masked].every(each => each === undefined);
  });
}

/** The defect of the replication model with this name. */
export function defectNamed(name: string): ReplicationDefect {
  const all = everyReplicationDefect;
  const defect = all.find(known => known.name === name);
  if (defect === undefined) throw new RangeError(`there is no defect "${name}"`);
  return defect;
}

/** Looks for a defect in the last release that has it, and in the first without it, in the same scope. */
export async function runDefect({ defect, version, next }: DefectSpan): Promise<DefectRuns> {
  const zooKeeper = version.mode === 'zookeeper' || next?.mode === 'zookeeper';
  const [gone] = next === undefined ? [] : sinceOf(next);
  const last = gone === undefined ? newestRelease : releaseBefore(gone);
  const since = sinceInWords(version);
  const found = await runIn(defect, last, zooKeeper);
  if (gone === undefined) return { defect, since, with: found };
  return { defect, since, with: found, without: await runIn(defect, releaseName(gone), zooKeeper) };
}

async function runIn(defect: string, kafka: string, zooKeeper: boolean): Promise<ReleaseRun> {
  const { config, bounds, caughtBy } = defectNamed(defect);
  const repairs = repairNames.filter(name => name !== 'all' && name !== defect);
  const task: Task = {
    model: 'replication',
    request: {
      config: { ...config, kafka, zooKeeper, repairs },
      bounds: { ...quietScope, ...bounds },
      defects: [],
    },
    engine: { kind: 'exhaustive', symmetry: true, keepGoing: false },
    properties: [caughtBy],
    limits: { states: MOST_STATES },
  };
  const { result } = await runTask(task, plainProject());
  const { distinctStates } = result;
  const verdict = result.stopped === undefined ? result.verdict : 'inconclusive';
  const [violation] = result.violations;
  const steps = violation === undefined ? {} : { steps: violation.steps.length };
  return { kafka, verdict, ...steps, distinctStates };
}

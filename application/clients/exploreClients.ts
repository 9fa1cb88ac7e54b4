import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { defaultConfig, quietScope } from '../../models/clients/config.ts';
import { runAll } from '../tasks/runAll.ts';
import type { Surroundings } from '../tasks/surroundings.ts';
import type { Limits, Task, TaskResult } from '../tasks/task.ts';
import { clientFault, faultsOf } from './clientFaults.ts';
import { clientQuestions } from './clientQuestions.ts';
import type { ClientSettings } from './clientSettings.ts';

/** Records that are sent: as many as are needed for one to overtake another, or to be passed over. */
const RECORDS = 2;

/** Some settings of a release, and what happens to them. */
export interface ClientCell {
  readonly settings: ClientSettings;
  /** The release of clients and brokers. */
  readonly kafka: string;
  /** The name of what happens. */
  readonly fault: string;
}

/** What a cell says about one question. */
interface ClientAnswer {
  readonly property: string;
  /** `open`: a limit ended the search before it was known. */
  readonly answer: 'yes' | 'no' | 'open';
  /** The steps of a shortest story, where the answer is yes. */
  readonly steps?: number;
  /** That story. */
  readonly story?: TraceFile;
}

/** A cell with its answers. */
export interface AnsweredClientCell extends ClientCell {
  readonly answers: readonly ClientAnswer[];
  /** How many states the scope has. */
  readonly distinctStates: number;
}

/** The cells of some settings: one for each thing that can happen. */
export function clientCells(settings: ClientSettings, kafka: string): ClientCell[] {
  return faultsOf(settings.kind).map(({ name: fault }) => ({ settings, kafka, fault }));
}

/**
 * Explores these cells completely, and answers what can become of the records. Cells that were not begun when an
 * interrupt came are left out.
 *
 * @throws ModelError when the model crashes.
 */
export async function exploreClients(
  cells: readonly ClientCell[],
  limits: Limits,
  surroundings: Surroundings,
): Promise<readonly AnsweredClientCell[]> {
  const planned = cells.map(cell => ({ cell, task: taskOf(cell, limits) }));
  const results = await runAll(
    planned.map(({ task }) => task),
    surroundings,
  );
  return planned.flatMap(({ cell, task }) => {
    const result = results.get(task);
    return result === undefined ? [] : [answered(cell, result)];
  });
}

function taskOf({ settings, kafka, fault }: ClientCell, limits: Limits): Task {
  const { kind, ...own } = settings;
  const { bounds } = clientFault(kind, fault);
  const consumers = kind === 'consumer' ? 1 : 0;
  return {
    model: 'clients',
    request: {
      config: { ...defaultConfig, kafka, consumers, ...own },
      bounds: { ...quietScope, records: RECORDS, ...bounds },
      defects: [],
    },
    engine: { kind: 'exhaustive', symmetry: true, keepGoing: true },
    properties: clientQuestions[kind].map(({ property }) => property),
    limits,
  };
}

function answered(cell: ClientCell, { result, traces }: TaskResult): AnsweredClientCell {
  const answers = clientQuestions[cell.settings.kind].map(({ property }): ClientAnswer => {
    const story = traces.find(trace => trace.property.name === property);
    if (story !== undefined) return { property, answer: 'yes', steps: story.steps.length, story };
    return { property, answer: result.stopped === undefined ? 'no' : 'open' };
  });
  return { ...cell, answers, distinctStates: result.distinctStates };
}

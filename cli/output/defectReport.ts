import { wrap } from '../../checker/trace/renderParts.ts';
import type { TextStyle } from '../../checker/trace/renderStyle.ts';
import type { DefectEntry } from '../catalogue/modelEntry.ts';
import type { Task, TaskResult } from '../tasks/task.ts';
import { columns } from './columns.ts';
import type { TextLayout } from './explorationText.ts';
import { counted, duration } from './numbers.ts';

/** `interrupted`: the search was not begun or not ended. */
export type DefectVerdict = 'caught' | 'not caught' | 'inconclusive' | 'interrupted';

/** What came of switching one defect on. */
export interface DefectOutcome {
  readonly defect: DefectEntry;
  readonly model: string;
  readonly verdict: DefectVerdict;
  readonly result: TaskResult | undefined;
  /** Where the trace was saved, if it was. */
  readonly path: string | undefined;
}

/** The outcome of one defect; `result` is undefined if its search was never begun. */
export function outcomeOf(
  defect: DefectEntry,
  { model }: Task,
  result: TaskResult | undefined,
  path: string | undefined,
): DefectOutcome {
  return { defect, model, verdict: verdictOf(result), result, path };
}

function verdictOf(taskResult: TaskResult | undefined): DefectVerdict {
  if (taskResult === undefined) return 'interrupted';
  const { violations, stopped } = taskResult.result;
  if (violations.length > 0) return 'caught';
  if (stopped === 'interrupted') return 'interrupted';
  return stopped === undefined ? 'not caught' : 'inconclusive';
}

/** One defect in the JSON document. */
export function defectJson({ defect, model, verdict, result, path }: DefectOutcome): object {
  const violation = result?.result.violations[0];
  return {
    name: defect.name,
    model,
    statement: defect.statement,
    source: defect.source,
    caughtBy: defect.caughtBy,
    caught: verdict === 'caught',
    verdict,
    stopped: result?.result.stopped ?? null,
    clause: violation?.clause ?? null,
    steps: violation?.steps.length ?? null,
    shortest: violation?.shortest ?? null,
    engine: 'exhaustive',
    bounds: result?.task.request.bounds ?? null,
    distinctStates: result?.result.distinctStates ?? null,
    seconds: result?.seconds ?? null,
    trace: path ?? result?.traces[0] ?? null,
  };
}

const styles: Readonly<Record<DefectVerdict, TextStyle>> = {
  caught: 'green',
  'not caught': 'red',
  inconclusive: 'yellow',
  interrupted: 'yellow',
};

/** The table of defects, with what each is and where it comes from. */
export function defectLines(outcomes: readonly DefectOutcome[], layout: TextLayout): string[] {
  const { style } = layout;
  const heads = columns(outcomes.map(headOf), (cell, column, row) => {
    const verdict = outcomes[row]?.verdict;
    return column === 0 && verdict !== undefined ? style(styles[verdict], cell) : cell;
  });
  const caught = outcomes.filter(({ verdict }) => verdict === 'caught').length;
  return [
    ...outcomes.flatMap((outcome, index) => [heads[index] ?? '', ...detailsOf(outcome, layout)]),
    '',
    `${caught} of ${counted(outcomes.length, 'defect')} caught, each by an exhaustive search`,
  ];
}

function headOf({ defect, verdict, result }: DefectOutcome): string[] {
  const steps = result?.result.violations[0]?.steps.length;
  return [
    verdict,
    defect.name,
    steps === undefined ? '' : counted(steps, 'step'),
    result === undefined ? '' : counted(result.result.distinctStates, 'state'),
    result === undefined ? '' : duration(result.seconds),
  ];
}

function detailsOf(outcome: DefectOutcome, { style, width }: TextLayout): string[] {
  const { defect, verdict, path } = outcome;
  const indented = (text: string): string[] => wrap(text, width - 4).map(line => `    ${line}`);
  return [
    ...indented(defect.statement),
    ...indented(`source: ${defect.source}`).map(line => style('dim', line)),
    ...indented(noticed(defect, verdict)),
    ...(path === undefined ? [] : [`    trace: ${path}`]),
  ];
}

function noticed({ caughtBy }: DefectEntry, verdict: DefectVerdict): string {
  switch (verdict) {
    case 'caught':
      return `caught by ${caughtBy}`;
    case 'not caught':
      return `${caughtBy} holds in the whole scope: it lets this defect pass`;
    case 'inconclusive':
      return `a limit ended the search before ${caughtBy} broke`;
    case 'interrupted':
      return `interrupted before ${caughtBy} broke`;
  }
}

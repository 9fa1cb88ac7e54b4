import { wrap } from '../../checker/trace/renderParts.ts';
import type { TextStyle } from '../../checker/trace/renderStyle.ts';
import type { DefectEntry } from '../catalogue/modelEntry.ts';
import type { Task, TaskResult } from '../tasks/task.ts';
import { columns } from './columns.ts';
import type { TextLayout } from './explorationText.ts';
import { counted, duration } from './numbers.ts';

/**
 * `masked`: alone it breaks nothing, and it is caught where the rule that hides it is taken away.
 * `not masked`: alone it breaks something after all. `interrupted`: a search was not begun or not
 * ended.
 */
export type DefectVerdict =
  | 'caught'
  | 'masked'
  | 'not caught'
  | 'not masked'
  | 'inconclusive'
  | 'interrupted';

/** What came of switching one defect on. */
export interface DefectOutcome {
  readonly defect: DefectEntry;
  readonly model: string;
  readonly verdict: DefectVerdict;
  readonly result: TaskResult | undefined;
  /** Where the trace was saved, if it was. */
  readonly path: string | undefined;
}

/** The results of a defect's searches; undefined where one was never begun. */
export interface DefectResults {
  readonly result: TaskResult | undefined;
  /** Of a masked defect on its own. */
  readonly alone?: TaskResult | undefined;
}

/** The outcome of one defect. */
export function outcomeOf(
  { defect, task }: { readonly defect: DefectEntry; readonly task: Task },
  { result, alone }: DefectResults,
  path: string | undefined,
): DefectOutcome {
  const caught = verdictOf(result);
  const verdict = defect.masked === undefined || caught !== 'caught' ? caught : maskedOf(alone);
  return { defect, model: task.model, verdict, result, path };
}

function verdictOf(taskResult: TaskResult | undefined): DefectVerdict {
  if (taskResult === undefined) return 'interrupted';
  const { violations, stopped } = taskResult.result;
  if (violations.length > 0) return 'caught';
  if (stopped === 'interrupted') return 'interrupted';
  return stopped === undefined ? 'not caught' : 'inconclusive';
}

function maskedOf(alone: TaskResult | undefined): DefectVerdict {
  const verdict = verdictOf(alone);
  if (verdict === 'not caught') return 'masked';
  return verdict === 'caught' ? 'not masked' : verdict;
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
    masked: defect.masked ?? null,
    asExpected: verdict === 'caught' || verdict === 'masked',
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
  masked: 'green',
  'not caught': 'red',
  'not masked': 'red',
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
  const count = (wanted: DefectVerdict): number =>
    outcomes.filter(({ verdict }) => verdict === wanted).length;
  const [caught, masked] = [count('caught'), count('masked')];
  return [
    ...outcomes.flatMap((outcome, index) => [heads[index] ?? '', ...detailsOf(outcome, layout)]),
    '',
    `${caught} of ${counted(outcomes.length, 'defect')} caught, each by an exhaustive search`,
    ...(masked === 0 ? [] : [`${masked} masked: caught where the rule that hides it is gone`]),
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
    ...(defect.masked === undefined ? [] : indented(`masked: ${defect.masked.because}`)),
    ...indented(noticed(defect, verdict)),
    ...(path === undefined ? [] : [`    trace: ${path}`]),
  ];
}

function noticed({ caughtBy, masked }: DefectEntry, verdict: DefectVerdict): string {
  switch (verdict) {
    case 'caught':
      return `caught by ${caughtBy}`;
    case 'masked':
      return `caught by ${caughtBy} together with ${masked?.unmaskedBy}`;
    case 'not masked':
      return 'it breaks a property on its own, although it was said to be masked';
    case 'not caught':
      return `${caughtBy} holds in the whole scope: it lets this defect pass`;
    case 'inconclusive':
      return `a limit ended the search before ${caughtBy} broke`;
    case 'interrupted':
      return `interrupted before ${caughtBy} broke`;
  }
}

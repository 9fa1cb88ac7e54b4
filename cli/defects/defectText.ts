import type { DefectOutcome, DefectVerdict } from '../../application/defects/defectOutcome.ts';
import type { FoundBy } from '../../application/defects/defectPlan.ts';
import { counted } from '../../checker/results/numbers.ts';
import { wrap } from '../../checker/trace/renderParts.ts';
import type { TextStyle } from '../../checker/trace/renderStyle.ts';
import { keysOf } from '../../models/description/settings.ts';
import { columns } from '../output/columns.ts';
import { duration } from '../output/numbers.ts';
import type { TextLayout } from '../output/style.ts';
import type { SavedDefect } from './savedDefects.ts';

const styles: Readonly<Record<DefectVerdict, TextStyle>> = {
  caught: 'green',
  masked: 'green',
  'not caught': 'red',
  'not masked': 'red',
  inconclusive: 'yellow',
  interrupted: 'yellow',
};

/** Each way with its article. */
const ways: Readonly<Record<FoundBy, string>> = {
  'exhaustive search': 'an exhaustive search',
  'directed scenario': 'a directed scenario',
  'search of every fair run': 'a search of every fair run',
  'series of runs that settle': 'a series of runs that settle',
};

/** Where a property that lets a defect pass was seen to hold. */
const heldIn: Readonly<Record<FoundBy, string>> = {
  'exhaustive search': 'in the whole scope',
  'directed scenario': 'to the end of the scenario',
  'search of every fair run': 'in the whole scope',
  'series of runs that settle': 'in every run',
};

/** The table of defects, with what each is and where it comes from. */
export function defectLines(outcomes: readonly SavedDefect[], layout: TextLayout): string[] {
  const { style } = layout;
  const heads = columns(outcomes.map(headOf), (cell, column, row) => {
    const verdict = outcomes[row]?.verdict;
    return column === 0 && verdict !== undefined ? style(styles[verdict], cell) : cell;
  });
  return [
    ...outcomes.flatMap((outcome, index) => [heads[index] ?? '', ...detailsOf(outcome, layout)]),
    '',
    ...countLines(outcomes),
  ];
}

/** How many defects were caught, and how many of them where another is switched on as well. */
export function countLines(outcomes: readonly DefectOutcome[]): string[] {
  const having = (wanted: DefectVerdict): DefectOutcome[] =>
    outcomes.filter(({ verdict }) => verdict === wanted);
  const [caught, masked] = [having('caught'), having('masked')];
  const all = counted(outcomes.length, 'defect');
  const found = [`${caught.length} of ${all} caught`, ...countedWays(caught)].join(': ');
  const hidden = `${masked.length} masked, each caught where the rule that hides it is gone`;
  return [found, ...(masked.length === 0 ? [] : [[hidden, ...countedWays(masked)].join(': ')])];
}

/** "40 by an exhaustive search, 4 by a directed scenario"; nothing of none. */
function countedWays(outcomes: readonly DefectOutcome[]): string[] {
  const parts = keysOf(ways).flatMap(foundBy => {
    const count = outcomes.filter(({ plan }) => plan.way.foundBy === foundBy).length;
    return count === 0 ? [] : [`${count} by ${ways[foundBy]}`];
  });
  return parts.length === 0 ? [] : [parts.join(', ')];
}

function headOf({ plan, verdict, attempt }: DefectOutcome): string[] {
  const { trace, distinctStates, seconds } = attempt ?? {};
  const isPlayed = plan.way.foundBy === 'directed scenario';
  return [
    verdict,
    plan.defect.name,
    trace === undefined ? '' : counted(trace.steps.length, 'step'),
    isPlayed ? 'scenario' : distinctStates === undefined ? '' : counted(distinctStates, 'state'),
    seconds === undefined ? '' : duration(seconds),
  ];
}

function detailsOf(outcome: SavedDefect, { style, width }: TextLayout): string[] {
  const { plan, path } = outcome;
  const { statement, source, masked } = plan.defect;
  const indented = (text: string): string[] => wrap(text, width - 4).map(line => `    ${line}`);
  return [
    ...indented(statement),
    ...indented(`source: ${source}`).map(line => style('dim', line)),
    ...(masked === undefined ? [] : indented(`masked: ${masked.because}`)),
    ...indented(noticed(outcome)),
    ...(path === undefined ? [] : [`    trace: ${path}`]),
  ];
}

/** What was noticed of a defect, and in which way. */
export function noticed({ plan: { defect, way }, verdict, attempt }: DefectOutcome): string {
  const { caughtBy, masked } = defect;
  switch (verdict) {
    case 'caught':
      return `caught by ${caughtBy}, in ${ways[way.foundBy]}`;
    case 'masked':
      return `caught by ${caughtBy} together with ${masked?.unmaskedBy}, in ${ways[way.foundBy]}`;
    case 'not masked':
      return 'it breaks a property on its own, although it was said to be masked';
    case 'not caught':
      if (attempt?.stuck !== undefined) return `the scenario cannot be played: ${attempt.stuck}`;
      return `${caughtBy} holds ${heldIn[way.foundBy]}: it lets this defect pass`;
    case 'inconclusive':
      return `a limit ended the search before ${caughtBy} broke`;
    case 'interrupted':
      return `interrupted before ${caughtBy} broke`;
  }
}

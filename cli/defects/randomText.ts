import {
  median,
  type RandomOutcome,
  type RandomVerdict,
} from '../../application/defects/randomSearch.ts';
import { counted } from '../../checker/results/numbers.ts';
import { wrap } from '../../checker/trace/renderParts.ts';
import type { TextStyle } from '../../checker/trace/renderStyle.ts';
import { columns } from '../output/columns.ts';
import { duration } from '../output/numbers.ts';
import type { TextLayout } from '../output/style.ts';

const styles: Readonly<Record<RandomVerdict, TextStyle>> = {
  found: 'green',
  beyond: 'dim',
  missed: 'red',
  interrupted: 'yellow',
};

/** The table of what random runs found: medians over the seeds. */
export function randomLines(outcomes: readonly RandomOutcome[], layout: TextLayout): string[] {
  const heads = columns(outcomes.map(cellsOf), (cell, column, row) => {
    const verdict = outcomes[row]?.verdict;
    return column === 0 && verdict !== undefined ? layout.style(styles[verdict], cell) : cell;
  });
  const of = (verdict: RandomVerdict): number =>
    outcomes.filter(outcome => outcome.verdict === verdict).length;
  const found = `${of('found')} of ${counted(outcomes.length, 'defect')} found by random runs alone`;
  const beyond = `${of('beyond')} take another way, as named`;
  return [
    ...outcomes.flatMap((outcome, index) => [heads[index] ?? '', ...reasonLines(outcome, layout)]),
    '',
    [found, ...(of('beyond') > 0 ? [beyond] : []), ...missedPart(of('missed'))].join('; '),
    'steps and seconds: medians over the seeds, until found or until the time was over',
  ];
}

function missedPart(missed: number): string[] {
  return missed > 0 ? [`${missed} missed`] : [];
}

function cellsOf({ plan, verdict, searches }: RandomOutcome): string[] {
  const found = searches.filter(search => search.found);
  return [
    verdict,
    plan.defect.name,
    `${found.length} of ${counted(searches.length, 'seed')}`,
    counted(median(searches.map(({ steps }) => steps)), 'step'),
    duration(median(searches.map(({ seconds }) => seconds))),
  ];
}

function reasonLines({ plan, verdict }: RandomOutcome, { width }: TextLayout): string[] {
  if (verdict !== 'beyond') return [];
  const { defect, way } = plan;
  const reason = `found by: ${way.foundBy}. ${defect.beyondRandomRuns ?? ''}`.trim();
  return wrap(reason, width - 4).map(line => `    ${line}`);
}

/** One defect in the JSON document. */
export function randomJson({ plan, verdict, searches }: RandomOutcome) {
  const { defect, model, way } = plan;
  return {
    name: defect.name,
    model: model.name,
    caughtBy: defect.caughtBy,
    verdict,
    otherwiseFoundBy: way.foundBy,
    beyondRandomRuns: defect.beyondRandomRuns ?? null,
    medianSteps: median(searches.map(({ steps }) => steps)),
    medianSeconds: median(searches.map(({ seconds }) => seconds)),
    searches: searches.map(search => ({ ...search, length: search.length ?? null })),
  };
}

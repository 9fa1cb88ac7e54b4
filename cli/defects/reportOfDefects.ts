import { type DefectOutcome, isFound } from '../../application/defects/defectOutcome.ts';
import { counted } from '../../checker/results/numbers.ts';
import { outcomeOf } from '../reporters/outcome.ts';
import type { Report, ReportCase, ReportGroup } from '../reporters/report.ts';
import { countLines, noticed } from './defectText.ts';

/** What is reported of switched on defects. */
export interface ReportedDefects {
  readonly outcomes: readonly DefectOutcome[];
  readonly exitCode: number;
  readonly seconds: number;
}

/** Switched on defects as reporters take them: caught is passed. */
export function reportOfDefects({ outcomes, exitCode, seconds }: ReportedDefects): Report {
  const models = [...new Set(outcomes.map(({ plan }) => plan.model.name))];
  const outcome = outcomeOf(exitCode);
  return {
    command: 'defects',
    verdict: { passed: 'as expected', failed: 'not as expected', undecided: 'inconclusive' }[
      outcome
    ],
    meaning: `${countLines(outcomes).join('. ')}.`,
    outcome,
    circumstances: [],
    seed: undefined,
    seconds,
    groups: models.map(model => groupOf(model, outcomes)),
  };
}

function groupOf(model: string, outcomes: readonly DefectOutcome[]): ReportGroup {
  const cases = outcomes.filter(({ plan }) => plan.model.name === model).map(caseOf);
  const columns = ['steps', 'what happened'];
  return { name: `${model} defects`, title: model, notes: [], columns, cases, explored: [] };
}

function caseOf(outcome: DefectOutcome): ReportCase {
  const { plan, verdict, attempt } = outcome;
  const steps = attempt?.trace?.steps.length;
  const open = verdict === 'inconclusive' || verdict === 'interrupted';
  const status = isFound(outcome) ? 'passed' : open ? 'skipped' : 'failed';
  const said = noticed(outcome);
  return {
    name: plan.defect.name,
    status,
    verdict,
    cells: [steps === undefined ? '' : counted(steps, 'step'), said],
    reason: status === 'passed' ? '' : `${verdict}: ${said}`,
    stories: [],
  };
}

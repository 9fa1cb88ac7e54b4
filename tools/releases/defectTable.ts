import { counted } from '../../checker/results/numbers.ts';
import { defectSpans, sinceInWords, spanInWords } from '../../models/description/ruleTable.ts';
import { ruleTable } from '../../models/replication/releases/table.ts';
import { markdownTable } from '../markdownTable.ts';
import { type DefectRuns, defectNamed, outcomeOf } from './defectRuns.ts';

/** Since which release each historic defect is gone, and what a search for it came to before and since. */
export function defectTable(
  runs: readonly DefectRuns[],
  folder: string,
  traces: readonly string[],
): string {
  const rows = defectSpans(ruleTable).map(span => {
    const { defect, version, next } = span;
    const since = sinceInWords(version);
    const own = runs.find(run => run.defect === defect && run.since === since);
    const trace = traces.find(file => file.startsWith(`${defect}--`));
    const name = `\`${defect}\``;
    return [
      trace === undefined ? name : `[${name}](${folder}/${trace})`,
      defectNamed(defect).statement,
      spanInWords(span),
      next === undefined ? 'not yet' : sinceInWords(next),
      own === undefined ? whyNot(defect) : searchedText(own),
    ];
  });
  const titles = ['defect', 'what is wrong', 'is what Kafka does in', 'gone since', 'searched'];
  return markdownTable(titles, rows).join('\n');
}

function searchedText(runs: DefectRuns): string {
  const { with: before, without: after } = runs;
  const text = [before, ...(after === undefined ? [] : [after])].map(runText).join('; ');
  return `${text}${remarks[outcomeOf(runs)]}`;
}

const remarks: Readonly<Record<ReturnType<typeof outcomeOf>, string>> = {
  gone: '',
  there: '',
  open: ': a limit ended the search',
  another: ', by another rule of that release',
  hidden: ': other rules of that release hide it',
};

function runText({ kafka, verdict, steps, distinctStates }: DefectRuns['with']): string {
  const found = steps === undefined ? verdict : `violated in ${counted(steps, 'step')}`;
  return `${kafka}: ${found} (${counted(distinctStates, 'state')})`;
}

function whyNot(defect: string): string {
  const { masked, liveness } = defectNamed(defect);
  if (masked !== undefined) return `not by itself: ${masked.because}`;
  return liveness === undefined
    ? 'no: a directed scenario shows it'
    : 'no: of what must happen at some time';
}

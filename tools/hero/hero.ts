import { Commentary } from '../../application/commentary.ts';
import { builtInModels } from '../../catalogue/models.ts';
import { traceText, whereabouts } from '../../cli/output/traceText.ts';
import { readTraceFile } from '../../corpus/readTraceFile.ts';
import { fromRoot, withMarked } from '../marked.ts';

/** A classic, with everything that a report has: KIP-101. */
const TRACE = 'traces/truncates-to-high-watermark--acknowledged-records-survive.trace.json';
const WIDTH = 80;

/** The README with the report of one real violation between its marks, as `show` prints it. */
export function withHero(readme: string): string {
  const trace = new Commentary(builtInModels).on(readTraceFile(fromRoot(TRACE)));
  const report = traceText(trace, whereabouts([], TRACE), { width: WIDTH });
  return withMarked(readme, 'hero', 'hero', `\`\`\`\n${report}\n\`\`\``);
}

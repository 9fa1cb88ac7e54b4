import { fileURLToPath } from 'node:url';
import { Commentary } from '../../application/commentary.ts';
import { builtInModels } from '../../catalogue/models.ts';
import { traceText, whereabouts } from '../../cli/output/traceText.ts';
import { readTraceFile } from '../../corpus/readTraceFile.ts';

/** A classic, with everything that a report has: KIP-101. */
const TRACE = 'traces/truncates-to-high-watermark--acknowledged-records-survive.trace.json';
const WIDTH = 80;
const BEGIN = '<!-- hero: begin (npm run hero) -->';
const END = '<!-- hero: end -->';

/** A file, from the root of the repository. */
export function fromRoot(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** The README with the report of one real violation between its marks, as `show` prints it. */
export function withHero(readme: string): string {
  const [before, afterBegin, ...others] = readme.split(BEGIN);
  const [, after, ...more] = afterBegin?.split(END) ?? [];
  if (before === undefined || after === undefined || others.length + more.length > 0) {
    throw new Error(`expected "${BEGIN}" and then "${END}" in README.md, once`);
  }
  const trace = new Commentary(builtInModels).on(readTraceFile(fromRoot(TRACE)));
  const report = traceText(trace, whereabouts([], TRACE), { width: WIDTH });
  return `${before}${BEGIN}\n\n\`\`\`\n${report}\n\`\`\`\n\n${END}${after}`;
}

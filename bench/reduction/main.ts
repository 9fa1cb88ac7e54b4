import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Searched } from './ample.ts';
import { type Reduction, reductions } from './reductions.ts';
import { StateGraph } from './stateGraph.ts';
import { defects, type Subject, scopes } from './subjects.ts';

/*
 * How much partial order reduction could save: explores small scopes completely, learns from all of
 * their states which steps are independent, and searches them again with ample sets and sleep sets that
 * know this. `npm run bench:reduction` prints; `-- --record <name>` also writes
 * bench/results/<name>.json. Nothing depends on the machine: the figures are counts.
 */
const MOST_STATES = 20_000;

/** What a reduction comes to in a scope: how many times fewer, and what it misses. */
interface Saving {
  readonly reduction: string;
  readonly distinct: number;
  readonly generated: number;
  readonly missed: readonly string[];
}

interface Row {
  readonly scope: string;
  readonly distinct: number;
  readonly generated: number;
  readonly savings: readonly Saving[];
}

function measure({ name: scope, make }: Subject): Row {
  const { model, properties } = make();
  const graph = new StateGraph(model, properties, MOST_STATES);
  const generated = graph.initial.length + graph.steps;
  const findings = graph.everything();
  const savings = reductions.map(reduction => {
    const searched = reduction.search(graph);
    const missed = findings.filter(finding => !searched.findings.includes(finding));
    check(scope, reduction, searched, missed);
    return {
      reduction: reduction.name,
      distinct: factor(graph.size, searched.states.size),
      generated: factor(generated, searched.generated),
      missed: missed.filter(isVerdict),
    };
  });
  return { scope, distinct: graph.size, generated, savings };
}

/** @throws Error when a reduction does not find what it must. */
function check(
  scope: string,
  { name, keeps }: Reduction,
  { findings }: Searched,
  missed: readonly string[],
): void {
  const wrong =
    keeps === 'nothing' ? [] : keeps === 'what breaks' ? missed.filter(isVerdict) : missed;
  if (wrong.length === 0) return;
  const known = `${findings.length} findings are kept`;
  throw new Error(`${scope}: ${name} misses ${wrong.join('; ')} (${known})`);
}

/** Whether a verdict hangs on the finding, or only the count of antecedents. */
function isVerdict(finding: string): boolean {
  return finding.endsWith(': broken') || finding.endsWith(': reached');
}

function factor(whole: number, part: number): number {
  return Math.round((100 * whole) / part) / 100;
}

function print({ scope, distinct, generated, savings }: Row): void {
  const counts = `${distinct.toLocaleString('en')} states, ${generated.toLocaleString('en')} generated`;
  process.stdout.write(`\n${scope}: ${counts}\n`);
  for (const { reduction, missed, ...saving } of savings) {
    const lost = missed.length === 0 ? '' : `  misses ${missed.join(', ')}`;
    const figures = [saving.distinct, saving.generated].map(each => each.toFixed(2).padStart(7));
    process.stdout.write(`  ${reduction.padEnd(60)}${figures.join('')}${lost}\n`);
  }
}

process.stdout.write('How many times fewer states are distinct, and are generated\n');
const rows = [...scopes, ...defects].map(subject => {
  const row = measure(subject);
  print(row);
  return row;
});
const [flag, name] = process.argv.slice(2);
if (flag === '--record' && name !== undefined && /^[\w.-]+$/.test(name)) {
  const file = fileURLToPath(new URL(`../results/${name}.json`, import.meta.url));
  writeFileSync(file, `${JSON.stringify({ rows }, null, 2)}\n`);
}

import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { type Comparison, type MethodName, methodNames, stepsPerFind } from './compare.ts';
import { names } from './subjects.ts';

/*
 * How soon a defect is found, and how short its story becomes: this engine beside `fc.commands` and a
 * uniform walk on the same models, in one run. `npm run bench:detection`; `-- --record <name>` also
 * writes bench/results/<name>.json, `--seeds <n>` makes fewer or more searches, `--jobs <n>` compares so many
 * defects at a time, and names choose defects.
 */
const { values, positionals } = parseArgs({
  options: {
    record: { type: 'string' },
    seeds: { type: 'string', default: '100' },
    jobs: { type: 'string', default: String(availableParallelism()) },
  },
  allowPositionals: true,
});
const seeds = Number(values.seeds);
const waiting = positionals.length === 0 ? [...names] : [...positionals];
const comparisons: Comparison[] = [];
await Promise.all(Array.from({ length: Number(values.jobs) }, () => work()));

/** Compares one defect after the other on a thread of its own, as long as there are any. */
async function work(): Promise<void> {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const worker = new Worker(new URL('./startWorker.mjs', import.meta.url), {
      workerData: { name, seeds },
    });
    const [comparison] = (await once(worker, 'message')) as [Comparison];
    comparisons.push(comparison);
    process.stdout.write(`${linesOf(comparison).join('\n')}\n`);
  }
}

/**
 * How many times as many steps another method takes for one detection, at the median over the
 * defects; a lower bound for those that it never found.
 */
function ratioAtMedian(method: MethodName): number {
  const ratios = comparisons.map(
    ({ methods: { engine, [method]: other } }) => stepsPerFind(other) / stepsPerFind(engine),
  );
  return ratios.sort((a, b) => a - b)[ratios.length >> 1] ?? Number.NaN;
}

const machine = `${cpus()[0]?.model ?? 'unknown'} x ${cpus().length}, Node ${process.version}`;
const ratios = Object.fromEntries(
  methodNames.slice(1).map(method => [method, ratioAtMedian(method)]),
);
const totals = { seeds, ratios, ...engineTotals() };
process.stdout.write(`\n${JSON.stringify(totals, null, 2)}\n${machine}\n`);
if (values.record !== undefined && /^[\w.-]+$/.test(values.record)) {
  const file = fileURLToPath(new URL(`../results/${values.record}.json`, import.meta.url));
  writeFileSync(file, `${JSON.stringify({ machine, ...totals, comparisons }, null, 2)}\n`);
}

function engineTotals(): Record<string, number> {
  const own = comparisons.map(({ methods: { engine } }) => engine);
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  return {
    searches: sum(own.map(({ seeds: each }) => each)),
    found: sum(own.map(({ found }) => found)),
    shortest: sum(own.map(({ shortest }) => shortest)),
    shortestByChanging: sum(own.map(({ shortestByChanging }) => shortestByChanging ?? 0)),
  };
}

function linesOf({ defect, shortest, cap, methods }: Comparison): string[] {
  return [
    `${defect} (shortest ${shortest}, cap ${cap})`,
    ...methodNames.map(name => {
      const {
        found,
        meanSteps,
        medianSteps,
        meanSeconds,
        meanLength,
        shortest: good,
      } = methods[name];
      const cells = [
        name.padEnd(22),
        `${found}/${seeds} found`.padEnd(14),
        `mean ${Math.round(meanSteps)}`.padEnd(12),
        `median ${medianSteps}`.padEnd(14),
        `${meanSeconds.toFixed(3)} s`.padEnd(10),
        `${good}/${found} shortest, mean length ${meanLength.toFixed(1)}`,
      ];
      return `  ${cells.join(' ')}`;
    }),
  ];
}

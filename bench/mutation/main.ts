import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { RandomSource } from '../../checker/core/randomSource.ts';
import { record } from '../record.ts';
import type { Mutant } from './mutate.ts';
import { type MutatedModel, modelOf, mutatedModels, mutatedProgram } from './subject.ts';
import type { Notice, Shown } from './suite.ts';
import type { Beginning, Question } from './worker.ts';

/*
 * Puts small faults into the models, one at a time, and looks whether the scopes of the main job notice it by
 * properties, goals and liveness alone: no count of states, no stored trace, no scenario.
 */

const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '120' },
    seed: { type: 'string', default: '1' },
    /** Scopes of more states are left out. */
    states: { type: 'string', default: '8000' },
    runs: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '120' },
    /** Only mutants of files whose path contains this. */
    file: { type: 'string', default: '' },
    /** Only mutants of these numbers. */
    only: { type: 'string' },
    json: { type: 'boolean' },
    record: { type: 'string' },
  },
});
const extent = { runs: Number(values.runs), mostStates: Number(values.states) };

/** What came of a mutant; nothing noticed it if there is no notice. */
interface Outcome {
  readonly number: number;
  readonly mutant: Mutant;
  readonly notice: Notice | undefined;
  readonly seconds: number;
}

/** A thread that is asked one question at a time, and replaced where it does not answer. */
class Judge {
  #worker: Worker | undefined;
  readonly #url: URL;
  readonly #shown: Beginning['shown'];

  constructor(url: URL, shown?: Beginning['shown']) {
    this.#url = url;
    this.#shown = shown;
  }

  /** The answer, or undefined if there was none in time. */
  async ask<Answer>(question: Question, seconds: number): Promise<Answer | undefined> {
    const beginning: Beginning = { extent, shown: this.#shown };
    this.#worker ??= new Worker(this.#url, { workerData: beginning, execArgv: [] });
    const worker = this.#worker;
    worker.postMessage(question);
    const answer = await answerOf<Answer>(worker, seconds);
    if (answer === undefined) await this.stop();
    return answer;
  }

  async stop(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }
}

/** What a thread says next, or undefined if it says nothing in time. */
async function answerOf<Answer>(worker: Worker, seconds: number): Promise<Answer | undefined> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), seconds * 1000);
  try {
    const [answer]: Answer[] = await once(worker, 'message', timeout);
    return answer;
  } catch (error) {
    if (timeout.signal.aborted) return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

const { mutants, url } = await mutatedProgram();
const chosen = chosenMutants();
const shown = await shownOf(url);
const judge = new Judge(url, shown);
const outcomes: Outcome[] = [];
for (const number of chosen) outcomes.push(await judged(number));
await judge.stop();
report();

function chosenMutants(): number[] {
  const all = mutants.flatMap(({ file }, number) => (file.includes(values.file) ? number : []));
  if (values.only !== undefined) return values.only.split(',').map(Number);
  const random = new RandomSource(Number(values.seed));
  for (let index = all.length - 1; index > 0; index--) {
    const other = random.below(index + 1);
    [all[index], all[other]] = [all[other] ?? 0, all[index] ?? 0];
  }
  return all.slice(0, Number(values.sample));
}

/** What the scopes show of both models as they are; kept until something changes. */
async function shownOf(url: URL): Promise<Record<MutatedModel, readonly Shown[]>> {
  const hash = createHash('sha256').update(readFileSync(url)).update(JSON.stringify(extent));
  const kept = new URL(`./shown-${hash.digest('hex').slice(0, 16)}.json`, url);
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8'));
  const first = new Judge(url);
  const shown: Record<MutatedModel, readonly Shown[]> = { replication: [], kraft: [] };
  for (const model of mutatedModels) {
    const all = await first.ask<readonly Shown[]>({ model }, 3600);
    shown[model] = all ?? [];
    const milliseconds = shown[model].reduce((sum, each) => sum + each.milliseconds, 0);
    say(`${model}: ${shown[model].length} scopes, ${(milliseconds / 1000).toFixed(1)} s`);
  }
  await first.stop();
  writeFileSync(kept, JSON.stringify(shown));
  return shown;
}

async function judged(number: number): Promise<Outcome> {
  const mutant = mutants[number];
  if (mutant === undefined) throw new Error(`there is no mutant ${number}`);
  const start = performance.now();
  const question = { model: modelOf(mutant), mutant: number };
  const answer = await judge.ask<Notice | null>(question, Number(values.seconds));
  const seconds = Number(((performance.now() - start) / 1000).toFixed(1));
  const late: Notice = { by: 'time', what: `no answer in ${values.seconds} s`, scope: '' };
  const notice = answer === null ? undefined : (answer ?? late);
  const { file, line, original, replacement } = mutant;
  const how = notice === undefined ? 'SURVIVED' : `${notice.by}: ${notice.what} (${notice.scope})`;
  say(
    `${number} ${file}:${line} ${original} -> ${replacement || 'nothing'} | ${how} | ${seconds} s`,
  );
  return { number, mutant, notice, seconds };
}

function report(): void {
  const files = [...new Set(outcomes.map(({ mutant }) => mutant.file))].sort();
  const rows = files.map(file => {
    const all = outcomes.filter(({ mutant }) => mutant.file === file);
    const noticed = all.filter(({ notice }) => notice !== undefined).length;
    return { file, mutants: all.length, noticed };
  });
  const noticed = outcomes.filter(({ notice }) => notice !== undefined);
  const by = (kind: Notice['by']): number =>
    noticed.filter(({ notice }) => notice?.by === kind).length;
  const score = Number((noticed.length / outcomes.length).toFixed(3));
  record({
    command: `npm run bench:mutation -- ${process.argv.slice(2).join(' ')}`,
    ofMutants: mutants.length,
    mutants: outcomes.length,
    noticed: noticed.length,
    score,
    by: { property: by('property'), crash: by('crash'), unseen: by('unseen'), time: by('time') },
    files: rows,
    survivors: outcomes.filter(({ notice }) => notice === undefined).map(({ mutant }) => mutant),
  });
  say(`${noticed.length} of ${outcomes.length} noticed: ${score}`);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

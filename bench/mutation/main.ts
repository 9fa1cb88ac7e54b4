import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Judge } from './judge.ts';
import { type Answer, type Outcome, outcomesIn, scoreOf, writeOutcomes } from './outcomes.ts';
import { type MutatedModel, modelOf, mutatedProgram } from './subject.ts';
import { type Look, type Shown, scopesToAsk } from './suite.ts';

/*
 * Puts small faults into the models, one at a time, and looks whether the scopes of the main job notice it by
 * properties, goals and liveness alone: no count of states, no stored trace, no scenario.
 */

const { values } = parseArgs({
  options: {
    /** How many mutants, drawn by the seed; those that are recorded already count. */
    sample: { type: 'string', default: '120' },
    seed: { type: 'string', default: '1' },
    /** Begins no mutant after this time; what is recorded is gone on from. */
    minutes: { type: 'string', default: '600' },
    /** Scopes of more states are left out. */
    states: { type: 'string', default: '4000' },
    runs: { type: 'string', default: '100' },
    /** Only scopes whose name contains this. */
    scope: { type: 'string', default: '' },
    /** How many seconds the scopes may take, as the model is, that are explored of one mutant. */
    seconds: { type: 'string', default: '40' },
    /** The same of one that has as many states as the model in each of them. */
    alike: { type: 'string', default: '12' },
    /** Only mutants whose name contains one of these, separated by commas: of files, for instance. */
    only: { type: 'string', default: '' },
    /** Looks again at those that survived, and at no others. */
    again: { type: 'boolean', default: false },
    /** Where outcomes are kept in bench/results, one after the other. */
    record: { type: 'string' },
  },
});
const extent = {
  runs: Number(values.runs),
  mostStates: Number(values.states),
  scope: values.scope,
  mostSeconds: Number(values.seconds),
  mostSecondsAlike: Number(values.alike),
};
const begun = performance.now();
const { mutants, names, url, asIs } = await mutatedProgram();
const numbers = new Map(names.map((name, number) => [name, number]));
const recorded = outcomesIn(values.record).filter(({ mutant }) => numbers.has(mutant));
const outcomes = new Map(recorded.map(outcome => [outcome.mutant, outcome]));
const judges = new Map<MutatedModel, { readonly shown: readonly Shown[]; readonly judge: Judge }>();
for (const name of drawn()) {
  const before = outcomes.get(name);
  const isOpen = values.again ? before?.answer === 'survived' : before === undefined;
  if (!isOpen) continue;
  if (performance.now() - begun > Number(values.minutes) * 60_000) break;
  outcomes.set(name, await judged(name, before));
  keep();
}
for (const { judge } of judges.values()) await judge.stop();
keep();
const { noticed, judged: counted } = scoreOf([...outcomes.values()]);
say(`${noticed} of ${counted} noticed: ${(noticed / counted).toFixed(3)}`);

/** The names of the sample: in an order that is the same whatever else changes in the models. */
function drawn(): string[] {
  const key = (name: string): string =>
    createHash('sha256').update(`${values.seed} ${name}`).digest('hex');
  return names
    .filter(name => values.only.split(',').some(part => name.includes(part)))
    .map(name => [key(name), name] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, Number(values.sample))
    .map(([, name]) => name);
}

/** What the scopes show of a model as it is, and who looks at its mutants; found out when the first of them is. */
async function judgeOf(model: MutatedModel) {
  const known = judges.get(model);
  if (known !== undefined) return known;
  const shown = await shownOf(model);
  const begun = { shown, judge: new Judge(url, { extent, shown }) };
  judges.set(model, begun);
  return begun;
}

/** What the scopes show of a model as it is; kept until something changes. */
async function shownOf(model: MutatedModel): Promise<readonly Shown[]> {
  const { runs, mostStates, scope } = extent;
  const hash = createHash('sha256')
    .update(readFileSync(url))
    .update(`${model} ${runs} ${mostStates} ${scope}`);
  const kept = new URL(`./shown-${hash.digest('hex').slice(0, 16)}.json`, url);
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8'));
  const first = new Judge(asIs, { extent });
  const shown = await first.askAll<Shown>({ model });
  await first.stop();
  const milliseconds = shown.reduce((sum, each) => sum + each.milliseconds, 0);
  say(`${model}: ${shown.length} scopes, ${(milliseconds / 1000).toFixed(1)} s`);
  writeFileSync(kept, JSON.stringify(shown));
  return shown;
}

async function judged(name: string, before: Outcome | undefined): Promise<Outcome> {
  const number = numbers.get(name) ?? -1;
  const mutant = mutants[number];
  if (mutant === undefined) throw new Error(`there is no mutant ${name}`);
  const { file, line, transition } = mutant;
  const model = modelOf(mutant);
  const { shown } = await judgeOf(model);
  const scopes = scopesToAsk(shown, { mutant: number, transition }, extent);
  const start = performance.now();
  const { notice, differs, scopes: explored } = await lookAt(number, model, scopes);
  const seconds = Math.round((performance.now() - start) / 1000);
  const answer: Answer = notice?.by ?? 'survived';
  const how = notice === undefined ? '' : ` ${notice.what} (${notice.scope})`;
  say(`${answer}${how} | ${line} ${name} | ${explored} scopes, ${seconds} s`);
  return {
    mutant: name,
    file,
    answer,
    ...(notice === undefined
      ? { scopes: explored, differs }
      : { what: notice.what, scope: notice.scope }),
    ...(before === undefined ? {} : { survivedBefore: true }),
  };
}

/** What a thread says of a mutant; one that is there when modules load has a thread of its own. */
async function lookAt(
  mutant: number,
  model: MutatedModel,
  scopes: readonly Shown[],
): Promise<Look> {
  const none = { scopes: 0, differs: false };
  if (scopes.length === 0) return none;
  const isEarly = mutants[mutant]?.transition !== undefined;
  const { shown, judge } = await judgeOf(model);
  const asked = isEarly ? new Judge(url, { extent, shown, mutant }) : judge;
  const usual = scopes.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
  const most = Math.round(60 + 5 * usual);
  const question = { model, mutant, scopes: scopes.map(({ name }) => name) };
  try {
    const answer = await asked.ask<Look>(question, most);
    const late = { by: 'time', what: `no answer in ${most} s`, scope: '' } as const;
    return answer ?? { ...none, notice: late };
  } catch (error) {
    // Of a lifecycle that is none any more, when modules load.
    await asked.stop();
    const [what = ''] = String(error instanceof Error ? error.message : error).split('\n');
    return { ...none, notice: { by: 'error', what, scope: 'all' } };
  } finally {
    if (isEarly) await asked.stop();
  }
}

function keep(): void {
  const { record: _, minutes: __, again: ___, ...how } = values;
  writeOutcomes(values.record, { ...how, ofMutants: mutants.length }, [...outcomes.values()]);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

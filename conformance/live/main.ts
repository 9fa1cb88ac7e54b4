import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { readTrogdor } from '../../application/faultScript/trogdor.ts';
import type { LiveJson } from '../../application/live/liveJson.ts';
import { readTrace } from '../../checker/trace/readTrace.ts';
import { KafkaUnavailable, kafkaVersions } from '../kafka/jars.ts';
import { failover } from './failovers.ts';
import { type Played, play } from './play.ts';
import { soak } from './soak.ts';
import { stories } from './stories.ts';
import type { Story } from './story.ts';
import { type Refusal, traceStory } from './traceStory.ts';
import { trogdorStory } from './trogdorStory.ts';

/*
 * Plays stories on a real cluster on this machine, one after the other: `highwater live <story...>`, or `all`. Ends
 * with a table.
 */

const usage = `highwater live <story...> [options]

Plays what the models tell of Kafka on a real cluster on this machine: processes are killed and paused, disks put
back, messages cut off. Java 17 and Maven are needed; stories that cut messages need root and iproute2.

${stories.map(({ name, tells }) => `  ${name.padEnd(22)} ${tells}`).join('\n')}
  ${'all'.padEnd(22)} every one of them
  ${'soak'.padEnd(22)} Random faults at a rate, with clients whose history is checked; by hand
  ${'failover-4.3.1-<n>'.padEnd(22)} Random failovers by a seed, to be recorded with --out (3.9.1 too)

  --trace <file>   play a counterexample of replication, as far as a real cluster can be steered; may be repeated
  --trogdor <file> play specs of Trogdor (JSON): one, or a list of them; may be repeated
  --times <n>      play each so often, and say how often it was confirmed
  --out <dir>      save what clients were told, and what nodes logged: \`highwater validate\` reads both
  --minutes <n>    of a soak (120)
  --rate <n>       of a soak: faults a minute (4)
  --seed <n>       of a soak (1)
  --kafka <v>      of a soak: ${kafkaVersions.join(' or ')}
  --json           print one JSON document; what happens meanwhile goes to stderr

Exit codes: 0 every story is confirmed; 1 one is not; 2 wrong use; 5 Kafka cannot be run here.
`;

interface Given {
  readonly names: readonly string[];
  readonly traces: readonly string[];
  readonly specs: readonly string[];
  readonly out: string | undefined;
  readonly times: number;
  readonly minutes: number;
  readonly rate: number;
  readonly seed: number;
  readonly kafka: string;
  readonly help: boolean;
  readonly json: boolean;
}

function given(args: readonly string[]): Given {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...{ out: text, times: text, minutes: text, rate: text, seed: text, kafka: text },
      trace: { type: 'string', multiple: true },
      trogdor: { type: 'string', multiple: true },
      help: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  });
  const numberOf = (name: 'times' | 'minutes' | 'rate' | 'seed', otherwise: number): number => {
    const number = Number(values[name] ?? otherwise);
    if (number > 0) return number;
    throw new WrongUse(`--${name}: expected a number above 0, found "${values[name]}"`);
  };
  return {
    names: positionals,
    traces: values.trace ?? [],
    specs: values.trogdor ?? [],
    out: values.out,
    times: numberOf('times', 1),
    minutes: numberOf('minutes', 120),
    rate: numberOf('rate', 4),
    seed: numberOf('seed', 1),
    kafka: values.kafka ?? kafkaVersions[0],
    help: values.help === true,
    json: values.json === true,
  };
}

class WrongUse extends Error {}

async function main(args: readonly string[]): Promise<number> {
  const asked = given(args);
  const isNothing = asked.names.length + asked.traces.length + asked.specs.length === 0;
  if (isNothing && asked.json) {
    print({ stories: stories.map(storyJson), played: [], refused: [], confirmed: null });
    return 0;
  }
  if (asked.help || isNothing) {
    process.stdout.write(usage);
    return asked.help ? 0 : 2;
  }
  const chosen = [
    ...asked.names.flatMap(name => storiesNamed(name, asked)),
    ...asked.specs.map(path => trogdorStory(readTrogdor(path, textOf(path)), basename(path))),
  ];
  const translated = asked.traces.map(translatedTrace);
  return playAll(chosen, translated, asked);
}

/** What `--json` has, for the command line to print. */
function print(content: LiveJson): void {
  process.stdout.write(`${JSON.stringify(content)}\n`);
}

function storyJson({ name, tells, shape }: Story): LiveJson['stories'][number] {
  return { name, tells, kafka: shape.version };
}

function storiesNamed(name: string, { minutes, rate, seed, kafka }: Given): readonly Story[] {
  if (name === 'all') return stories;
  const [, release, failoverSeed] = /^failover-(\d+\.\d+\.\d+)-(\d+)$/.exec(name) ?? [];
  const version = kafkaVersions.find(each => each === (release ?? kafka));
  if (version !== undefined && release !== undefined) {
    return [failover(Number(failoverSeed), version)];
  }
  if (name === 'soak' && version !== undefined) return [soak({ version, minutes, rate, seed })];
  const found = stories.find(each => each.name === name);
  if (found !== undefined) return [found];
  const known = stories.map(each => each.name).join(', ');
  throw new WrongUse(
    name === 'soak'
      ? `--kafka: expected ${kafkaVersions.join(' or ')}, found "${kafka}"`
      : `there is no story "${name}"; there are ${known}`,
  );
}

interface Translated {
  readonly name: string;
  readonly story: Story | Refusal;
}

function translatedTrace(path: string): Translated {
  const name = basename(path).replace(/\.trace\.json$/, '');
  return { name, story: traceStory(readTrace(path, textOf(path)), name) };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new WrongUse(`${path}: cannot be read`);
  }
}

async function playAll(
  chosen: readonly Story[],
  translated: readonly Translated[],
  { times, out, json }: Given,
): Promise<number> {
  const rows: string[] = [];
  const refused: LiveJson['refused'][number][] = [];
  const told: LiveJson['played'][number][] = [];
  const stream = json ? process.stderr : process.stdout;
  let isConfirmed = true;
  for (const { name, story } of translated) {
    if ('play' in story) continue;
    isConfirmed = false;
    const where = story.step === 0 ? '' : `step ${story.step}: `;
    rows.push(`${name.padEnd(22)} cannot be steered: ${where}${story.problem}`);
    refused.push({ name, ...story });
  }
  const playable = translated.flatMap(({ story }) => ('play' in story ? [story] : []));
  for (const story of [...chosen, ...playable]) {
    const played: Played[] = [];
    stream.write(`\n${story.name}: ${story.tells}\n`);
    for (let count = 0; count < times; count++) {
      const one = await play(story, line => stream.write(`  ${line}\n`), out);
      stream.write(`  ${one.verdict}: ${one.because}\n`);
      played.push(one);
    }
    isConfirmed &&= played.every(({ verdict }) => verdict === 'confirmed');
    rows.push(rowOf(story, played));
    told.push({ ...storyJson(story), runs: played.map(runJson) });
  }
  stream.write(`\n${rows.join('\n')}\n`);
  if (json) print({ stories: [], played: told, refused, confirmed: isConfirmed });
  return isConfirmed ? 0 : 1;
}

function runJson({
  verdict,
  because,
  seconds,
  megabytes,
}: Played): LiveJson['played'][number]['runs'][number] {
  return { verdict, because, seconds, megabytes };
}

function rowOf({ name, shape }: Story, played: readonly Played[]): string {
  const confirmed = played.filter(({ verdict }) => verdict === 'confirmed').length;
  const [first] = played;
  const said =
    played.length === 1 ? (first?.verdict ?? '') : `confirmed ${confirmed} of ${played.length}`;
  const seconds = played.reduce((sum, each) => sum + each.seconds, 0) / played.length;
  const megabytes = Math.max(...played.map(each => each.megabytes));
  const measured = `${seconds.toFixed(0).padStart(4)} s ${String(megabytes).padStart(5)} MiB`;
  return `${name.padEnd(22)} ${said.padEnd(18)} ${measured}  Kafka ${shape.version}`;
}

/** A signal ends this process in order, so that clusters are cleaned up. */
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.on(signal, () => process.exit(code));
}

/** Whether `parseArgs` refuses an option. */
function isOfArguments(error: unknown): boolean {
  return (
    error instanceof TypeError && 'code' in error && /^ERR_PARSE_ARGS/.test(String(error.code))
  );
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isUnavailable = error instanceof KafkaUnavailable;
  const isWrongUse = error instanceof WrongUse || isOfArguments(error);
  if (!isUnavailable && !isWrongUse) throw error;
  const message = isUnavailable
    ? `stories cannot be played here: ${error.message}`
    : `live: ${(error as Error).message}`;
  process.stderr.write(`${message}\n`);
  process.exitCode = isUnavailable ? 5 : 2;
}

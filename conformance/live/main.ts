import { KafkaUnavailable, kafkaVersions } from '../kafka/jars.ts';
import { failover } from './failovers.ts';
import { type Played, play } from './play.ts';
import { stories } from './stories.ts';
import type { Story } from './story.ts';

/*
 * Plays stories on a real cluster on this machine, one after the other: `highwater live <story...>`, or `all`. Ends
 * with a table.
 */

const usage = `highwater live <story...> [--out <dir>]

Plays what the models tell of Kafka on a real cluster on this machine: processes are killed and paused, disks put
back, messages cut off. Java 17 and Maven are needed; stories that cut messages need root and iproute2.

${stories.map(({ name, tells }) => `  ${name.padEnd(20)} ${tells}`).join('\n')}
  ${'all'.padEnd(20)} every one of them
  ${'failover-4.3.1-<n>'.padEnd(20)} Random failovers by a seed, to be recorded with --out (3.9.1 too)

  --out <dir>  save what clients were told, and the metadata log: \`highwater validate\` reads both

Exit codes: 0 every story is confirmed; 1 one is not; 2 wrong use; 5 Kafka cannot be run here.
`;

async function main(args: readonly string[]): Promise<number> {
  const at = args.indexOf('--out');
  const out = at < 0 ? undefined : args[at + 1];
  const names = args.filter((_, index) => at < 0 || (index !== at && index !== at + 1));
  if (names.length === 0 || names.includes('--help') || (at >= 0 && out === undefined)) {
    process.stdout.write(usage);
    return names.length === 0 || (at >= 0 && out === undefined) ? 2 : 0;
  }
  const unknown = names.find(name => name !== 'all' && storyNamed(name) === undefined);
  if (unknown !== undefined) {
    process.stderr.write(
      `there is no story "${unknown}"; there are ${stories.map(each => each.name).join(', ')}\n`,
    );
    return 2;
  }
  const chosen = names.includes('all') ? stories : names.flatMap(name => storyNamed(name) ?? []);
  return playAll(chosen, out);
}

function storyNamed(name: string): Story | undefined {
  const [, release, seed] = /^failover-(\d+\.\d+\.\d+)-(\d+)$/.exec(name) ?? [];
  const version = kafkaVersions.find(each => each === release);
  if (version !== undefined) return failover(Number(seed), version);
  return stories.find(each => each.name === name);
}

async function playAll(chosen: readonly Story[], out: string | undefined): Promise<number> {
  const results: Played[] = [];
  for (const story of chosen) {
    process.stdout.write(`\n${story.name}: ${story.tells}\n`);
    const played = await play(story, line => process.stdout.write(`  ${line}\n`), out);
    process.stdout.write(`  ${played.verdict}: ${played.because}\n`);
    results.push(played);
  }
  process.stdout.write(`\n${results.map(rowOf).join('\n')}\n`);
  return results.every(({ verdict }) => verdict === 'confirmed') ? 0 : 1;
}

function rowOf({ story, verdict, seconds, megabytes }: Played): string {
  const measured = `${String(seconds).padStart(4)} s ${String(megabytes).padStart(5)} MiB`;
  return `${story.name.padEnd(20)} ${verdict.padEnd(18)} ${measured}  Kafka ${story.shape.version}`;
}

/** A signal ends this process in order, so that clusters are cleaned up. */
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.on(signal, () => process.exit(code));
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof KafkaUnavailable)) throw error;
  process.stderr.write(`stories cannot be played here: ${error.message}\n`);
  process.exitCode = 5;
}

import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { LiveJson } from '../../application/live/liveJson.ts';
import { isCheckout, packageRoot } from '../../application/packageRoot.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import type { CommandIo } from '../output/io.ts';
import { printJson } from '../output/printJson.ts';

const help = `
Plays on real processes what the models tell of Kafka: acks=1 and a leader that is killed, an unclean
election, a power loss of all replicas, and the findings of docs/findings.md. Without a story it lists
them. Only a checkout has the Java parts; Java 17 and Maven are needed. See docs/live.md.

Exit codes: 0 every story is confirmed; 1 one is not; 2 wrong use; 5 Kafka cannot be run here.`;

interface LiveOptions {
  readonly out?: string;
  readonly trace?: readonly string[];
  readonly trogdor?: readonly string[];
  readonly times?: string;
  readonly minutes?: string;
  readonly rate?: string;
  readonly seed?: string;
  readonly kafka?: string;
  readonly json?: true;
}

/** The stories are played in the folder of the checkout: paths are made whole. */
function argumentsOf({ out, trace = [], trogdor = [], json, ...numbers }: LiveOptions): string[] {
  return [
    ...(json === undefined ? [] : ['--json']),
    ...(out === undefined ? [] : ['--out', resolve(out)]),
    ...trace.flatMap(path => ['--trace', resolve(path)]),
    ...trogdor.flatMap(path => ['--trogdor', resolve(path)]),
    ...Object.entries(numbers).flatMap(([name, value]) => [`--${name}`, String(value)]),
  ];
}

/** Adds `live`. */
export function addLiveCommand(program: Command, io: CommandIo): void {
  const command = program
    .command('live')
    .summary('play stories on a real Kafka on this machine')
    .description('play stories of the models on a real Kafka cluster on this machine')
    .argument('[stories...]', 'names of stories, or all; none lists them')
    .option('--out <dir>', 'save what clients were told, and what nodes logged, for validate')
    .option(
      '--trace <file...>',
      'play counterexamples of replication, as far as a cluster can be steered',
    )
    .option('--trogdor <file...>', 'play specs of Trogdor')
    .option('--times <number>', 'play each so often, and say how often it was confirmed')
    .option('--minutes <number>', 'of the story soak: how long (120)')
    .option('--rate <number>', 'of the story soak: faults a minute (4)')
    .option('--seed <number>', 'of the story soak (1)')
    .option('--kafka <version>', 'of the story soak: 4.3.1 or 3.9.1')
    .option('--json', 'print one JSON document; what happens meanwhile goes to stderr');
  command.addHelpText('after', help);
  command.action(async (stories: string[], options: LiveOptions) => {
    if (!isCheckout) {
      throw new UsageError(
        'live: the package has no Java parts; clone the repository and run it there (docs/live.md)',
      );
    }
    const given = [...stories, ...argumentsOf(options)];
    const { code, text } = await played(given.length === 0 ? ['--help'] : given, options.json);
    // Nothing was printed where something went wrong before a story was played.
    if (text !== '') printJson(io.stdout, 'live', JSON.parse(text) as LiveJson);
    io.finish(code);
  });
}

/** Runs the stories in a process of their own, which ends every process that it has started. */
async function played(
  args: readonly string[],
  json: true | undefined,
): Promise<{ readonly code: number; readonly text: string }> {
  const main = join(packageRoot, 'conformance/live/main.ts');
  const given = ['--import', 'tsx', main, ...args];
  const child = spawn(process.execPath, given, {
    stdio: ['inherit', json === true ? 'pipe' : 'inherit', 'inherit'],
    cwd: packageRoot,
  });
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (more: string) => {
    text += more;
  });
  return new Promise((end, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => {
      end({ code: code ?? (signal === 'SIGINT' ? 130 : 1), text });
    });
  });
}

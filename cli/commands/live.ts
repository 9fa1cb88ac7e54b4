import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { isCheckout, packageRoot } from '../../application/packageRoot.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import type { CommandIo } from '../output/io.ts';

const help = `
Plays on real processes what the models tell of Kafka: acks=1 and a leader that is killed, an unclean
election, a power loss of all replicas, and the findings of docs/findings.md. Without a story it lists
them. Only a checkout has the Java parts; Java 17 and Maven are needed. See docs/live.md.

Exit codes: 0 every story is confirmed; 1 one is not; 2 wrong use; 5 Kafka cannot be run here.`;

/** Adds `live`. */
export function addLiveCommand(program: Command, io: CommandIo): void {
  const command = program
    .command('live')
    .summary('play stories on a real Kafka on this machine')
    .description('play stories of the models on a real Kafka cluster on this machine')
    .argument('[stories...]', 'names of stories, or all; none lists them')
    .option('--out <dir>', 'save what clients were told, and the metadata log, for validate');
  command.addHelpText('after', help);
  command.action(async (stories: string[], { out }: { readonly out?: string }) => {
    if (!isCheckout) {
      throw new UsageError(
        'live: the package has no Java parts; clone the repository and run it there (docs/live.md)',
      );
    }
    const asked = stories.length === 0 ? ['--help'] : stories;
    io.finish(await played([...asked, ...(out === undefined ? [] : ['--out', resolve(out)])]));
  });
}

/** Runs the stories in a process of their own, which ends every process that it has started. */
async function played(args: readonly string[]): Promise<number> {
  const main = join(packageRoot, 'conformance/live/main.ts');
  const given = ['--import', 'tsx', main, ...args];
  const child = spawn(process.execPath, given, { stdio: 'inherit', cwd: packageRoot });
  return new Promise((end, fail) => {
    child.once('error', fail);
    child.once('exit', (code, signal) => end(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

import { Command } from 'commander';
import { addCheckCommand } from './commands/check.ts';
import { addDefectsCommand } from './commands/defects.ts';
import { addExploreCommand } from './commands/explore.ts';
import { addListCommand } from './commands/list.ts';
import { addReplayCommand } from './commands/replay.ts';
import { addShowCommand } from './commands/show.ts';
import { addSimulateCommand } from './commands/simulate.ts';
import { exitCodes } from './errors.ts';
import { errorLine, reportFailure } from './output/failure.ts';
import type { CliIo, CommandIo } from './output/io.ts';
import { toolVersion } from './version.ts';

/**
 * Runs the command line and returns its exit code. Never throws: whatever goes wrong is said on
 * `io.stderr`.
 */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  let code: number = exitCodes.holds;
  const commandIo: CommandIo = {
    ...io,
    argv,
    finish: given => {
      code = given;
    },
  };
  try {
    await programFor(commandIo).parseAsync([...argv], { from: 'user' });
  } catch (error) {
    return reportFailure(error, io.stderr);
  }
  return code;
}

const help = `
Exit codes: 0 all held; 1 violated; 2 wrong use or unreadable input; 3 inconclusive;
4 vacuous; 5 a replay diverged; 70 internal error; 130 interrupted.`;

function programFor(io: CommandIo): Command {
  const program = new Command('highwater')
    .description("formal, property-based verification of Kafka's fault tolerance")
    .version(toolVersion)
    // Commander asks the process otherwise; tests have streams of their own.
    .configureOutput({
      writeOut: text => io.stdout.write(text),
      writeErr: text => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns,
      getErrHelpWidth: () => io.stderr.columns,
      getOutHasColors: () => io.stdout.colour,
      getErrHasColors: () => io.stderr.colour,
      outputError: (text, write) => write(errorLine(text.replace(/^error: /, ''))),
    })
    .exitOverride()
    .addHelpText('after', help);
  addCheckCommand(program, io);
  addExploreCommand(program, io);
  addSimulateCommand(program, io);
  addReplayCommand(program, io);
  addShowCommand(program, io);
  addDefectsCommand(program, io);
  addListCommand(program, io);
  return program;
}

import { Command } from 'commander';
import { Commentary } from '../application/commentary.ts';
import { findConfig } from '../application/project/findConfig.ts';
import { loadProject } from '../application/project/loadProject.ts';
import { type Project, plainProject } from '../application/project/project.ts';
import { toolVersion } from '../application/version.ts';
import type { ModelEntry } from '../catalogue/modelEntry.ts';
import { builtInModels } from '../catalogue/models.ts';
import { addCheckCommand } from './commands/check.ts';
import { addCorpusCommand } from './commands/corpus.ts';
import { addDefectsCommand } from './commands/defects.ts';
import { addExploreCommand } from './commands/explore.ts';
import { addInitCommand } from './commands/init.ts';
import { addListCommand } from './commands/list.ts';
import { addLivenessCommand } from './commands/liveness.ts';
import { addReplayCommand } from './commands/replay.ts';
import { addSampleCommand } from './commands/sample.ts';
import { addShowCommand } from './commands/show.ts';
import { addShrinkCommand } from './commands/shrink.ts';
import { addSimulateCommand } from './commands/simulate.ts';
import { addViewCommand } from './commands/view.ts';
import { exitCodes } from './exitCodes.ts';
import { fillOptions } from './options/fillOptions.ts';
import { withDrawnSeed, withDrawnVariable } from './options/random.ts';
import { errorLine, reportFailure } from './output/failure.ts';
import type { CliIo, CommandIo } from './output/io.ts';

/**
 * Runs the command line and returns its exit code. Never throws: whatever goes wrong is said on
 * `io.stderr`.
 *
 * @param models - The models that there are without a configuration file.
 */
export async function runCli(
  args: readonly string[],
  io: CliIo,
  models: readonly ModelEntry[] = builtInModels,
): Promise<number> {
  let code: number = exitCodes.holds;
  const fromFlag = withDrawnSeed(args);
  let { argv } = fromFlag;
  const tellSeed = (seed: number): void => io.stderr.write(`seed ${seed}, drawn at random\n`);
  if (fromFlag.drawn !== undefined) tellSeed(fromFlag.drawn);
  const environment = withDrawnVariable(io.env);
  let project = plainProject(models);
  let commentary = new Commentary(models);
  const commandIo: CommandIo = {
    ...io,
    get argv() {
      return argv;
    },
    get project() {
      return project;
    },
    get commentary() {
      return commentary;
    },
    finish: given => {
      code = given;
    },
  };
  try {
    const program = programFor(commandIo);
    program.hook('preAction', async (_, command) => {
      project = await projectFor(command, program.opts(), models);
      commentary = new Commentary(project.models);
      fillOptions(command, project, environment.env);
      if (environment.drawn === undefined || command.getOptionValueSource('seed') !== 'env') return;
      tellSeed(environment.drawn);
      argv = [...argv, '--seed', String(environment.drawn)];
    });
    await program.parseAsync([...fromFlag.argv], { from: 'user' });
  } catch (error) {
    return reportFailure(error, io.stderr);
  }
  return code;
}

/** What the configuration file says to this command; to one that begins a project there is none. */
async function projectFor(
  command: Command,
  { config }: { readonly config?: string },
  models: readonly ModelEntry[],
): Promise<Project> {
  const file = command.name() === 'init' ? undefined : findConfig(process.cwd(), config);
  return loadProject(file, models);
}

const help = `
Exit codes: 0 all held; 1 violated; 2 wrong use or unreadable input; 3 inconclusive;
4 vacuous; 5 a replay diverged; 70 internal error; 74 a file could not be written or read;
130 interrupted.`;

/** The command line with all of its commands. */
export function programFor(io: CommandIo): Command {
  const program = new Command('highwater')
    .description("formal, property-based verification of Kafka's fault tolerance")
    .version(toolVersion)
    .option(
      '--config <file>',
      'the configuration file (default: highwater.config.ts, .js, .mjs or .json)',
    )
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
  addLivenessCommand(program, io);
  addReplayCommand(program, io);
  addShowCommand(program, io);
  addViewCommand(program, io);
  addShrinkCommand(program, io);
  addSampleCommand(program, io);
  addCorpusCommand(program, io);
  addDefectsCommand(program, io);
  addListCommand(program, io);
  addInitCommand(program, io);
  return program;
}

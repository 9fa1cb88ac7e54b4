import { Command } from 'commander';
import type { Commentary } from '../application/commentary.ts';
import type { Project } from '../application/project/project.ts';
import { toolVersion } from '../application/version.ts';
import type { ModelEntry } from '../catalogue/modelEntry.ts';
import { addCommands } from './commands.ts';
import { exitCodes } from './exitCodes.ts';
import { fillOptions } from './options/fillOptions.ts';
import { withDrawnSeed, withDrawnVariable } from './options/random.ts';
import { errorLine } from './output/errorLine.ts';
import type { CliIo, CommandIo } from './output/io.ts';

/**
 * Runs the command line and returns its exit code. Never throws: whatever goes wrong is said on
 * `io.stderr`.
 *
 * @param models - The models that there are without a configuration file; ours if absent.
 */
export async function runCli(
  args: readonly string[],
  io: CliIo,
  models?: readonly ModelEntry[],
): Promise<number> {
  let code: number = exitCodes.holds;
  const fromFlag = withDrawnSeed(args);
  let { argv } = fromFlag;
  const tellSeed = (seed: number): void => io.stderr.write(`seed ${seed}, drawn at random\n`);
  if (fromFlag.drawn !== undefined) tellSeed(fromFlag.drawn);
  const environment = withDrawnVariable(io.env);
  let subject: Subject | undefined;
  const commandIo: CommandIo = {
    ...io,
    get argv() {
      return argv;
    },
    get project() {
      return loaded(subject).project;
    },
    get commentary() {
      return loaded(subject).commentary;
    },
    finish: given => {
      code = given;
    },
  };
  try {
    const program = await programFor(commandIo, fromFlag.argv);
    program.hook('preAction', async (_, command) => {
      subject = await subjectFor(command, program.opts(), models);
      fillOptions(command, subject.project, environment.env);
      if (environment.drawn === undefined || command.getOptionValueSource('seed') !== 'env') return;
      tellSeed(environment.drawn);
      argv = [...argv, '--seed', String(environment.drawn)];
    });
    await program.parseAsync([...fromFlag.argv], { from: 'user' });
  } catch (error) {
    const { reportFailure } = await import('./output/failure.ts');
    return reportFailure(error, io.stderr);
  }
  return code;
}

/** What a command is about: what there is to work on, and what can be said of its traces. */
interface Subject {
  readonly project: Project;
  readonly commentary: Commentary;
}

/** Loads what there is, as the configuration file says; a command that begins a project has none. */
async function subjectFor(
  command: Command,
  { config }: { readonly config?: string },
  models?: readonly ModelEntry[],
): Promise<Subject> {
  const [{ Commentary }, { findConfig }, { loadProject }] = await Promise.all([
    import('../application/commentary.ts'),
    import('../application/project/findConfig.ts'),
    import('../application/project/loadProject.ts'),
  ]);
  const file = command.name() === 'init' ? undefined : findConfig(process.cwd(), config);
  const project = await loadProject(file, models);
  return { project, commentary: new Commentary(project.models, project.builtIn) };
}

function loaded(subject: Subject | undefined): Subject {
  if (subject === undefined) throw new Error('a command is asked for what is not loaded');
  return subject;
}

const help = `
Exit codes: 0 all held; 1 violated; 2 wrong use or unreadable input; 3 inconclusive;
4 vacuous; 5 a replay diverged; 70 internal error; 74 a file could not be written or read;
130 interrupted.`;

/** The command line with the command that the arguments ask for, or all of its commands. */
export async function programFor(io: CommandIo, args: readonly string[]): Promise<Command> {
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
      outputError: (text, write) => write(errorLine(text.replace(/^error: /, ''), 'wrong-use')),
    })
    .exitOverride()
    .addHelpText('after', help);
  await addCommands(program, io, args);
  return program;
}

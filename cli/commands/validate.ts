import { type Command, Option } from 'commander';
import { findLogs } from '../../application/validate/logFiles.ts';
import type { ValidatedPart } from '../../application/validate/validatedPart.ts';
import { validateLogs } from '../../application/validate/validateLogs.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import { MOST_VALIDATED_STATES } from '../../checker/validate/validate.ts';
import { parseRelease, releaseExpected } from '../../models/description/release.ts';
import { exitCodes } from '../exitCodes.ts';
import { addOutputOptions, type OutputOptions } from '../options/common.ts';
import type { CommandIo } from '../output/io.ts';
import { printJson } from '../output/printJson.ts';
import { makeOutFolder, saveTrace } from '../output/saveTrace.ts';
import { stylerFor } from '../output/style.ts';
import { validateText } from '../validate/validateText.ts';

interface ValidateOptions extends OutputOptions {
  readonly kafka?: string;
  readonly states: string;
  readonly out?: string;
}

const help = `
Looks for a run of a model that shows what a log tells of. Logs are:
  what kafka-dump-log.sh --cluster-metadata-decoder prints of the metadata log (segments, and the
    snapshot before them if they do not begin at offset 0): every partition is held to the
    controller's half of replication
  what nodes log (server.log, state-change.log, controller.log), and leader-epoch-checkpoint and
    quorum-state of their disks: held to the metadata log, and to each other
  JSON lines that begin with {"format":"highwater-log", ...}, for any model
  JSON lines that begin with {"format":"highwater-history", ...}: what clients were told, held to
    what they are promised
docs/validating.md says how to get them. Of a folder, files that are none of these are left out.

For each it says whether it is explained, by how many steps and compared fields, or the first line
that nothing explains, with the step that comes nearest and the guard that is false.

Exit codes: 0 all is explained; 1 something is not, or a history is broken; 2 a file cannot be read;
3 inconclusive; 4 nothing was said that a run could contradict.`;

/** Adds `validate`. */
export function addValidateCommand(program: Command, io: CommandIo): void {
  const command = program
    .command('validate')
    .summary('hold the logs of a real cluster to the models')
    .description('hold the logs of a real cluster to the models, and say what they do not explain')
    .argument('<logs...>', 'files, or folders of them')
    .option('--kafka <release>', 'the release of the controllers (default: by metadata.version)')
    .addOption(
      new Option('--states <number>', 'distinct states after which a search gives up').default(
        String(MOST_VALIDATED_STATES),
      ),
    )
    .option('--out <dir>', 'save the runs that explain the logs, as traces');
  addOutputOptions(command);
  command.addHelpText('after', help);
  command.action((paths: string[], options: ValidateOptions) => {
    if (options.kafka !== undefined && parseRelease(options.kafka) === undefined) {
      throw new UsageError(
        `--kafka: expected ${releaseExpected}, found "${options.kafka}"`,
        'wrong-value',
      );
    }
    if (options.out !== undefined) makeOutFolder(options.out);
    const { files, ignored } = findLogs(paths);
    for (const file of ignored) io.stderr.write(`${file}: left out: it is no log\n`);
    const parts = validateLogs(files, {
      models: io.project.models,
      kafka: options.kafka,
      mostStates: statesOf(options.states),
    });
    const saved = options.out === undefined ? [] : savedIn(options.out, parts);
    if (options.json) printJson(io.stdout, 'validate', { parts: parts.map(jsonOf), saved });
    else {
      io.stdout.write(validateText(parts, stylerFor(io.stdout, options.color)));
      if (parts.length === 0) io.stdout.write('nothing was said that a run could contradict\n');
      for (const path of saved) io.stdout.write(`saved ${path}\n`);
    }
    io.finish(exitCodeOf(parts));
  });
}

function statesOf(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new UsageError(`--states: expected a whole number from 1, found "${text}"`, 'wrong-value');
}

function savedIn(folder: string, parts: readonly ValidatedPart[]): string[] {
  return parts.flatMap(({ name, traces }) =>
    traces.map((trace, index) => {
      const number = traces.length > 1 ? `--${index + 1}` : '';
      return saveTrace(folder, `${name.replace(/[^\w.-]+/g, '-')}${number}`, trace);
    }),
  );
}

function jsonOf({ traces: _, unexplained, ...part }: ValidatedPart) {
  return { ...part, unexplained };
}

/** One part of the logs in the JSON document of `validate`. */
export type ValidatedPartJson = ReturnType<typeof jsonOf>;

function exitCodeOf(parts: readonly ValidatedPart[]): number {
  const verdicts = new Set(parts.map(({ verdict }) => verdict));
  if (verdicts.has('unexplained')) return exitCodes.violated;
  if (verdicts.has('inconclusive')) return exitCodes.inconclusive;
  return verdicts.has('explained') ? exitCodes.holds : exitCodes.vacuous;
}

import { type Command, InvalidArgumentError } from 'commander';

const needsFile = ['junit', 'markdown', 'sarif'] as const;
const takesFile = ['json', ...needsFile] as const;
const names = ['text', ...takesFile, 'github'] as const;

/** Where and in which form a result goes; without a file to stdout, or as annotations to stderr. */
export interface Reporter {
  readonly name: (typeof names)[number];
  readonly file?: string;
}

/** What a command line says about reporters. */
export interface ReporterOptions {
  readonly reporter?: readonly Reporter[];
}

/** Adds `--reporter`. */
export function addReporterOption(command: Command): Command {
  return command.option(
    '--reporter <name[=file]>',
    'text, json, junit=<file>, markdown=<file>, sarif=<file> or github, besides what is printed (repeatable)',
    addReporter,
  );
}

/** Reads `name` or `name=file` and adds it to those given before. */
function addReporter(text: string, before: readonly Reporter[] = []): readonly Reporter[] {
  const [, given = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  const name = names.find(known => known === given);
  if (name === undefined) {
    throw new InvalidArgumentError(`Expected one of ${names.join(', ')}.`);
  }
  const mayHaveFile = takesFile.some(known => known === name);
  if (file !== undefined && !mayHaveFile) {
    throw new InvalidArgumentError(`${name} takes no file.`);
  }
  if (file === '' || (file === undefined && needsFile.some(known => known === name))) {
    throw new InvalidArgumentError(`Expected ${name}=<file>.`);
  }
  if (before.some(each => each.name === name && each.file === file)) return before;
  return [...before, file === undefined ? { name } : { name, file }];
}

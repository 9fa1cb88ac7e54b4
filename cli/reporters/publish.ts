import { appendFileSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../../catalogue/usageError.ts';
import type { OutputOptions } from '../options/common.ts';
import type { CommandIo } from '../output/io.ts';
import { jsonDocument } from '../output/printJson.ts';
import { annotations } from './annotations.ts';
import { junitXml } from './junit.ts';
import { MOST_BYTES, markdownReport } from './markdown.ts';
import type { Report } from './report.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';
import { sarifReport } from './sarif.ts';

/** The result of a command in every form; each is made only if somebody wants it. */
export interface Result {
  /** The command in the JSON document. */
  readonly command: string;
  text(): string;
  json(): object;
  report(): Report;
}

/**
 * Prepares to write the result of a command to wherever the user wants it: before the search, so that
 * a long one does not end in an error. Files are emptied, so that no report of an earlier run can be
 * taken for one of this run.
 *
 * @returns what writes the result.
 * @throws UsageError when a file cannot be written, or two results would go to one place.
 */
export function openReporters(
  options: OutputOptions & ReporterOptions,
  io: CommandIo,
): (result: Result) => void {
  const chosen = options.reporter ?? [];
  const toStdout = stdoutForm(chosen, options.json === true);
  const files = chosen.flatMap(({ name, file }) => (file === undefined ? [] : [{ name, file }]));
  const twice = files.find(
    ({ file }, index) => files.findIndex(each => each.file === file) < index,
  );
  if (twice !== undefined) throw new UsageError(`--reporter: two reports go to ${twice.file}`);
  for (const { name, file } of files) prepare(`--reporter ${name}=${file}`, file);
  const { GITHUB_STEP_SUMMARY: summary = '', GITHUB_ACTIONS } = io.env;
  if (summary !== '') append('GITHUB_STEP_SUMMARY', summary, '');
  const annotates = GITHUB_ACTIONS === 'true' || chosen.some(({ name }) => name === 'github');
  return result => {
    let made: Report | undefined;
    const report = (): Report => {
      made ??= result.report();
      return made;
    };
    io.stdout.write(toStdout === 'text' ? result.text() : jsonOf(result));
    for (const { name, file } of files) {
      write(`--reporter ${name}=${file}`, file, contentFor(name, result, report));
    }
    if (summary !== '') {
      const room = MOST_BYTES - statSync(summary).size;
      append('GITHUB_STEP_SUMMARY', summary, markdownReport(report(), room));
    }
    // Workflow commands are read from both streams; stdout may hold one JSON document.
    if (annotates) {
      for (const line of annotations(report())) io.stderr.write(`${line}\n`);
    }
  };
}

function stdoutForm(chosen: readonly Reporter[], json: boolean): 'text' | 'json' {
  const forms = chosen.filter(({ file }) => file === undefined).map(({ name }) => name);
  const wantsJson = json || forms.includes('json');
  if (wantsJson && forms.includes('text')) {
    throw new UsageError('--reporter text: JSON is to go to stdout already');
  }
  return wantsJson ? 'json' : 'text';
}

function contentFor(name: Reporter['name'], result: Result, report: () => Report): string {
  switch (name) {
    case 'json':
      return jsonOf(result);
    case 'junit':
      return junitXml(report());
    case 'markdown':
      return markdownReport(report());
    case 'sarif':
      return sarifReport(report());
    case 'text':
    case 'github':
      throw new TypeError(`${name} goes into no file`);
  }
}

function jsonOf(result: Result): string {
  return jsonDocument(result.command, result.json());
}

function prepare(option: string, file: string): void {
  attempt(option, () => mkdirSync(dirname(file), { recursive: true }));
  write(option, file, '');
}

function write(option: string, file: string, content: string): void {
  attempt(option, () => writeFileSync(file, content));
}

function append(option: string, file: string, content: string): void {
  attempt(`${option} ${file}`, () => appendFileSync(file, content));
}

function attempt(what: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(`${what}: the file cannot be written (${reason})`, 'unwritable-output');
  }
}

import { oneLine } from './oneLine.ts';

/** What a {@link ConfigError} is made of. */
export interface ConfigProblem {
  /** Name of the file, as the caller gave it; empty when no file was given at all. */
  readonly file: string;
  /** Where in the file: a line, a key path, a property name; empty when the whole file is meant. */
  readonly place: string;
  /** What should have been there. */
  readonly expected: string;
  /** What was there instead, already quoted where it is a literal. */
  readonly found: string;
}

/**
 * A file that cannot be turned into a cluster description. The message is always one line and names
 * the file, the place, what was expected and what was found. The only error that
 * `describeCluster` throws.
 */
export class ConfigError extends Error {
  readonly file: string;
  readonly place: string;
  readonly expected: string;
  readonly found: string;

  constructor(problem: ConfigProblem) {
    super(messageOf(problem));
    this.name = 'ConfigError';
    this.file = problem.file;
    this.place = problem.place;
    this.expected = problem.expected;
    this.found = problem.found;
  }
}

function messageOf(problem: ConfigProblem): string {
  const parts = [problem.file, problem.place]
    .filter(part => part !== '')
    .map(part => oneLine(part));
  const where = parts.length === 0 ? '' : `${parts.join(': ')}: `;
  return `${where}expected ${oneLine(problem.expected, 400)}, found ${oneLine(problem.found, 400)}`;
}

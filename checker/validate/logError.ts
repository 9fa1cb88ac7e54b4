/** A log that cannot be read; the message names the file, the line and what was expected. */
export class LogError extends Error {
  override readonly name = 'LogError';
  readonly file: string;
  /** Counted from 1; 0 where it is about the whole file. */
  readonly line: number;

  constructor(file: string, line: number, problem: string) {
    super(line === 0 ? `${file}: ${problem}` : `${file}:${line}: ${problem}`);
    this.file = file;
    this.line = line;
  }
}

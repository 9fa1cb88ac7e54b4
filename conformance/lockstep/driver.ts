import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { JsonValue } from '../../checker/state/json.ts';
import type { KafkaJars } from '../kafka/jars.ts';

/** A small heap, one thread for garbage, and the quick compiler alone: a driver starts in a second. */
const flags = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData'];

/** A Java process that takes a JSON command a line and answers each with a line. */
export class Driver {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #folder: string;
  readonly #answers: AsyncIterator<string>;
  #said = '';

  /** Starts the class with a folder of its own, which is gone when the driver is closed. */
  constructor(jars: KafkaJars, classes: string, main: string) {
    this.#folder = mkdtempSync(join(tmpdir(), 'highwater-driver-'));
    const classPath = [classes, jars.drivers].join(delimiter);
    this.#process = spawn('java', [...flags, '-cp', classPath, main, this.#folder]);
    this.#process.stderr.on('data', text => {
      this.#said = `${this.#said}${text}`.slice(-4000);
    });
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /**
   * Has the driver do something.
   *
   * @throws {Error} when it cannot: with the stack trace, or what the process last said.
   */
  async ask(command: JsonValue): Promise<unknown> {
    this.#process.stdin.write(`${JSON.stringify(command)}\n`);
    const { done, value } = await this.#answers.next();
    if (done === true) throw new Error(`the driver has ended: ${this.#said}`);
    const answer: unknown = JSON.parse(value);
    if (typeof answer === 'object' && answer !== null && 'error' in answer)
      throw new Error(`${JSON.stringify(command)}: ${answer.error}`);
    return answer;
  }

  /** Ends the process and removes what it has written. */
  async close(): Promise<void> {
    const ended = new Promise(resolve => this.#process.once('close', resolve));
    this.#process.stdin.end();
    await ended;
    rmSync(this.#folder, { recursive: true });
  }
}

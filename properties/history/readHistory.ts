import { LogError } from '../../checker/validate/logError.ts';
import type { ClientEvent } from './history.ts';

/** A history as it was written down. */
interface LoggedHistory {
  /** Whether producers are idempotent, or send each record once and one after the other (see checkSentOnce). */
  readonly sentOnce: boolean;
  readonly events: readonly LoggedEvent[];
}

/** An event of a history, with the line of the file that it stands on. */
interface LoggedEvent {
  readonly line: number;
  readonly event: ClientEvent;
}

/** Whether a text begins as a history does. */
export function isHistory(text: string): boolean {
  return /^\s*\{\s*"format"\s*:\s*"highwater-history"/.test(text);
}

/**
 * Reads what clients were told: JSON, one object a line, the first of which is the header, the others
 * {@link ClientEvent}s in the order in which clients were told them.
 *
 * @throws LogError naming the line that is something else.
 */
export function readHistory(file: string, text: string): LoggedHistory {
  const lines = text
    .split(/\r?\n/)
    .map((content, index) => ({ line: index + 1, content: content.trim() }))
    .filter(({ content }) => content !== '');
  const [header, ...events] = lines.map(({ line, content }) => ({
    line,
    value: parse(file, line, content),
  }));
  if (header === undefined) throw new LogError(file, 0, 'expected a history, found nothing');
  const { format, formatVersion, sentOnce = false } = header.value;
  const isHeader = format === 'highwater-history' && formatVersion === 1;
  if (!isHeader || typeof sentOnce !== 'boolean') {
    const expected =
      '{"format":"highwater-history","formatVersion":1}, with or without "sentOnce":true';
    throw new LogError(file, header.line, `expected ${expected}`);
  }
  return {
    sentOnce,
    events: events.map(({ line, value }) => ({
      line,
      event: new EventFields(file, line, value).event(),
    })),
  };
}

type Json = Readonly<Record<string, unknown>>;

function parse(file: string, line: number, content: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    value = undefined;
  }
  if (isObject(value)) return value;
  throw new LogError(file, line, 'expected a JSON object');
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields that each kind of event has beside `kind` and `partition`. */
const known: Readonly<Record<ClientEvent['kind'], readonly string[]>> = {
  acknowledged: ['client', 'leaderEpoch', 'offset', 'record'],
  read: ['client', 'leaderEpoch', 'from', 'to', 'records'],
  endOffset: ['client', 'leaderEpoch', 'offset'],
  deleted: ['before'],
};

/** Reads the fields of one line. */
class EventFields {
  readonly #file: string;
  readonly #line: number;
  readonly #value: Json;

  constructor(file: string, line: number, value: Json) {
    this.#file = file;
    this.#line = line;
    this.#value = value;
  }

  event(): ClientEvent {
    const kind = this.#kind();
    const extra = Object.keys(this.#value).find(
      name => !['kind', 'partition', ...known[kind]].includes(name),
    );
    if (extra !== undefined) throw this.#wrong(extra, `one of ${known[kind].join(', ')}`);
    const partition = this.#text('partition');
    switch (kind) {
      case 'deleted':
        return { kind, partition, before: this.#number('before') };
      case 'acknowledged':
        return {
          kind,
          ...this.#told(),
          offset: this.#number('offset'),
          record: this.#text('record'),
        };
      case 'endOffset':
        return { kind, ...this.#told(), offset: this.#number('offset') };
      case 'read':
        return {
          kind,
          ...this.#told(),
          from: this.#number('from'),
          to: this.#number('to'),
          records: this.#records(),
        };
    }
  }

  #kind(): ClientEvent['kind'] {
    const { kind } = this.#value;
    const found = Object.keys(known).find((name): name is ClientEvent['kind'] => name === kind);
    if (found !== undefined) return found;
    throw this.#wrong('kind', Object.keys(known).join(', '));
  }

  #told(): { client: string; partition: string; leaderEpoch?: number } {
    const told = { client: this.#text('client'), partition: this.#text('partition') };
    return 'leaderEpoch' in this.#value
      ? { ...told, leaderEpoch: this.#number('leaderEpoch') }
      : told;
  }

  #records(): { offset: number; record: string }[] {
    const { records } = this.#value;
    if (!Array.isArray(records)) throw this.#wrong('records', 'a list of {"offset", "record"}');
    return records.map((each: unknown) => {
      if (!isObject(each)) throw this.#wrong('records', 'a list of {"offset", "record"}');
      const fields = new EventFields(this.#file, this.#line, each);
      return { offset: fields.#number('offset'), record: fields.#text('record') };
    });
  }

  #number(name: string): number {
    const value = this.#value[name];
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
    throw this.#wrong(name, 'a whole number from 0');
  }

  #text(name: string): string {
    const value = this.#value[name];
    if (typeof value === 'string' && value !== '') return value;
    throw this.#wrong(name, 'a text');
  }

  #wrong(name: string, expected: string): LogError {
    const found = JSON.stringify(this.#value[name]) ?? 'nothing';
    return new LogError(this.#file, this.#line, `${name}: expected ${expected}, found ${found}`);
  }
}

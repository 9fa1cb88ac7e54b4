import type { TraceJson } from '../../../checker/trace/traceFile.ts';

/**
 * A place in the state that is shown and the same place in the state before, so that whoever reads
 * a value knows whether the step changed it. Nothing is taken for granted of what is there: a trace
 * may come from an extended model, from another version of it, or from somebody who means harm.
 */
export class Place {
  readonly now: TraceJson;
  /** Undefined if there is no state before: then nothing has changed. */
  readonly before: TraceJson | undefined;

  constructor(now: TraceJson, before?: TraceJson) {
    this.now = now;
    this.before = before;
  }

  /** The place at the end of a path of keys and indices; null where there is nothing. */
  at(...path: readonly (string | number)[]): Place {
    return new Place(
      path.reduce(childOf, this.now),
      this.before === undefined ? undefined : path.reduce(childOf, this.before),
    );
  }

  get changed(): boolean {
    return this.before !== undefined && !isSame(this.now, this.before);
  }

  get text(): string | undefined {
    return typeof this.now === 'string' ? this.now : undefined;
  }

  get number(): number | undefined {
    return typeof this.now === 'number' ? this.now : undefined;
  }

  /** Whether the flag here is set. */
  get isSet(): boolean {
    return this.now === true;
  }

  /** The elements of the list here; none if it is not a list. */
  get list(): readonly Place[] {
    return Array.isArray(this.now) ? this.now.map((_, index) => this.at(index)) : [];
  }

  /** The texts of the list here, without what is no text. */
  get texts(): readonly string[] {
    return this.list.flatMap(({ text }) => text ?? []);
  }

  /** The keys of the record here; none if it is not a record. */
  get keys(): readonly string[] {
    return isRecord(this.now) ? Object.keys(this.now) : [];
  }

  /** Each field of the record here with its name. */
  get entries(): readonly (readonly [string, Place])[] {
    return this.keys.map(key => [key, this.at(key)] as const);
  }

  get isRecord(): boolean {
    return isRecord(this.now);
  }

  get isList(): boolean {
    return Array.isArray(this.now);
  }

  /** The same place in the state before; the place itself if there is none. */
  get past(): Place {
    return new Place(this.before ?? this.now);
  }
}

/** The place at the root of a state, by its number. */
export function placeOf(states: readonly TraceJson[], step: number): Place {
  return new Place(states[step] ?? null, states[step - 1]);
}

function childOf(value: TraceJson, key: string | number): TraceJson {
  if (Array.isArray(value)) return typeof key === 'number' ? (value[key] ?? null) : null;
  return isRecord(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null;
}

function isRecord(value: TraceJson): value is { [key: string]: TraceJson } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Whether two values are equal. What the step left as it was is shared, and soon found to be. */
function isSame(a: TraceJson, b: TraceJson): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((x, i) => isSame(x, b[i] ?? null));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => Object.hasOwn(b, key) && isSame(a[key] ?? null, b[key] ?? null))
  );
}

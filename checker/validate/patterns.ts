import { type ActionInstance, type CompiledModel, labelOf } from '../core/compiledModel.ts';
import { type FieldPath, fieldPath } from '../state/fieldPath.ts';
import type { JsonValue } from '../state/json.ts';
import type { Observation, Reading, StepPattern } from './observation.ts';

/** An observation that says what no run of the model can; the message names the line. */
export class ObservationError extends Error {
  override readonly name = 'ObservationError';
}

/** A field that was observed, or one that must not have changed, and is something else. */
export interface Mismatch {
  readonly path: string;
  readonly observed: JsonValue;
  readonly model: JsonValue;
}

interface ExpectedField {
  readonly field: FieldPath;
  readonly value: JsonValue;
  readonly text: string;
}

/** A reading made ready for a model: which of its instances it allows, and what it compares. */
export class CompiledReading {
  readonly kind: 'step' | 'state';
  /** The line after the last one that it takes. */
  readonly next: number;
  /** The instances that it may be, by number. */
  readonly instances: ReadonlySet<number>;
  /** How many fields it compares. */
  readonly fields: number;
  /** Whether it tells of a change alone, and not which step made it. */
  readonly #tellsOfChange: boolean;
  readonly #expected: readonly ExpectedField[];
  /** Watched fields that it does not name: they stay as they are. */
  readonly #kept: readonly FieldPath[];

  constructor(
    model: CompiledModel,
    reading: Reading,
    { at, watched }: { readonly at: number; readonly watched: readonly FieldPath[] },
  ) {
    this.kind = reading.kind ?? 'step';
    this.next = at + (reading.lines ?? 1);
    this.instances = instancesOf(model, reading.steps);
    const state = Object.entries(reading.state ?? {});
    this.fields = state.length;
    this.#tellsOfChange = this.kind === 'step' && reading.steps === undefined && state.length > 0;
    this.#expected = state.map(([path, value]) => ({
      field: fieldPath(model.schema, path),
      value,
      text: JSON.stringify(value),
    }));
    const paths = state.map(([path]) => path);
    this.#kept = watched.filter(({ path }) => !paths.some(named => overlap(path, named)));
  }

  /** Whether a state, or the step from `before` to it, is what was observed. */
  matches(before: Uint8Array | undefined, after: Uint8Array): boolean {
    for (const { field, text } of this.#expected) {
      if (JSON.stringify(field.read(after)) !== text) return false;
    }
    if (before === undefined) return true;
    return this.changes(before, after) && this.#kept.every(field => field.isSame(before, after));
  }

  /** Whether a step changes something that was observed, where nothing else is known of it. */
  changes(before: Uint8Array, after: Uint8Array): boolean {
    if (!this.#tellsOfChange) return true;
    return this.#expected.some(({ field }) => !field.isSame(before, after));
  }

  /** Everything that is not as it was observed. */
  mismatches(before: Uint8Array | undefined, after: Uint8Array): Mismatch[] {
    const wrong = this.#expected
      .map(({ field, value }) => ({ path: field.path, observed: value, model: field.read(after) }))
      .filter(({ observed, model }) => JSON.stringify(observed) !== JSON.stringify(model));
    if (before === undefined) return wrong;
    const changed = this.#kept
      .filter(field => !field.isSame(before, after))
      .map(({ path, read }) => ({ path, observed: read(before), model: read(after) }));
    return [...wrong, ...changed];
  }
}

/** Whether one path names the other field, a part of it, or what it is a part of. */
function overlap(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return (
    long.startsWith(short) &&
    (long.length === short.length || '.['.includes(long[short.length] ?? ''))
  );
}

function instancesOf(
  model: CompiledModel,
  steps: readonly StepPattern[] | undefined,
): ReadonlySet<number> {
  if (steps === undefined) return new Set(model.live);
  const found = new Set<number>();
  for (const pattern of steps) {
    const before = found.size;
    model.instances.forEach((instance, index) => {
      if (isInstance(instance, pattern)) found.add(index);
    });
    if (found.size > before || isKnown(model, pattern)) continue;
    const label = labelOf({ name: pattern.action, params: pattern.params ?? {} });
    throw new ObservationError(`the model "${model.model.name}" has no action ${label}`);
  }
  return found;
}

function isInstance({ taken }: ActionInstance, { action, params = {} }: StepPattern): boolean {
  if (taken.name !== action) return false;
  return Object.entries(params).every(([name, value]) => taken.params[name] === value);
}

/** Whether another alternative has taken all of its instances already. */
function isKnown(model: CompiledModel, pattern: StepPattern): boolean {
  return model.instances.some(instance => isInstance(instance, pattern));
}

/** The fields whose every change was observed. */
export function watchedFields(model: CompiledModel, { watched }: Observation): FieldPath[] {
  return watched.map(path => fieldPath(model.schema, path));
}

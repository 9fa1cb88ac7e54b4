import { DeclarationError } from '../declarationError.ts';
import { brief } from '../declarations.ts';
import type { AnyModel, InFlight } from '../model/model.ts';
import type { Field, Fields, PerNodeField, RecordField } from '../state/fields.ts';
import type { AnyState } from '../state/schema.ts';
import { recordProtocol } from '../state/viewObjects.ts';
import type { ReadonlyPerNodeView } from '../state/viewTypes.ts';
import { valueAt } from '../trace/statesOf.ts';
import type { TraceJson, TraceMessage, TraceStep } from '../trace/traceFile.ts';

/** A step as far as messages are concerned. */
export interface Passage {
  readonly step: Pick<TraceStep, 'actor' | 'params' | 'changes'>;
  readonly isFault: boolean;
}

/**
 * Follows messages from the step that sends them to the one that takes them out of flight. Messages are
 * told apart by what they say; of equal ones the oldest is taken to arrive first.
 */
export class Messages {
  readonly all: TraceMessage[] = [];
  readonly #messagesIn: NonNullable<AnyModel['messages']>;
  /** Everything that is a node by its type, and not a fixed word. */
  readonly #nodes: ReadonlySet<string>;
  readonly #protocol: RecordField<Fields>;
  #open: TraceMessage[] = [];
  #messagePaths: readonly string[] = [];

  /** Between whom there can be messages: nodes, and whoever else acts. */
  readonly #lanes: ReadonlySet<string>;
  readonly #model: string;

  constructor({ name, messages, schema, actions }: AnyModel) {
    this.#messagesIn = messages ?? (() => []);
    this.#protocol = schema.protocol;
    this.#nodes = new Set(schema.nodeTypes.flatMap(type => type.all.map(type.nameOf)));
    this.#lanes = new Set([...this.#nodes, ...actions.map(({ actor }) => actor)]);
    this.#model = name;
  }

  /** Begins with the messages of the initial state. */
  start(state: AnyState, json: TraceJson): void {
    this.#add(this.#look(state, json), 0);
  }

  /** Follows a step to its state. Steps are counted from 1. */
  pass(step: number, passage: Passage, state: AnyState, json: TraceJson): void {
    const now = this.#look(state, json);
    const kept: TraceMessage[] = [];
    const gone: TraceMessage[] = [];
    for (const message of this.#open) {
      const at = now.findIndex(other => isSame(message, other));
      if (at < 0) gone.push(message);
      else kept.push(message);
      if (at >= 0) now.splice(at, 1);
    }
    this.#open = kept;
    const isAnswered = now.length > 0;
    for (const message of gone) {
      message.left = step;
      message.fate = this.#fateOf(message, passage, { isAnswered, isAlone: gone.length === 1 });
    }
    this.#add(now, step);
  }

  #add(messages: readonly InFlight[], sent: number): void {
    const added = messages.map(
      ({ name, from, to, content }): TraceMessage => ({
        name,
        from,
        to,
        content,
        sent,
        fate: 'inFlight',
      }),
    );
    this.all.push(...added);
    this.#open.push(...added);
  }

  #fateOf(
    message: TraceMessage,
    { step, isFault }: Passage,
    { isAnswered, isAlone }: { readonly isAnswered: boolean; readonly isAlone: boolean },
  ): TraceMessage['fate'] {
    if (isFault) return 'lost';
    const ignoredPaths = ['budget', ...this.#messagePaths];
    const noticed = step.changes.filter(
      ({ path }) => !ignoredPaths.some(outer => isWithin(path, outer)),
    );
    if (!this.#arrivesIn(message, step)) return 'givenUp';
    // Somebody else has delivered one of several: to the one who has changed by it.
    const isOthers = step.actor !== message.to && !isAlone;
    const isAtReceiver = noticed.some(({ path }) => path.split('.').includes(message.to));
    if (isOthers && !isAtReceiver) return 'givenUp';
    return isAnswered || noticed.length > 0 ? 'delivered' : 'ignored';
  }

  /**
   * A message arrives where its receiver acts and the step names the sender, or where somebody acts who
   * is neither, such as a network that delivers; otherwise one of the two goes on without it.
   */
  #arrivesIn({ from, to }: TraceMessage, { actor, params }: Passage['step']): boolean {
    if (actor !== to) return !this.#nodes.has(actor);
    return !this.#nodes.has(from) || Object.values(params).includes(from);
  }

  /** The messages in a state; notes in which fields they were found. */
  #look({ protocol }: AnyState, json: TraceJson): InFlight[] {
    const readPaths = new Set<string>();
    const scope = watched(protocol, this.#protocol, { path: 'protocol', readPaths });
    const found = this.#messagesIn(scope as never);
    const paths = [...readPaths].filter(path => valueAt(json, path) !== null);
    this.#messagePaths = paths.filter(
      path => !paths.some(other => other !== path && isWithin(other, path)),
    );
    for (const message of found) this.#expectLanes(message);
    return [...found];
  }

  #expectLanes({ name, from, to }: InFlight): void {
    for (const [end, who] of Object.entries({ from, to })) {
      if (this.#lanes.has(who)) continue;
      const place = `model "${this.#model}": messages: "${name}": ${end}`;
      throw DeclarationError.at(place, `${brief(who)} is no node, and nobody who acts`);
    }
  }
}

function isSame(message: InFlight, other: InFlight): boolean {
  return (
    message.name === other.name &&
    message.from === other.from &&
    message.to === other.to &&
    message.content === other.content
  );
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}

/** The same record, noting the paths of the fields that are asked for. */
function watched(
  view: object,
  { fields }: RecordField<Fields>,
  { path, readPaths }: { readonly path: string; readonly readPaths: Set<string> },
): object {
  const properties = Object.entries(fields).map(([name, field]) => {
    const inner = `${path}.${name}`;
    const get = (): unknown => {
      readPaths.add(inner);
      const value: unknown = Reflect.get(view, name);
      // A record is a view of its own, of which the parts are noted.
      if (field.kind === 'record')
        return watched(value as object, field, { path: inner, readPaths });
      return field.kind === 'perNode' && hasNodesInside(field)
        ? watchedNodes(value as AnyNodes, field, { path: inner, readPaths })
        : value;
    };
    return [name, { get, enumerable: true }] as const;
  });
  return Object.defineProperties({}, { ...Object.fromEntries(properties), ...recordProtocol });
}

type AnyNodes = ReadonlyPerNodeView<string, unknown>;

/** Whether each node has parts that are there for each node again: it stands for a whole of its own. */
function hasNodesInside({ element }: PerNodeField<string, Field>): boolean {
  if (element.kind !== 'record') return false;
  return Object.values(element.fields).some(({ kind }) => kind === 'perNode' || kind === 'links');
}

/** The same array by node, of which each element is a record that is watched. */
function watchedNodes(
  view: AnyNodes,
  { type, element }: PerNodeField<string, Field>,
  { path, readPaths }: { readonly path: string; readonly readPaths: Set<string> },
): AnyNodes {
  const { fields } = element as RecordField<Fields>;
  return {
    get: node => {
      const inner = `${path}.${type.nameOf(node)}`;
      readPaths.add(inner);
      return watched(
        view.get(node) as object,
        { kind: 'record', fields },
        { path: inner, readPaths },
      );
    },
    toJSON: () => view.toJSON(),
  };
}

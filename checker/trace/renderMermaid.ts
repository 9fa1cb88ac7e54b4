import { printable, shorten, wrap } from './renderParts.ts';
import type { TraceFile, TraceJson, TraceStep } from './traceFile.ts';

/** What the trace itself does not say. */
export interface MermaidOptions {
  /** The names of the actions that are faults; they are marked. */
  readonly faults?: ReadonlySet<string>;
}

const MOST_STEPS = 25;
/** Lanes with a name of their own; whoever comes later shares one more. */
const MOST_LANES = 8;
const OTHERS = 'others';
/** A lane must be called something. */
const UNNAMED = '?';
const MOST_NAME = 24;
const MOST_LABEL = 120;
const MOST_CLAIM = 300;
const NOTE_WIDTH = 60;
/** Translucent, so that text stays readable on light and on dark pages. */
const RED = 'rgba(220, 38, 38, 0.15)';

/**
 * Shows a trace as a Mermaid sequence diagram: a lane for each actor in the order in which they
 * appear, an arrow for each step that names another node, a note for any other, and last the claim
 * that is broken or reached. Whatever is left out is said to be. Whatever a trace says, it cannot
 * end or change the diagram.
 */
export function renderMermaid(trace: TraceFile, options: MermaidOptions = {}): string {
  return `${new Diagram(trace, options.faults ?? new Set()).lines().join('\n')}\n`;
}

class Diagram {
  readonly #trace: TraceFile;
  readonly #faults: ReadonlySet<string>;
  readonly #nodes: ReadonlySet<string>;
  /** The identifier of each lane by the name of who is in it. */
  readonly #lanes = new Map<string, string>();

  constructor(trace: TraceFile, faults: ReadonlySet<string>) {
    this.#trace = trace;
    this.#faults = faults;
    this.#nodes = nodesOf(trace);
  }

  lines(): string[] {
    const steps = shownSteps(this.#trace.steps);
    const names = steps.flatMap(part => (part.kind === 'gap' ? [] : this.#peopleOf(part.step)));
    this.#declare([...new Set(names.length === 0 ? [this.#trace.model.name] : names)]);
    return [
      'sequenceDiagram',
      ...this.#participants(),
      ...steps.flatMap(part =>
        part.kind === 'gap'
          ? [this.#noteOverAll([`... ${part.missing} steps not shown ...`])]
          : this.#step(part.step, part.index),
      ),
      ...this.#end(),
    ];
  }

  #declare(names: readonly string[]): void {
    for (const [index, name] of names.entries()) {
      this.#lanes.set(name, `lane${Math.min(index, MOST_LANES) + 1}`);
    }
  }

  #participants(): string[] {
    const named = [...this.#lanes].slice(0, MOST_LANES);
    const others = this.#lanes.size > MOST_LANES ? [[OTHERS, `lane${MOST_LANES + 1}`]] : [];
    return [...named, ...others].map(
      ([name = '', lane = '']) =>
        `  participant ${lane} as ${escaped(shorten(name.trim() || UNNAMED, MOST_NAME))}`,
    );
  }

  /** Who a step goes from and to, if it says so; otherwise its actor, and the node that it is about. */
  #peopleOf({ actor, params }: TraceStep): string[] {
    const { from, to } = params;
    // The one who handles a message is the actor, and the message still goes from its sender.
    if (this.#isNode(from) && this.#isNode(to)) return [from, to];
    const target = Object.values(params).find(value => value !== actor && this.#isNode(value));
    return this.#isNode(target) ? [actor, target] : [actor];
  }

  #isNode(value: string | number | null | undefined): value is string {
    return typeof value === 'string' && this.#nodes.has(value);
  }

  #step(step: TraceStep, index: number): string[] {
    const [actor = '', target] = this.#peopleOf(step);
    const from = this.#lanes.get(actor) ?? '';
    const to = target === undefined ? from : (this.#lanes.get(target) ?? '');
    const isFault = this.#faults.has(step.action);
    const shared = from === `lane${MOST_LANES + 1}` || to === `lane${MOST_LANES + 1}`;
    // In a lane of several, only the arguments say who is meant.
    const said = shared ? [] : [actor, target];
    const given = Object.entries(step.params)
      .filter(([, value]) => !said.some(name => name === value))
      .map(([name, value]) => `${name}=${value ?? 'none'}`);
    const who = shared ? `${actor}: ` : '';
    const call = `${who}${step.action}(${given.join(', ')})`;
    const label = shorten(`${index + 1} ${isFault ? 'fault: ' : ''}${call}`, MOST_LABEL);
    const line =
      from === to
        ? note(from, wrap(printable(label), NOTE_WIDTH))
        : `${from}->>${to}: ${escaped(label)}`;
    return isFault ? [`  rect ${RED}`, `    ${line}`, '  end'] : [`  ${line}`];
  }

  /** The claim that the last step breaks or reaches. */
  #end(): string[] {
    const { kind, property } = this.#trace;
    const broken = kind === 'counterexample';
    const text = [
      `${shorten(property.name, MOST_LABEL)} is ${broken ? 'broken' : 'reached'}`,
      ...wrap(shorten(printable(property.clause), MOST_CLAIM), NOTE_WIDTH),
    ];
    const line = this.#noteOverAll(text);
    return broken ? [`  rect ${RED}`, `  ${line}`, '  end'] : [line];
  }

  #noteOverAll(text: readonly string[]): string {
    const lanes = [...new Set(this.#lanes.values())];
    const [first = '', last = first] = [lanes[0], lanes.at(-1)];
    return `  ${note(first === last ? first : `${first},${last}`, text)}`;
  }
}

function note(lanes: string, lines: readonly string[]): string {
  const text = lines.filter(line => line.trim() !== '').map(escaped);
  return `Note over ${lanes}: ${text.join('<br/>')}`;
}

type Part =
  | { readonly kind: 'step'; readonly step: TraceStep; readonly index: number }
  | { readonly kind: 'gap'; readonly missing: number };

/** The steps to show; of many the first and the last, as the end is what breaks the claim. */
function shownSteps(steps: readonly TraceStep[]): Part[] {
  const all = steps.map((step, index): Part => ({ kind: 'step', step, index }));
  if (all.length <= MOST_STEPS) return all;
  const first = Math.floor(MOST_STEPS / 2);
  const last = MOST_STEPS - first;
  const missing = all.length - MOST_STEPS;
  return [...all.slice(0, first), { kind: 'gap', missing }, ...all.slice(-last)];
}

/** The names of nodes: whoever acts, and what the state has under a name such as "server-1". */
function nodesOf({ steps, initial }: TraceFile): Set<string> {
  return new Set([
    ...steps.map(({ actor }) => actor),
    ...keysIn(initial.state).filter(key => /-\d+$/.test(key)),
  ]);
}

function keysIn(value: TraceJson): string[] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap(keysIn);
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)]);
}

/**
 * Text that means nothing to Mermaid: what is not known to be harmless becomes an entity as Mermaid
 * writes them, with `#` for `&#`. A colon or a percent sign would not end a message, but "style ...:"
 * and "%%{" are taken for what they are anywhere in the source.
 */
function escaped(text: string): string {
  return printable(text).replace(
    /[^\p{L}\p{N} .,_=()+*/'!?-]/gu,
    character => `#${character.codePointAt(0)};`,
  );
}

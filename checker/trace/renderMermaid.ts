import { callOf, type DrawnStep, drawnSteps, lanesOf } from './drawnSteps.ts';
import { endingOf } from './endingOf.ts';
import { endsOf, printable, shorten, wrap } from './renderParts.ts';
import type { TraceFile } from './traceFile.ts';

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

/** Of messages; a solid one is somebody who turns to somebody. */
const arrows = { arrives: '-->>', lost: '-x' } as const;

/**
 * Shows a trace as a Mermaid sequence diagram: a lane for each node, an arrow for each step that names
 * another one (dashed where it is a message that arrives, with a cross where one is lost), a note for
 * any other step, and last the claim that is broken or reached. Faults are marked if the trace has a
 * commentary. Whatever is left out is said to be. Whatever a trace says, it cannot end or change the
 * diagram.
 */
export function renderMermaid(trace: TraceFile): string {
  return `${new Diagram(trace).lines().join('\n')}\n`;
}

class Diagram {
  readonly #trace: TraceFile;
  /** The identifier of each lane by the name of who is in it. */
  readonly #lanes = new Map<string, string>();

  constructor(trace: TraceFile) {
    this.#trace = trace;
  }

  lines(): string[] {
    const { first, missing, last } = endsOf(drawnSteps(this.#trace), MOST_STEPS);
    const names = lanesOf([...first, ...last]);
    this.#declare(names.length === 0 ? [this.#trace.model.name] : names);
    return [
      'sequenceDiagram',
      ...this.#participants(),
      ...first.flatMap(step => this.#step(step)),
      ...(missing.length === 0
        ? []
        : [this.#noteOverAll([`... ${missing.length} steps not shown ...`])]),
      ...last.flatMap(step => this.#step(step)),
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

  #step(drawn: DrawnStep): string[] {
    const { number, message, isFault } = drawn;
    const from = this.#lanes.get(drawn.from) ?? '';
    const to = drawn.to === undefined ? from : (this.#lanes.get(drawn.to) ?? '');
    // In a lane of several, only the arguments say who is meant.
    const isShared = [from, to].includes(`lane${MOST_LANES + 1}`);
    const call = `${number} ${isFault ? 'fault: ' : ''}${callOf(drawn, !isShared)}`;
    const label = shorten(call, MOST_LABEL);
    const arrow = message === undefined ? '->>' : arrows[message];
    const line =
      from === to
        ? note(from, wrap(printable(label), NOTE_WIDTH))
        : `${from}${arrow}${to}: ${escaped(label)}`;
    return isFault ? [`  rect ${RED}`, `    ${line}`, '  end'] : [`  ${line}`];
  }

  /** The claim that the last step breaks or reaches. */
  #end(): string[] {
    const { kind, property } = this.#trace;
    const broken = kind === 'counterexample';
    const ending = endingOf(this.#trace);
    const text = [
      ...(ending === undefined ? [] : [ending.text]),
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

import { ConfigError } from './configError.ts';

/** A value of Terraform's language, as far as it is no expression that only Terraform computes. */
export type HclValue =
  | { readonly kind: 'text'; readonly text: string; readonly line: number }
  | { readonly kind: 'list'; readonly items: readonly HclValue[]; readonly line: number }
  | { readonly kind: 'map'; readonly entries: HclEntries; readonly line: number }
  | { readonly kind: 'expression'; readonly text: string; readonly line: number };

type HclEntries = ReadonlyMap<string, HclValue>;

/** A block: `resource "aws_msk_cluster" "main" { ... }`. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: HclEntries;
  readonly blocks: readonly HclBlock[];
  readonly line: number;
}

const SPACE = /(?:\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const BLANK = /(?:[ \t\r]+|\/\*[\s\S]*?\*\/)+/y;
const NAME = /[A-Za-z_][\w-]*/y;
const STRING = /"((?:[^"\\\n]|\\.)*)"/y;
const SCALAR = /(?:-?\d+(?:\.\d+)?|true|false|null)(?=[\s,\])}#]|$)/y;
const HEREDOC = /<<-?([A-Za-z_]\w*)\r?\n(?:([\s\S]*?)\n)?[ \t]*\1(?=[\s,)\]}]|$)/y;

/** Deepest nesting of blocks, lists and maps. */
const DEEPEST = 20;

/**
 * The blocks of a Terraform file. Expressions other than literals, lists and maps of them are kept as text.
 *
 * @throws ConfigError if a block or list has no end.
 */
export function parseHcl(file: string, text: string): readonly HclBlock[] {
  return new HclReader(file, text).blocks();
}

/** One pass over a text; `#at` is where it stands. */
class HclReader {
  readonly #file: string;
  readonly #text: string;
  #at = 0;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
  }

  blocks(): readonly HclBlock[] {
    const { blocks } = this.#body(DEEPEST);
    if (this.#at < this.#text.length) throw this.#unreadable('a block or an attribute');
    return blocks;
  }

  #body(depth: number): Pick<HclBlock, 'attributes' | 'blocks'> {
    const attributes = new Map<string, HclValue>();
    const blocks: HclBlock[] = [];
    if (depth === 0) throw this.#unreadable('less nesting');
    for (;;) {
      this.#take(SPACE);
      const line = this.#line();
      const name = this.#take(NAME)?.[0] ?? this.#take(STRING)?.[1];
      if (name === undefined) return { attributes, blocks };
      this.#take(BLANK);
      if (this.#is('=')) attributes.set(name, this.#value(depth - 1));
      else blocks.push(this.#block(name, line, depth - 1));
    }
  }

  #block(type: string, line: number, depth: number): HclBlock {
    const labels: string[] = [];
    for (;;) {
      this.#take(BLANK);
      const label = this.#take(STRING)?.[1] ?? this.#take(NAME)?.[0];
      if (label === undefined) break;
      labels.push(label);
    }
    if (!this.#is('{')) throw this.#unreadable(`"{" after ${type}`);
    const body = this.#body(depth);
    this.#take(SPACE);
    if (!this.#is('}')) throw this.#unreadable(`the end of the block ${type} of line ${line}`);
    return { type, labels, ...body, line };
  }

  #value(depth: number): HclValue {
    this.#take(SPACE);
    const line = this.#line();
    if (depth <= 0) throw this.#unreadable('less nesting');
    const from = this.#at;
    const whole = this.#literal(line) ?? this.#list(line, depth) ?? this.#map(line, depth);
    this.#take(BLANK);
    // What goes on after it is an expression: "a" == var.b, [1, 2][0].
    if (
      whole !== undefined &&
      /^(?:[\n,\])}#]|\/\/|$)/.test(this.#text.slice(this.#at, this.#at + 2))
    )
      return whole;
    this.#at = from;
    return { kind: 'expression', text: this.#expression(), line };
  }

  #literal(line: number): HclValue | undefined {
    const heredoc = this.#take(HEREDOC);
    if (heredoc !== undefined) return { kind: 'text', text: heredoc[2] ?? '', line };
    const string = this.#take(STRING);
    if (string !== undefined) {
      const text = (string[1] ?? '').replace(/\\(.)/g, (_, each: string) =>
        each === 'n' ? '\n' : each,
      );
      return { kind: 'text', text, line };
    }
    const scalar = this.#take(SCALAR);
    return scalar === undefined ? undefined : { kind: 'text', text: scalar[0], line };
  }

  #list(line: number, depth: number): HclValue | undefined {
    if (!this.#is('[')) return undefined;
    const items: HclValue[] = [];
    for (;;) {
      this.#take(SPACE);
      if (this.#is(']')) return { kind: 'list', items, line };
      const before = this.#at;
      items.push(this.#value(depth - 1));
      this.#take(SPACE);
      if (!this.#is(',') && this.#text[this.#at] !== ']') this.#at = before;
      if (this.#at === before) throw this.#unreadable(`the end of the list of line ${line}`);
    }
  }

  #map(line: number, depth: number): HclValue | undefined {
    if (!this.#is('{')) return undefined;
    const entries = new Map<string, HclValue>();
    for (;;) {
      this.#take(SPACE);
      if (this.#is('}')) return { kind: 'map', entries, line };
      const key = this.#take(STRING)?.[1] ?? this.#take(NAME)?.[0];
      this.#take(BLANK);
      if (key === undefined || !(this.#is('=') || this.#is(':')))
        throw this.#unreadable(`the end of the map of line ${line}`);
      entries.set(key, this.#value(depth - 1));
      this.#take(SPACE);
      this.#is(',');
    }
  }

  /** The text of an expression: to the end of its line, or what it stands in, outside of all brackets. */
  #expression(): string {
    const from = this.#at;
    let open = 0;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text[this.#at] ?? '';
      const string = character === '"' ? this.#take(STRING) : undefined;
      if (string !== undefined) {
        this.#at -= 1;
        continue;
      }
      if ('([{'.includes(character)) open += 1;
      if (open === 0 && '\n,)]}'.includes(character)) break;
      if (')]}'.includes(character)) open -= 1;
    }
    return this.#text.slice(from, this.#at).trim();
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return undefined;
    this.#at += found[0].length;
    return found;
  }

  #is(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #line(): number {
    return this.#text.slice(0, this.#at).split('\n').length;
  }

  #unreadable(expected: string): ConfigError {
    const rest = this.#text.slice(this.#at).split('\n')[0] ?? '';
    const found = rest === '' ? 'the end' : `"${rest.slice(0, 60)}"`;
    return new ConfigError({ file: this.#file, place: `line ${this.#line()}`, expected, found });
  }
}

import type { Leaf } from './layout.ts';
import type { NodeType } from './nodeType.ts';
import { combinationsOf, permutationsOf, type StateMemory } from './permutation.ts';

/** A stretch of bytes that mean the same for every renaming, in the part of certain nodes. */
interface Run {
  readonly start: number;
  readonly end: number;
  readonly slot: string;
  /** The nodes of the signed type along whose dimensions the run lies, outermost first. */
  readonly nodes: readonly number[];
}

/** A reference to nodes: a node, or a set of nodes. */
interface Reference {
  readonly at: number;
  readonly isSet: boolean;
  readonly slot: string;
  readonly nodes: readonly number[];
}

/**
 * Signs the nodes of one type: each node gets the sum of everything the state says of it that no
 * renaming changes. Equal signatures mean "cannot be told apart this way", nothing more.
 */
export class Signer {
  /** The nodes in the order of their signatures. */
  readonly order: number[];
  tied = false;
  inOrder = true;
  readonly #count: number;
  readonly #signatures: Uint32Array;
  readonly #runs: {
    readonly start: Uint16Array;
    readonly end: Uint16Array;
    readonly first: Uint8Array;
    readonly second: Uint8Array;
    /** Whether it is read a word at a time. */
    readonly byWord: Uint8Array;
  };
  readonly #runSalts: Uint32Array;
  /** How many runs are looked at first; the others only break ties. */
  readonly #tellingRuns: number;
  readonly #references: Uint16Array;
  /** How many references are looked at before anything else: those that lie in nobody's part. */
  readonly #commonReferences: number;
  /** For each reference and value: what it adds to each node's signature. */
  readonly #additions: Uint32Array;
  readonly #values: number;

  constructor(leaves: readonly Leaf[], type: NodeType<string>) {
    this.#count = type.count;
    this.#signatures = new Uint32Array(type.count);
    this.order = [...type.all];
    const saltOf = salter();
    const runs = runsOf(leaves, type).sort((a, b) => Number(isTelling(b)) - Number(isTelling(a)));
    this.#tellingRuns = runs.filter(isTelling).length;
    // Those that a renaming takes to each other are read alike: the same bytes are the same hash, wherever they lie.
    const unaligned = new Set(runs.filter(({ start }) => start % 4 !== 0).map(({ slot }) => slot));
    this.#runs = {
      start: Uint16Array.from(runs, run => run.start),
      end: Uint16Array.from(runs, run => run.end),
      first: Uint8Array.from(runs, run => run.nodes[0] ?? NOBODY),
      second: Uint8Array.from(runs, run => run.nodes[1] ?? NOBODY),
      byWord: Uint8Array.from(runs, run => (unaligned.has(run.slot) ? 0 : 1)),
    };
    this.#runSalts = Uint32Array.from(runs, run => saltOf(`${run.slot}#${diagonal(run.nodes)}`));
    const references = referencesOf(leaves, type);
    this.#commonReferences = references.filter(isCommon).length;
    this.#references = Uint16Array.from(references, reference => reference.at);
    this.#values = 2 ** type.count;
    this.#additions = Uint32Array.from(
      references.flatMap(reference => {
        const salt = saltOf(`${reference.slot}@${diagonal(reference.nodes)}`);
        return Array.from({ length: this.#values }, (_, value) =>
          type.all.map(node => additionOf(reference, value, node, salt)),
        ).flat();
      }),
    );
  }

  /** Computes the signatures and the order. */
  sign({ bytes, words }: StateMemory): void {
    const signatures = this.#signatures;
    for (let node = 0; node < this.#count; node++) signatures[node] = 0;
    // Each part is looked at only if what came before does not tell the nodes apart.
    this.#signReferences(bytes, 0, this.#commonReferences);
    this.#sort();
    if (!this.tied) return;
    this.#signRuns(bytes, words, 0, this.#tellingRuns);
    this.#signReferences(bytes, this.#commonReferences, this.#references.length);
    this.#sort();
    if (!this.tied) return;
    this.#signRuns(bytes, words, this.#tellingRuns, this.#runSalts.length);
    this.#sort();
  }

  #signRuns(bytes: Uint8Array, words: Uint32Array, from: number, to: number): void {
    const { start, end, first, second, byWord } = this.#runs;
    const signatures = this.#signatures;
    for (let run = from; run < to; run++) {
      let hash = 0;
      let at = start[run] as number;
      const stop = end[run] as number;
      if (byWord[run] === 1) {
        for (; at + 4 <= stop; at += 4) {
          hash = Math.imul(hash ^ (words[at >> 2] as number), 0x01000193);
          hash ^= hash >>> 15;
        }
      }
      for (; at < stop; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
      if (hash === 0) continue;
      const salt = this.#runSalts[run] as number;
      add(signatures, first[run] as number, mix(hash, salt));
      const other = second[run] as number;
      if (other !== NOBODY) add(signatures, other, mix(hash, ~salt));
    }
  }

  #signReferences(bytes: Uint8Array, from: number, to: number): void {
    const references = this.#references;
    const signatures = this.#signatures;
    const count = this.#count;
    for (let index = from; index < to; index++) {
      const value = bytes[references[index] as number] as number;
      if (value === 0) continue;
      const row = (index * this.#values + value) * count;
      for (let node = 0; node < count; node++) {
        signatures[node] = (signatures[node] as number) + (this.#additions[row + node] as number);
      }
    }
  }

  /** Insertion sort: there are at most eight nodes. */
  #sort(): void {
    const { order } = this;
    const signatures = this.#signatures;
    this.tied = false;
    this.inOrder = true;
    for (let place = 0; place < this.#count; place++) {
      let slot = place;
      const signature = signatures[place] as number;
      while (slot > 0 && (signatures[order[slot - 1] as number] as number) > signature) {
        order[slot] = order[slot - 1] as number;
        slot--;
        this.inOrder = false;
      }
      if (slot > 0 && signatures[order[slot - 1] as number] === signature) this.tied = true;
      order[slot] = place;
    }
  }

  /** A bit per place whose node ties with the one before it. */
  tieMask(): number {
    let mask = 0;
    for (let place = 1; place < this.#count; place++) {
      const [left, right] = [this.order[place - 1] as number, this.order[place] as number];
      if (this.#signatures[left] === this.#signatures[right]) mask |= 1 << place;
    }
    return mask;
  }

  /** Every order that is sorted by signature. */
  tiedOrders(): number[][] {
    const mask = this.tieMask();
    const groups: number[][] = [];
    this.order.forEach((node, place) => {
      if ((mask >> place) & 1) groups.at(-1)?.push(node);
      else groups.push([node]);
    });
    return combinationsOf(groups.map(permutationsOf)).map(parts => parts.flat());
  }
}

const NOBODY = 255;

/** Whether a run is likely to tell nodes apart: a longer stretch of one node's own part. */
function isTelling(run: Run): boolean {
  return run.nodes.length === 1 && run.end - run.start > 4;
}

/**
 * What a reference with this stored value says of a node: that it is referred to, and, if the
 * reference lies in the node's own part, whether it refers to itself and to how many.
 */
function additionOf(reference: Reference, value: number, node: number, salt: number): number {
  const bits = reference.isSet ? value : value === 0 ? 0 : 1 << (value - 1);
  const size = popCount(bits);
  let sum = (bits >> node) & 1 ? mix(size, salt) : 0;
  reference.nodes.forEach((owner, dimension) => {
    if (owner === node) sum += mix(size * 4 + ((bits >> owner) & 1), salt + 2 * dimension + 1);
  });
  return sum >>> 0;
}

/** The nodes of the type along whose dimensions a leaf lies. */
function nodesAlong(leaf: Leaf, type: NodeType<string>): number[] {
  return leaf.coordinates
    .filter(coordinate => coordinate.type === type)
    .map(coordinate => coordinate.index);
}

/** Whether two dimensions meet in one node, which a renaming cannot change. */
function diagonal(nodes: readonly number[]): string {
  return nodes.length > 1 && nodes[0] === nodes[1] ? 'self' : '';
}

function runsOf(leaves: readonly Leaf[], type: NodeType<string>): Run[] {
  const runs: Run[] = [];
  let open: (Run & { end: number; key: string }) | undefined;
  for (const leaf of leaves) {
    const nodes = nodesAlong(leaf, type);
    const plain = leaf.refersTo === undefined || !leaf.refersTo.interchangeable;
    if (!plain || nodes.length === 0) {
      open = undefined;
      continue;
    }
    const key = leaf.coordinates.map(({ index, type: { name } }) => `${name}${index}`).join();
    if (open !== undefined && open.key === key && open.end === leaf.offset) {
      open.end = leaf.offset + leaf.width;
    } else {
      open = {
        start: leaf.offset,
        end: leaf.offset + leaf.width,
        slot: leaf.slot,
        nodes: nodes.slice(0, 2),
        key,
      };
      runs.push(open);
    }
  }
  return runs;
}

/** The references to nodes of the type, those in nobody's part first. */
function referencesOf(leaves: readonly Leaf[], type: NodeType<string>): Reference[] {
  return leaves
    .filter(leaf => leaf.refersTo === type)
    .map(leaf => ({
      at: leaf.offset,
      isSet: leaf.holds === 'nodeSet',
      slot: leaf.slot,
      nodes: nodesAlong(leaf, type),
    }))
    .sort((a, b) => Number(isCommon(b)) - Number(isCommon(a)));
}

/** Whether a reference lies in the part of no node of the type: few do, and they often tell most. */
function isCommon({ nodes }: Reference): boolean {
  return nodes.length === 0;
}

/** Gives every text a number of its own, always the same in the same order of asking. */
function salter(): (text: string) => number {
  const salts = new Map<string, number>();
  return text => {
    const known = salts.get(text);
    if (known !== undefined) return known;
    const salt = Math.imul(salts.size + 1, 0x9e3779b1) >>> 0;
    salts.set(text, salt);
    return salt;
  };
}

function add(signatures: Uint32Array, node: number, amount: number): void {
  signatures[node] = (signatures[node] as number) + amount;
}

function mix(value: number, salt: number): number {
  const mixed = Math.imul(value ^ salt, 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35) >>> 0;
}

function popCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

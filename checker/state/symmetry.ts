import { MOST_INTERCHANGEABLE_NODES, MOST_INTERCHANGEABLE_TYPES } from '../limits.ts';
import { SchemaError } from './errors.ts';
import { leavesOf } from './layout.ts';
import type { NodeType } from './nodeType.ts';
import {
  type CompiledRenaming,
  combinationsOf,
  RenamingCompiler,
  type StateMemory,
} from './permutation.ts';
import { type AnySchema, equalStates } from './schema.ts';
import { Signer } from './signature.ts';

/**
 * Finds the canonical representative of a state: the same state with its interchangeable nodes
 * renamed so that any two states equal up to renaming have the same representative.
 *
 * Nodes are ordered by signature; only nodes with equal signatures are tried in every order, and
 * the smallest result wins. The signature decides how fast this is, never whether it is right.
 */
export class Canonicalizer {
  /** The node types whose members are renamed. */
  readonly types: readonly NodeType<string>[];
  readonly #signers: readonly Signer[];
  readonly #compiler: RenamingCompiler;
  /** The renamings to try for each order and pattern of ties, made when first needed. */
  readonly #candidates = new Map<number, readonly CompiledRenaming[]>();
  /** The exchange of two nodes, and the renaming to an order, made when first needed. */
  readonly #exchanges = new Map<number, CompiledRenaming>();
  readonly #sortings = new Map<number, CompiledRenaming>();
  readonly #candidate: StateMemory;

  /** @throws SchemaError when the schema has more interchangeable node types than it can name. */
  constructor(schema: AnySchema) {
    this.types = schema.nodeTypes.filter(type => type.interchangeable && type.count > 1);
    expectFitting(this.types);
    const leaves = leavesOf(schema.whole);
    this.#signers = this.types.map(type => new Signer(leaves, type));
    this.#compiler = new RenamingCompiler(schema.whole, this.types);
    const words = new Uint32Array(schema.wordLength);
    this.#candidate = { words, bytes: new Uint8Array(words.buffer) };
  }

  /**
   * Whether the signatures alone tell that a state is its own representative. If not, it may be all
   * the same.
   */
  isRepresentative(state: StateMemory): boolean {
    const signers = this.#signers;
    let settled = true;
    for (let index = 0; index < signers.length; index++) {
      const signer = signers[index] as Signer;
      signer.sign(state);
      settled &&= signer.inOrder && !signer.tied;
    }
    return settled;
  }

  /** Writes the canonical representative of `from` into `to`. */
  canonicalize(from: StateMemory, to: StateMemory): void {
    if (this.isRepresentative(from)) to.words.set(from.words);
    else this.representativeOf(from, to);
  }

  /** The same for a state that was given to {@link isRepresentative} just now, which said no. */
  representativeOf(from: StateMemory, to: StateMemory): void {
    if (this.#areTiesEqual(from)) {
      this.#sortingNow().apply(from, to);
      return;
    }
    const candidates = this.#candidatesNow();
    (candidates[0] as CompiledRenaming).apply(from, to);
    for (let index = 1; index < candidates.length; index++) {
      (candidates[index] as CompiledRenaming).apply(from, this.#candidate);
      if (isSmaller(this.#candidate.words, to.words)) to.words.set(this.#candidate.words);
    }
  }

  /**
   * Whether nodes with equal signatures can change places without any change to the state. Then all orders of
   * them give the same, and one is enough: there would be 40,320 of eight nodes.
   */
  #areTiesEqual(state: StateMemory): boolean {
    for (let type = 0; type < this.#signers.length; type++) {
      const { order, tied } = this.#signers[type] as Signer;
      if (!tied) continue;
      const mask = (this.#signers[type] as Signer).tieMask();
      for (let place = 1; place < order.length; place++) {
        if (((mask >> place) & 1) === 0) continue;
        const [one, other] = [order[place - 1] as number, order[place] as number];
        this.#exchange(type, one, other).apply(state, this.#candidate);
        if (!equalStates(state, this.#candidate)) return false;
      }
    }
    return true;
  }

  /** The renaming of two nodes to each other. */
  #exchange(type: number, one: number, other: number): CompiledRenaming {
    const key = (type * 16 + one) * 16 + other;
    const known = this.#exchanges.get(key);
    if (known !== undefined) return known;
    const compiled = this.#compiler.compile(
      this.types.map(({ all }, index) =>
        all.map(node =>
          index !== type ? node : node === one ? other : node === other ? one : node,
        ),
      ),
    );
    this.#exchanges.set(key, compiled);
    return compiled;
  }

  /** One renaming that sorts the nodes of the state that was signed last. */
  #sortingNow(): CompiledRenaming {
    let key = 0;
    for (const { order } of this.#signers) key = keyOfOrder(key, order);
    const known = this.#sortings.get(key);
    if (known !== undefined) return known;
    const compiled = this.#compiler.compile(this.#signers.map(({ order }) => imagesOf(order)));
    this.#sortings.set(key, compiled);
    return compiled;
  }

  /** The renamings that sort the nodes of the state that was signed last. */
  #candidatesNow(): readonly CompiledRenaming[] {
    let key = 0;
    for (const signer of this.#signers) key = keyWith(key, signer);
    const known = this.#candidates.get(key);
    if (known !== undefined) return known;
    const orders = combinationsOf(this.#signers.map(signer => signer.tiedOrders()));
    const compiled = orders.map(order => this.#compiler.compile(order.map(imagesOf)));
    this.#candidates.set(key, compiled);
    return compiled;
  }
}

/** The order of every type fits a safe integer: three bits and a tie bit for each node. */
function isFitting(types: readonly NodeType<string>[]): boolean {
  const nodes = types.reduce((sum, type) => sum + type.count, 0);
  return types.length <= MOST_INTERCHANGEABLE_TYPES && nodes <= MOST_INTERCHANGEABLE_NODES;
}

/** Whether states of a schema can be counted as one where they differ by renaming: it has not too many nodes. */
export function canBeReduced({ nodeTypes }: AnySchema): boolean {
  return isFitting(nodeTypes.filter(({ interchangeable, count }) => interchangeable && count > 1));
}

function expectFitting(types: readonly NodeType<string>[]): void {
  if (isFitting(types)) return;
  const found = types.map(({ name, count }) => `${count} of "${name}"`).join(', ');
  throw new SchemaError(
    `symmetry needs at most ${MOST_INTERCHANGEABLE_NODES} interchangeable nodes in at most ` +
      `${MOST_INTERCHANGEABLE_TYPES} types, found ${found}: declare some of them with ` +
      '{ interchangeable: false }, or explore without symmetry',
  );
}

function keyWith(key: number, signer: Signer): number {
  return keyOfOrder(key, signer.order) * 2 ** signer.order.length + signer.tieMask();
}

function keyOfOrder(key: number, order: readonly number[]): number {
  let extended = key;
  for (let place = 0; place < order.length; place++) {
    extended = extended * 8 + (order[place] as number);
  }
  return extended;
}

/** Where each node goes when nodes are put into this order. */
function imagesOf(order: readonly number[]): number[] {
  return order.map((_, node) => order.indexOf(node));
}

function isSmaller(a: Uint32Array, b: Uint32Array): boolean {
  for (let index = 0; index < a.length; index++) {
    const [left, right] = [a[index] as number, b[index] as number];
    if (left !== right) return left < right;
  }
  return false;
}

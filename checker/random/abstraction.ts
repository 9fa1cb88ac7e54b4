import { isNumber } from '../state/blocks.ts';
import type { Field } from '../state/fields.ts';
import { linkIndex, offsetsOf, scalarCode, sizeOf, strideOf } from '../state/layout.ts';
import type { NodeType } from '../state/nodeType.ts';
import type { AnySchema } from '../state/schema.ts';

/** The bytes of one node, of one link, or of what belongs to none, that the abstraction keeps. */
interface Group {
  readonly kind: number;
  readonly bytes: Uint32Array;
}

/**
 * A coarse view of a state: how many nodes and links are in which combination of lifecycle states,
 * flags and enumerations. Numbers, logs, and who the nodes are, are left out. How many distinct ones a
 * random search has seen says more of its coverage than the number of distinct states, which
 * always grows.
 */
export class Abstraction {
  readonly #groups: readonly Group[];
  /** By word: whether the abstraction looks at it. */
  readonly isSeen: Uint8Array;

  constructor(schema: AnySchema) {
    const protocol = offsetsOf(schema.whole.fields).find(({ name }) => name === 'protocol');
    this.#groups = groupsOf(schema.protocol, protocol?.offset ?? 0);
    this.isSeen = new Uint8Array(schema.wordLength);
    for (const { bytes } of this.#groups) for (const at of bytes) this.isSeen[at >> 2] = 1;
  }

  /** 32 bits that tell the abstraction of this state from most others. */
  of(bytes: Uint8Array): number {
    let sum = 0;
    for (const group of this.#groups) {
      let hash = group.kind;
      for (let index = 0; index < group.bytes.length; index++) {
        hash = Math.imul(hash ^ (bytes[group.bytes[index] as number] as number), 0x01000193);
        hash ^= hash >>> 15;
      }
      // A sum, so that it does not matter which node is in which combination.
      sum = (sum + Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)) | 0;
    }
    return sum >>> 0;
  }
}

function groupsOf(root: Field, offset: number): Group[] {
  const byOwner = new Map<string, { kind: string; bytes: number[] }>();
  collect(root, offset, { owner: '', kind: '' }, (at, { owner, kind }) => {
    const group = byOwner.get(owner) ?? { kind, bytes: [] };
    byOwner.set(owner, group);
    group.bytes.push(at);
  });
  const kinds = [...new Set([...byOwner.values()].map(({ kind }) => kind))];
  return [...byOwner.values()].map(({ kind, bytes }) => ({
    kind: kinds.indexOf(kind) + 1,
    bytes: Uint32Array.from(bytes),
  }));
}

/** Whose a byte is, and of what kind its owner is: equal for nodes of one type, and for their links. */
interface Owner {
  readonly owner: string;
  readonly kind: string;
}

function collect(
  field: Field,
  at: number,
  owner: Owner,
  take: (at: number, owner: Owner) => void,
): void {
  switch (field.kind) {
    case 'record':
      for (const inner of offsetsOf(field.fields)) {
        collect(inner.field, at + inner.offset, owner, take);
      }
      return;
    case 'perNode': {
      const { type, element } = field;
      for (const node of type.all) {
        collect(element, at + node * strideOf(field), ownerIn(owner, type, node), take);
      }
      return;
    }
    case 'links': {
      const { type, element } = field;
      for (const from of type.all) {
        for (const to of type.all) {
          if (from === to) continue;
          const inner = {
            owner: `${owner.owner}/${type.name}-${from}->${to}`,
            kind: `${owner.kind}/${type.name}->`,
          };
          collect(element, at + linkIndex(from, to, type.count) * strideOf(field), inner, take);
        }
      }
      return;
    }
    case 'lifecycle':
      take(at, owner);
      return;
    case 'flag':
    case 'enum':
    case 'optional':
      if (isNamed(field)) for (let byte = 0; byte < sizeOf(field); byte++) take(at + byte, owner);
  }
}

/** What belongs to the only node of a type belongs to whatever the node belongs to. */
function ownerIn({ owner, kind }: Owner, { name, count }: NodeType<string>, node: number): Owner {
  if (count === 1) return { owner, kind };
  return { owner: `${owner}/${name}-${node}`, kind: `${kind}/${name}` };
}

/** Flags and enumerations, optional or not; not numbers, not nodes. */
function isNamed(field: Extract<Field, { kind: 'flag' | 'enum' | 'optional' }>): boolean {
  return !isNumber(field) && scalarCode(field).scalar.kind !== 'node';
}

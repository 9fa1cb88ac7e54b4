import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  enumeration,
  flag,
  int,
  links,
  node,
  nodeSet,
  optional,
  perNode,
  record,
  set,
} from '../../../checker/state/fields.ts';
import { type JsonValue, stateToJson } from '../../../checker/state/json.ts';
import { leavesOf } from '../../../checker/state/layout.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { type AnySchema, type AnyState, defineSchema } from '../../../checker/state/schema.ts';
import { Canonicalizer } from '../../../checker/state/symmetry.ts';
import { casesOf } from '../../long.ts';
import { arbitrarySchema, arbitraryStateJson, bytesText, stateOf } from './arbitrarySchema.ts';
import { everyRenaming, renameNodes } from './renameNodes.ts';

function representativeOf(
  schema: AnySchema,
  canonicalizer: Canonicalizer,
  state: AnyState,
): AnyState {
  const representative = schema.create();
  canonicalizer.canonicalize(state, representative);
  return representative;
}

/** The bytes of every state that is equal to this one up to renaming. */
function orbitOf(schema: AnySchema, json: JsonValue): Set<string> {
  const renamings = everyRenaming(schema.nodeTypes);
  return new Set(renamings.map(names => bytesText(stateOf(schema, renameNodes(json, names)))));
}

interface Sample {
  readonly schema: AnySchema;
  readonly json: JsonValue;
}
const sample: fc.Arbitrary<Sample> = arbitrarySchema().chain(schema =>
  arbitraryStateJson(schema).map(json => ({ schema, json })),
);

describe('the canonical representative, on random schemas', () => {
  test('is the same for every renaming, is a renaming itself, and represents itself', () => {
    fc.assert(
      fc.property(sample, ({ schema, json }) => {
        const canonicalizer = new Canonicalizer(schema);
        const representative = representativeOf(schema, canonicalizer, stateOf(schema, json));
        const expected = bytesText(representative);

        expect(orbitOf(schema, json)).toContain(expected);
        expect(bytesText(representativeOf(schema, canonicalizer, representative))).toBe(expected);
        for (const names of everyRenaming(schema.nodeTypes)) {
          const renamed = stateOf(schema, renameNodes(json, names));
          expect(bytesText(representativeOf(schema, canonicalizer, renamed))).toBe(expected);
        }
      }),
      { seed: 1, numRuns: casesOf(50, 150) },
    );
  });

  test('is shared by two states exactly when one is a renaming of the other', () => {
    const seen = { equal: 0, different: 0 };
    fc.assert(
      fc.property(neighbours, ({ schema, json, other }) => {
        const canonicalizer = new Canonicalizer(schema);
        const left = representativeOf(schema, canonicalizer, stateOf(schema, json));
        const right = representativeOf(schema, canonicalizer, stateOf(schema, other));
        const equal = orbitOf(schema, json).has(bytesText(stateOf(schema, other)));
        seen[equal ? 'equal' : 'different']++;
        expect(bytesText(left) === bytesText(right)).toBe(equal);
      }),
      { seed: 2, numRuns: casesOf(130, 300) },
    );
    expect(seen.equal).toBeGreaterThan(casesOf(20, 50));
    expect(seen.different).toBeGreaterThan(casesOf(20, 50));
  });
});

/** A state, and a renaming of it in which a few values may come from a third state. */
const neighbours: fc.Arbitrary<Sample & { readonly other: JsonValue }> = arbitrarySchema().chain(
  schema => {
    const leaves = leavesOf(schema.whole);
    return fc
      .record({
        json: arbitraryStateJson(schema),
        donor: arbitraryStateJson(schema),
        taken: fc.array(fc.nat(leaves.length - 1), { maxLength: 2 }),
        names: fc.constantFrom(...everyRenaming(schema.nodeTypes)),
      })
      .map(({ json, donor, taken, names }) => {
        const [mixed, source] = [stateOf(schema, json), stateOf(schema, donor)];
        for (const index of taken) {
          const { offset, width } = leaves[index] ?? { offset: 0, width: 0 };
          mixed.bytes.set(source.bytes.subarray(offset, offset + width), offset);
        }
        return { schema, json, other: renameNodes(stateToJson(schema, mixed), names) };
      });
  },
);

describe('the canonical representative, by hand', () => {
  const server = nodeType('server', 3);
  const schema = defineSchema({
    protocol: {
      mode: perNode(server, enumeration('up', 'down')),
      chosen: node(server),
      group: nodeSet(server),
      wires: links(server, record({ load: int(0, 9) })),
    },
    ghost: {},
    budget: {},
  });
  const canonicalizer = new Canonicalizer(schema);
  const [first, second, third] = server.all;

  test('moves elements, references, sets and links together', () => {
    if (first === undefined || second === undefined || third === undefined) throw new Error();
    const [a, b] = [schema.create(), schema.create()];
    a.protocol.mode.set(first, 'down');
    a.protocol.chosen = first;
    a.protocol.group.add(second);
    a.protocol.wires.get(first, second).load = 4;
    b.protocol.mode.set(third, 'down');
    b.protocol.chosen = third;
    b.protocol.group.add(first);
    b.protocol.wires.get(third, first).load = 4;
    expect(bytesText(representativeOf(schema, canonicalizer, a))).toBe(
      bytesText(representativeOf(schema, canonicalizer, b)),
    );
  });

  test('keeps the direction of a link', () => {
    if (first === undefined || second === undefined) throw new Error();
    const [a, b] = [schema.create(), schema.create()];
    for (const state of [a, b]) state.protocol.chosen = first;
    a.protocol.wires.get(first, second).load = 4;
    b.protocol.wires.get(second, first).load = 4;
    expect(bytesText(representativeOf(schema, canonicalizer, a))).not.toBe(
      bytesText(representativeOf(schema, canonicalizer, b)),
    );
  });

  test.each([0, 1, 2, 3])('is the same wherever in a word a set begins: %i bytes on', bytes => {
    const before = Array.from({ length: bytes }, (_, at) => [`before${at}`, flag()]);
    const of = defineSchema({
      protocol: {
        before: record({ none: flag(), ...Object.fromEntries(before) }),
        chosen: perNode(server, record({ one: node(server) })),
        rounds: set(record({ of: optional(node(server)), number: int(0, 4) })),
      },
      ghost: {},
      budget: {},
    });
    if (second === undefined) throw new Error();
    const representatives = server.all.map(one => {
      const state = of.create();
      for (const each of server.all) state.protocol.chosen.get(each).one = second;
      state.protocol.rounds.add({ of: one, number: 1 });
      return bytesText(representativeOf(of, new Canonicalizer(of), state));
    });
    expect(representatives[0]).toBe(representatives[2]);
    expect(representatives[0]).not.toBe(representatives[1]);
  });

  test('does not rename nodes of a type that is not interchangeable', () => {
    const site = nodeType('site', 2, { interchangeable: false });
    const fixed = defineSchema({ protocol: { main: node(site) }, ghost: {}, budget: {} });
    const still = new Canonicalizer(fixed);
    expect(still.types).toEqual([]);
    const texts = site.all.map(place => {
      const state = fixed.create();
      state.protocol.main = place;
      return bytesText(representativeOf(fixed, still, state));
    });
    expect(new Set(texts).size).toBe(2);
  });

  test('is refused for more than two interchangeable node types', () => {
    const wide = defineSchema({
      protocol: {
        a: nodeSet(nodeType('red', 2)),
        b: nodeSet(nodeType('green', 2)),
        c: nodeSet(nodeType('blue', 2)),
      },
      ghost: {},
      budget: {},
    });
    expect(() => new Canonicalizer(wide)).toThrow('at most 2 types');
  });
});

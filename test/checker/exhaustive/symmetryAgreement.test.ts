import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CompiledModel } from '../../../checker/core/compiledModel.ts';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { type AnyModel, actionsOf, defineModel } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { type AnyProperty, anyProperties } from '../../../checker/model/property.ts';
import type { ExplorationResult } from '../../../checker/results/result.ts';
import { enumeration, node, nodeSet, optional, perNode } from '../../../checker/state/fields.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { casesOf } from '../../long.ts';
import { invariant, sometimes, toyModel } from '../subjects/toys.ts';

const colours = ['red', 'green', 'blue'] as const;
type Colour = (typeof colours)[number];

/** One random rule: when `self` and `other` look like this, they change like that. */
interface Rule {
  readonly self: Colour;
  readonly other: Colour | 'any';
  readonly inGroup: boolean | 'any';
  readonly same: boolean;
  readonly becomes: Colour;
  readonly otherBecomes: Colour | 'same';
  readonly group: 'add' | 'delete' | 'keep';
  readonly choose: 'self' | 'other' | 'none' | 'keep';
}

const rule: fc.Arbitrary<Rule> = fc.record({
  self: fc.constantFrom(...colours),
  other: fc.constantFrom(...colours, 'any'),
  inGroup: fc.constantFrom<boolean | 'any'>(true, false, 'any'),
  same: fc.boolean(),
  becomes: fc.constantFrom(...colours),
  otherBecomes: fc.constantFrom(...colours, 'same'),
  group: fc.constantFrom('add', 'delete', 'keep'),
  choose: fc.constantFrom('self', 'other', 'none', 'keep'),
});

/** What must not happen (or, as a goal, must): this many nodes of a colour, all in the group. */
interface Claim {
  readonly colour: Colour;
  readonly count: number;
}
const claim: fc.Arbitrary<Claim> = fc.record({
  colour: fc.constantFrom(...colours),
  count: fc.integer({ min: 1, max: 3 }),
});

function schemaOf(count: number) {
  const item = nodeType('item', count);
  const schema = defineSchema({
    protocol: {
      shade: perNode(item, enumeration(...colours)),
      group: nodeSet(item),
      chosen: optional(node(item)),
    },
    ghost: {},
    budget: {},
  });
  return { item, schema };
}

/** A random model that treats all nodes alike: rules speak of "self" and "other" only. */
function build(
  count: number,
  rules: readonly Rule[],
  claims: readonly Claim[],
): [AnyModel, readonly AnyProperty[]] {
  const { item, schema } = schemaOf(count);
  const action = actionsOf(schema, {});
  const model = defineModel({
    ...toyModel,
    name: 'random',
    schema,
    initialStates: [() => undefined],
    actions: rules.map((each, index) =>
      action({
        name: `rule${index}`,
        kind: 'protocol',
        actor: 'self',
        params: { self: anyNode(item), other: anyNode(item) },
        enabled: ({ protocol }, { self, other }) =>
          each.same === (self === other) &&
          protocol.shade.get(self) === each.self &&
          (each.other === 'any' || protocol.shade.get(other) === each.other) &&
          (each.inGroup === 'any' || protocol.group.has(self) === each.inGroup),
        step: ({ protocol }, { self, other }) => {
          protocol.shade.set(self, each.becomes);
          if (each.otherBecomes !== 'same') protocol.shade.set(other, each.otherBecomes);
          if (each.group !== 'keep') protocol.group[each.group](self);
          if (each.choose === 'none') protocol.chosen = undefined;
          else if (each.choose !== 'keep') protocol.chosen = each.choose === 'self' ? self : other;
        },
      }),
    ),
  });
  const properties = claims.flatMap(({ colour, count: least }, index) => [
    invariant(schema, `fewer${index}`, {
      when: ({ protocol }) => protocol.chosen !== undefined,
      holds: ({ protocol }) => {
        const matching = item.all.filter(
          each => protocol.shade.get(each) === colour && protocol.group.has(each),
        );
        return matching.length < least;
      },
    }),
    sometimes(
      schema,
      `chosen${index}`,
      (_, { protocol }) =>
        protocol.chosen !== undefined && protocol.shade.get(protocol.chosen) === colour,
    ),
  ]);
  return [model, anyProperties(properties)];
}

describe('symmetry reduction', () => {
  test('changes no verdict and no length of a counterexample, and its counterexamples replay', async () => {
    const seen = new Set<string>();
    let reduced = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 4 }),
        fc.array(rule, { minLength: 2, maxLength: 6 }),
        fc.array(claim, { minLength: 1, maxLength: 2 }),
        async (count, rules, claims) => {
          const [model, properties] = build(count, rules, claims);
          const full = await exploreExhaustively(model, properties, { keepGoing: true });
          const folded = await exploreExhaustively(model, properties, {
            keepGoing: true,
            symmetry: true,
          });
          const outline = (result: typeof full) => ({
            verdict: result.verdict,
            properties: result.properties.map(report => [report.name, report.verdict]),
            violations: result.violations.map(each => [each.property, each.steps.length]).sort(),
            witnesses: result.witnesses.map(each => [each.property, each.steps.length]).sort(),
          });
          expect(outline(folded)).toEqual(outline(full));
          expect(everyViolationReplays(model, folded)).toBe(true);
          expect(folded.distinctStates).toBeLessThanOrEqual(full.distinctStates);
          seen.add(full.verdict);
          if (folded.distinctStates < full.distinctStates) reduced++;
        },
      ),
      { seed: 11, numRuns: casesOf(50, 150) },
    );
    expect([...seen].sort()).toEqual(['holds', 'vacuous', 'violated']);
    expect(reduced).toBeGreaterThan(casesOf(17, 50));
  });
});

/** Whether the steps of every violation can be taken, one after the other, from an initial state. */
function everyViolationReplays(model: AnyModel, { violations }: ExplorationResult): boolean {
  const compiled = new CompiledModel(model);
  const state = compiled.createState();
  return violations.every(({ initialState, steps }) => {
    compiled.initialize(state, initialState);
    return steps.every(step => {
      const instance = compiled.find(step) ?? -1;
      if (compiled.enabled(state, instance) !== true) return false;
      compiled.step(state, instance);
      return true;
    });
  });
}

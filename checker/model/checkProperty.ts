import { DeclarationError } from '../declarationError.ts';
import {
  brief,
  expectFunction,
  expectFunctionIfAny,
  expectKeys,
  expectName,
  isObject,
  type KeysOf,
  twiceIn,
} from '../declarations.ts';
import type { Fields } from '../state/fields.ts';
import type { AnyProperty, Invariant, PropertyText, Sometimes, StepProperty } from './property.ts';
import type { AnyTemporalProperty, Eventually, LeadsTo } from './temporal.ts';

type Claim = AnyProperty | AnyTemporalProperty;

const text: KeysOf<PropertyText> & { readonly kind: true } = {
  kind: true,
  name: true,
  statement: true,
  loss: true,
  source: true,
  notApplicable: true,
  needs: true,
  isNamed: true,
};
const invariant: KeysOf<Invariant<Fields, Fields>> = { ...text, when: true, holds: true };
const step: KeysOf<StepProperty<Fields, Fields>> = {
  ...text,
  when: true,
  holds: true,
  initially: true,
};
const sometimes: KeysOf<Sometimes<Fields, Fields>> = { ...text, reaches: true };
const eventually: KeysOf<Eventually<Fields, Fields>> = { ...text, goal: true };
const leadsTo: KeysOf<LeadsTo<Fields, Fields>> = { ...text, when: true, goal: true };
const keysOf: Readonly<Record<Claim['kind'], object>> = {
  invariant,
  step,
  sometimes,
  eventually,
  leadsTo,
};

/** Properties that were looked at already: they are handed from engine to engine. */
const known = new WeakSet<object>();

/**
 * Holds a property to what its type says, for those who do not compile or who force a type.
 *
 * @throws DeclarationError naming the property and what is to be written instead.
 */
export function checkProperty(property: unknown): asserts property is Claim {
  if (!isObject(property) || !('name' in property)) {
    throw DeclarationError.at('property', `expected a property, found ${brief(property)}`);
  }
  if (known.has(property)) return;
  expectName('property: name', property.name);
  const place = `property "${property.name}"`;
  const kind = 'kind' in property ? String(property.kind) : '';
  if (!Object.hasOwn(keysOf, kind)) {
    throw DeclarationError.at(place, 'it is of no kind: write it with propertiesOf or temporalOf');
  }
  // The kind is one of those that there are.
  expectKeys(place, property, keysOf[kind as Claim['kind']]);
  checkFunctions(place, property as Claim);
  checkTexts(place, property as Claim);
  known.add(property);
}

function checkFunctions(place: string, property: Claim): void {
  switch (property.kind) {
    case 'invariant':
      expectFunctionIfAny(place, 'when', property.when);
      expectFunction(place, 'holds', property.holds);
      return;
    case 'step':
      expectFunctionIfAny(place, 'when', property.when);
      expectFunction(place, 'holds', property.holds);
      expectFunctionIfAny(place, 'initially', property.initially);
      return;
    case 'sometimes':
      expectFunction(place, 'reaches', property.reaches);
      return;
    case 'leadsTo':
      expectFunction(place, 'when', property.when);
      expectFunction(place, 'goal', property.goal);
      return;
    case 'eventually':
      expectFunction(place, 'goal', property.goal);
  }
}

function checkTexts(place: string, property: Claim): void {
  const { statement, loss, source, notApplicable, needs } = property;
  if (typeof statement !== 'string') {
    const expected = 'expected what is claimed, in one sentence';
    throw DeclarationError.at(`${place}: statement`, `${expected}, found ${brief(statement)}`);
  }
  for (const [key, words] of Object.entries({ loss, source, notApplicable, needs })) {
    if (words === undefined || typeof words === 'string') continue;
    throw DeclarationError.at(`${place}: ${key}`, `expected a text, found ${brief(words)}`);
  }
}

/** What an engine can evaluate: states and steps, or what must happen at some time. */
const evaluated = {
  state: ['invariant', 'step', 'sometimes'],
  temporal: ['eventually', 'leadsTo'],
} as const;
const elsewhere = {
  state: 'it is temporal: list it as "temporal" of the specification, or use exploreLiveness',
  temporal: 'it is not temporal: list it as one of the "properties", or use exploreExhaustively',
} as const;

/**
 * Holds all properties of a model to what their types say, and their names against each other.
 *
 * @param engine - What evaluates them, where that is one kind alone.
 * @throws DeclarationError naming the property.
 */
export function checkProperties(
  model: string,
  properties: readonly unknown[],
  engine?: keyof typeof evaluated,
): void {
  if (!Array.isArray(properties)) {
    const found = `found ${brief(properties)}`;
    throw DeclarationError.at(`model "${model}"`, `expected a list of properties, ${found}`);
  }
  for (const property of properties) checkProperty(property);
  const other =
    engine &&
    (properties as Claim[]).find(({ kind }) => !evaluated[engine].some(own => own === kind));
  if (other && engine) throw DeclarationError.at(`property "${other.name}"`, elsewhere[engine]);
  const names = properties.map(property => (property as Claim).name);
  const twice = twiceIn(names);
  if (twice === undefined) return;
  throw DeclarationError.at(
    `model "${model}"`,
    `two properties named "${twice}": traces and --property could name only one of them`,
  );
}

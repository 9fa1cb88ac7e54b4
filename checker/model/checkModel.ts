import { DeclarationError } from '../declarationError.ts';
import {
  brief,
  expectFunction,
  expectFunctionIfAny,
  expectKeys,
  expectName,
  expectWhole,
  isObject,
  twiceIn,
} from '../declarations.ts';
import { type AnySchema, isSchema } from '../state/schema.ts';
import { type ActionShape, checkAction } from './checkAction.ts';
import { checkInstances, nodeTypesIn } from './checkParams.ts';
import { type Phrased, unknownInPhrase } from './phrase.ts';

/** What a model may be like. */
export interface ModelShape {
  readonly keys: object;
  readonly action: ActionShape;
}

/** A model of which nothing is known but its keys. */
interface Declared {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly config?: unknown;
  readonly bounds?: unknown;
  readonly defects?: unknown;
  readonly schema?: unknown;
  readonly recorders?: unknown;
  readonly initialStates?: unknown;
  readonly actions?: unknown;
  readonly messages?: unknown;
  readonly ends?: unknown;
}

/** Actions that were looked at one by one. */
type Checked = readonly (Phrased & { readonly name: string })[];

/**
 * Holds a model to what its type says, for those who do not compile or who force a type; its names to
 * what traces and the command line can write, and its parts to each other.
 *
 * @throws DeclarationError naming the model, the place in it and what is to be written instead.
 */
export function checkModel(model: unknown, shape: ModelShape): void {
  if (!isObject(model) || !('name' in model)) {
    throw DeclarationError.at('model', `expected a model, found ${brief(model)}`);
  }
  expectName('model: name', model.name);
  const place = `model "${model.name}"`;
  expectKeys(place, model, shape.keys);
  const declared: Declared = model;
  const { schema } = declared;
  if (!isSchema(schema)) {
    const found = `found ${brief(schema)}`;
    throw DeclarationError.at(`${place}: schema`, `expected what defineSchema returns, ${found}`);
  }
  // As in traces, which are of the version that they say.
  expectWhole(`${place}: version`, declared.version, 1);
  checkConfig(place, declared.config);
  checkDefects(place, declared.defects);
  checkBounds(place, declared.bounds, Object.keys(schema.budget.fields));
  checkRecorders(place, declared.recorders);
  checkInitialStates(place, declared.initialStates);
  checkActions(place, declared.actions, { schema, shape: shape.action });
  expectFunctionIfAny(place, 'messages', declared.messages);
  expectFunctionIfAny(place, 'ends', declared.ends);
}

function checkConfig(place: string, config: unknown): void {
  if (!isObject(config)) {
    throw DeclarationError.at(`${place}: config`, `expected an object, found ${brief(config)}`);
  }
  for (const [name, value] of Object.entries(config)) {
    expectName(`${place}: config`, name);
    if (isJson(value)) continue;
    throw DeclarationError.at(
      `${place}: config.${name}`,
      `a trace cannot hold ${brief(value)}: write a finite number, a flag, a word or a list of words`,
    );
  }
}

/** Nested so deep, a value is taken for one that contains itself. */
const DEEPEST = 100;

/** Whether writing a value as JSON and reading it gives the same again. */
function isJson(value: unknown, depth = 0): boolean {
  if (depth > DEEPEST) return false;
  const isInside = (inner: unknown): boolean => isJson(inner, depth + 1);
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      if (value === null) return true;
      if (Array.isArray(value)) return value.every(isInside);
      return isPlain(value) && Object.values(value).every(isInside);
    default:
      return false;
  }
}

/** Whether an object is made of its keys alone, unlike a date or a map. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function checkDefects(place: string, defects: unknown): void {
  if (!Array.isArray(defects)) {
    throw DeclarationError.at(`${place}: defects`, `expected a list, found ${brief(defects)}`);
  }
  for (const defect of defects) expectName(`${place}: defects`, defect);
  const twice = twiceIn(defects);
  if (twice !== undefined) throw DeclarationError.at(`${place}: defects`, `"${twice}" twice`);
}

/** A bound says how much of a budget there is at first. */
function checkBounds(place: string, bounds: unknown, budgets: readonly string[]): void {
  if (!isObject(bounds)) {
    throw DeclarationError.at(`${place}: bounds`, `expected an object, found ${brief(bounds)}`);
  }
  for (const [name, value] of Object.entries(bounds)) {
    expectName(`${place}: bounds`, name);
    expectWhole(`${place}: bounds.${name}`, value, 0);
    // Nothing of what there is none of is bounded by nothing.
    if (value === 0 || budgets.includes(name)) continue;
    throw DeclarationError.at(
      `${place}: bounds.${name}`,
      `there is no budget of this name, so that nothing is bounded by it: add one to the schema ` +
        `(budget: { ${name}: int(0, ${value}) }), or move it to config`,
    );
  }
}

function checkRecorders(place: string, recorders: unknown): void {
  if (!isObject(recorders)) {
    throw DeclarationError.at(
      `${place}: recorders`,
      `expected an object, found ${brief(recorders)}`,
    );
  }
  for (const [name, recorder] of Object.entries(recorders)) {
    expectName(`${place}: recorders`, name);
    expectFunction(place, `recorders.${name}`, recorder);
  }
}

/** That there is one at all is left to engines, which need it. */
function checkInitialStates(place: string, initialStates: unknown): void {
  if (!Array.isArray(initialStates)) {
    const found = `found ${brief(initialStates)}`;
    throw DeclarationError.at(`${place}: initialStates`, `expected a list of functions, ${found}`);
  }
  for (const [index, initialize] of initialStates.entries()) {
    expectFunction(place, `initialStates[${index}]`, initialize);
  }
}

function checkActions(
  place: string,
  declared: unknown,
  { schema, shape }: { readonly schema: AnySchema; readonly shape: ActionShape },
): void {
  if (!Array.isArray(declared) || declared.length === 0) {
    throw DeclarationError.at(`${place}: actions`, 'expected at least one action');
  }
  const { fields: budgets } = schema.budget;
  for (const action of declared) checkAction(action, shape, budgets, `${place}: `);
  const actions: Checked = declared;
  const twice = twiceIn(actions.map(action => action.name));
  if (twice !== undefined) throw DeclarationError.at(place, `two actions named "${twice}"`);
  for (const { name, phrase, params } of actions) {
    const unknown = unknownInPhrase({ phrase, params });
    if (unknown !== undefined) {
      const problem = `its phrase names "${unknown}", which is none of its parameters`;
      throw DeclarationError.at(`${place}: action "${name}"`, problem);
    }
    const other = nodeTypesIn(Object.values(params)).find(type =>
      schema.nodeTypes.some(own => own !== type && own.name === type.name),
    );
    if (other === undefined) continue;
    throw DeclarationError.at(
      `${place}: action "${name}"`,
      `its parameters are of a node type "${other.name}" that is not the one of the schema`,
    );
  }
  checkInstances(place, actions);
}

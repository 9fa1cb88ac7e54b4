/* A whole model as plain data: what is drawn, shrunk and printed. */

export type DrawnScalar =
  | { readonly kind: 'int'; readonly min: number; readonly max: number }
  | { readonly kind: 'flag' }
  | { readonly kind: 'enum'; readonly names: readonly string[] }
  | { readonly kind: 'node'; readonly type: string };
export type DrawnRecord = { readonly kind: 'record'; readonly fields: DrawnFields };
/** Records of several kinds, told apart by `kind`. */
export type DrawnVariants = {
  readonly kind: 'variants';
  readonly cases: { readonly [name: string]: DrawnFields };
};
export type DrawnField =
  | DrawnScalar
  | { readonly kind: 'optionalRecord'; readonly element: DrawnRecord }
  | { readonly kind: 'set'; readonly element: DrawnScalar | DrawnRecord | DrawnVariants }
  | {
      readonly kind: 'map';
      readonly key: DrawnScalar;
      readonly value: DrawnScalar | DrawnRecord;
    }
  | { readonly kind: 'optional'; readonly inner: DrawnScalar }
  | { readonly kind: 'lifecycle' }
  | { readonly kind: 'nodeSet'; readonly type: string }
  | DrawnRecord
  | {
      readonly kind: 'list';
      readonly element: DrawnScalar | DrawnRecord;
      readonly capacity: number;
    }
  | { readonly kind: 'perNode'; readonly type: string; readonly element: DrawnElement }
  | { readonly kind: 'links'; readonly type: string; readonly element: DrawnRecord };
export type DrawnElement = DrawnField;
export type DrawnFields = { readonly [name: string]: DrawnField };

export interface DrawnNodeType {
  /** A small letter; the list of its nodes has the capital letter as its name in code. */
  readonly name: string;
  readonly count: number;
  readonly interchangeable: boolean;
}

/** What a piece of code is worth: `node a` is a node of the type `a`; a `step` is a statement, a `record` a value of that kind. */
export type CodeType = 'bool' | 'int' | 'text' | 'step' | 'record' | `node ${string}`;

/** Code as a tree: text with other pieces of code in between. */
export interface Code {
  readonly type: CodeType;
  readonly parts: readonly (string | Code)[];
}

/** Some fields of a record as they are to be: a node is its number, what is absent is null. */
export type DrawnPattern = { readonly [name: string]: null | boolean | number | string };

/** What one value is of. */
export type DrawnFlatDomain =
  | { readonly kind: 'node'; readonly type: string }
  | { readonly kind: 'optionalNode'; readonly type: string }
  | { readonly kind: 'int'; readonly min: number; readonly max: number }
  | { readonly kind: 'choice'; readonly names: readonly string[] }
  | { readonly kind: 'subset'; readonly type: string; readonly atLeast: number }
  | { readonly kind: 'quorum'; readonly type: string }
  /** Of a set, a map or a list that the protocol has under this name. */
  | { readonly kind: 'element'; readonly field: string; readonly pattern?: DrawnPattern }
  | { readonly kind: 'key'; readonly field: string }
  | { readonly kind: 'index'; readonly field: string };
export type DrawnDomain =
  | DrawnFlatDomain
  | { readonly kind: 'record'; readonly params: { readonly [name: string]: DrawnFlatDomain } };
export interface DrawnParams {
  readonly [name: string]: DrawnDomain;
}

export interface DrawnAction {
  readonly name: string;
  readonly kind: 'protocol' | 'client' | 'fault' | 'recovery';
  readonly actor: string;
  readonly params: DrawnParams;
  readonly spends?: string;
  readonly fair?: boolean | 'strong';
  readonly guard: Code;
  readonly step: readonly Code[];
  readonly heldBack?: Code;
  readonly due?: Code;
}

export interface DrawnProperty {
  readonly name: string;
  readonly kind: 'invariant' | 'step' | 'sometimes';
  readonly when?: Code;
  readonly holds: Code;
}
export interface DrawnTemporal {
  readonly name: string;
  readonly kind: 'eventually' | 'leadsTo';
  readonly when?: Code;
  readonly goal: Code;
}

/** How the model is put together. The parts of an extended one are counted from the front. */
export type DrawnBuild =
  | { readonly kind: 'plain' }
  | { readonly kind: 'part' }
  | {
      readonly kind: 'extended';
      readonly protocol: number;
      readonly ghost: number;
      readonly actions: number;
      readonly properties: number;
    };

/** An initial state for each choice of the parameters. */
export interface DrawnInitialChoice {
  readonly params: DrawnParams;
  readonly when?: Code;
  readonly fill: readonly Code[];
}

export interface DrawnModel {
  readonly nodeTypes: readonly DrawnNodeType[];
  readonly protocol: DrawnFields;
  readonly ghost: DrawnFields;
  /** How often each may be spent, at most and in the beginning. */
  readonly budget: { readonly [name: string]: number };
  /** Each is told one whole number. */
  readonly recorders: readonly { readonly name: string; readonly body: readonly Code[] }[];
  readonly initialStates: readonly (readonly Code[])[];
  /** After those. */
  readonly initialChoice?: DrawnInitialChoice;
  readonly actions: readonly DrawnAction[];
  readonly properties: readonly DrawnProperty[];
  readonly temporal: readonly DrawnTemporal[];
  readonly build: DrawnBuild;
}

/** The parameters by the names that code and traces have for them: of a record each part has its own. */
export function flatParams(params: DrawnParams): (readonly [string, DrawnFlatDomain])[] {
  return Object.entries(params).flatMap(([name, domain]) =>
    domain.kind === 'record'
      ? Object.entries(domain.params).map(([part, inner]) => [`${name}.${part}`, inner] as const)
      : [[name, domain] as const],
  );
}

/** The text of a piece of code. */
export function textOf({ parts }: Code): string {
  return parts.map(part => (typeof part === 'string' ? part : textOf(part))).join('');
}

/** The lifecycle that fields of that kind have, as everybody may read it. */
export const door = {
  states: ['shut', 'open', 'broken'],
  events: ['push', 'kick', 'mend'],
  /** Where an event leads to, and what happens on the way. */
  moves: {
    shut: { push: { to: 'open', effects: ['ring'] }, kick: { to: 'broken', effects: [] } },
    open: { push: { to: 'shut', effects: [] }, kick: { to: 'broken', effects: ['ring'] } },
    broken: { mend: { to: 'shut', effects: ['ring'] } },
  },
} as const;

/** What the functions of a model are called with, and what they may name, as source text. */
interface ModelSource {
  readonly initialStates: readonly string[];
  readonly initialChoice?: { readonly when?: string; readonly fill: string };
  readonly recorders: { readonly [name: string]: string };
  readonly actions: readonly {
    readonly guard: string;
    readonly step: string;
    readonly heldBack?: string;
    readonly due?: string;
  }[];
  readonly properties: readonly { readonly when?: string; readonly holds: string }[];
  readonly temporal: readonly { readonly when?: string; readonly goal: string }[];
}

const given = (params: DrawnParams): string => `{ ${Object.keys(params).join(', ')} }`;
const body = (steps: readonly Code[]): string => `{ ${steps.map(textOf).join(' ')} }`;

/** The functions of a model as text. */
function sourceOf(model: DrawnModel): ModelSource {
  const state = '({ protocol: p, ghost: g })';
  const step = '({ protocol: p, ghost: g }, { protocol: q, ghost: h }, action)';
  return {
    initialStates: model.initialStates.map(
      steps => `({ protocol: p, ghost: g }) => ${body(steps)}`,
    ),
    ...(model.initialChoice === undefined ? {} : { initialChoice: choiceOf(model.initialChoice) }),
    recorders: Object.fromEntries(
      model.recorders.map(recorder => [recorder.name, `(g, fact) => ${body(recorder.body)}`]),
    ),
    actions: model.actions.map(({ params, guard, step: steps, heldBack, due }) => {
      const asked = `({ protocol: p }, ${given(params)}) => `;
      return {
        guard: asked + textOf(guard),
        step: `({ protocol: p, record }, ${given(params)}) => ${body(steps)}`,
        ...(heldBack === undefined ? {} : { heldBack: asked + textOf(heldBack) }),
        ...(due === undefined ? {} : { due: asked + textOf(due) }),
      };
    }),
    properties: model.properties.map(({ kind, when, holds }) => {
      const seen = `${kind === 'invariant' ? state : step} => `;
      return {
        holds: seen + textOf(holds),
        ...(when === undefined ? {} : { when: seen + textOf(when) }),
      };
    }),
    temporal: model.temporal.map(({ when, goal }) => ({
      goal: `${state} => ${textOf(goal)}`,
      ...(when === undefined ? {} : { when: `${state} => ${textOf(when)}` }),
    })),
  };
}

function choiceOf({
  params,
  when,
  fill,
}: DrawnInitialChoice): NonNullable<ModelSource['initialChoice']> {
  return {
    fill: `({ protocol: p, ghost: g }, ${given(params)}) => ${body(fill)}`,
    ...(when === undefined ? {} : { when: `(${given(params)}) => ${textOf(when)}` }),
  };
}

type Compiled<Source> = {
  readonly [Name in keyof Source]: Source[Name] extends string | undefined
    ? (...given: readonly unknown[]) => unknown
    : Compiled<Source[Name]>;
};
/** The functions of a model. */
export type ModelFunctions = Compiled<ModelSource>;

/**
 * Makes functions of the source of a model. Besides what they are called with they name the nodes of each
 * type (`A`) and what those are called (`nameA`): both are the same for all who run them.
 */
export function functionsOf(model: DrawnModel): ModelFunctions {
  const names = model.nodeTypes.flatMap(({ name }) => {
    const capital = name.toUpperCase();
    return [capital, `name${capital}`];
  });
  const values = model.nodeTypes.flatMap(({ name, count }) => [
    Object.freeze(Array.from({ length: count }, (_, node) => node)),
    (node: number) => `${name}-${node + 1}`,
  ]);
  const text = objectText(sourceOf(model));
  // Text that this file's own drawing makes, of the shape that the type computes from it.
  return new Function(...names, `'use strict'; return ${text};`)(...values) as ModelFunctions;
}

/** An object whose strings are source text, as source text. */
function objectText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(objectText).join(',\n')}]`;
  const entries = Object.entries(Object(value)).map(([key, held]) => `${key}: ${objectText(held)}`);
  return `{ ${entries.join(',\n')} }`;
}

/** The whole model for people. */
export function describeModel(model: DrawnModel): string {
  const { initialStates, initialChoice, recorders, actions, properties, temporal } =
    sourceOf(model);
  const fieldLines = (part: DrawnFields): string[] =>
    Object.entries(part).map(([name, field]) => `  ${name}: ${fieldText(field)}`);
  return [
    `nodes: ${model.nodeTypes.map(nodesText).join('; ') || 'none'}`,
    'protocol',
    ...fieldLines(model.protocol),
    'ghost',
    ...fieldLines(model.ghost),
    `budget ${JSON.stringify(model.budget)}`,
    ...initialStates.map(text => `initially ${text}`),
    ...(initialChoice === undefined
      ? []
      : [
          `initially any of ${JSON.stringify(model.initialChoice?.params)}: ${objectText(initialChoice)}`,
        ]),
    ...Object.entries(recorders).map(([name, text]) => `recorder ${name}: ${text}`),
    ...model.actions.flatMap((action, index) => {
      const { guard: _, step: __, heldBack: ___, due: ____, ...about } = action;
      const code = Object.entries(actions[index] ?? {}).map(([what, text]) => `  ${what}: ${text}`);
      return [`action ${JSON.stringify(about)}`, ...code];
    }),
    ...[...model.properties, ...model.temporal].flatMap(({ name, kind }, index) => {
      const code = Object.entries([...properties, ...temporal][index] ?? {});
      return [`property ${name}: ${kind}`, ...code.map(([what, text]) => `  ${what}: ${text}`)];
    }),
    `built: ${JSON.stringify(model.build)}`,
  ].join('\n');
}

function nodesText({ name, count, interchangeable }: DrawnNodeType): string {
  return `${name}: ${count}${interchangeable ? ', interchangeable' : ''}`;
}

function fieldText(field: DrawnField): string {
  switch (field.kind) {
    case 'int':
      return `int(${field.min}, ${field.max})`;
    case 'enum':
      return field.names.join(' | ');
    case 'optional':
      return `optional(${fieldText(field.inner)})`;
    case 'record': {
      const fields = Object.entries(field.fields);
      return `{ ${fields.map(([name, inner]) => `${name}: ${fieldText(inner)}`).join(', ')} }`;
    }
    case 'list':
      return `list(${fieldText(field.element)}, ${field.capacity})`;
    case 'optionalRecord':
      return `optional(${fieldText(field.element)})`;
    case 'set':
      return `set(${elementText(field.element)})`;
    case 'map':
      return `map(${fieldText(field.key)}, ${fieldText(field.value)})`;
    case 'perNode':
    case 'links':
      return `${field.kind}(${field.type}, ${fieldText(field.element)})`;
    case 'node':
    case 'nodeSet':
      return `${field.kind}(${field.type})`;
    default:
      return field.kind;
  }
}

function elementText(element: DrawnScalar | DrawnRecord | DrawnVariants): string {
  if (element.kind !== 'variants') return fieldText(element);
  const cases = Object.entries(element.cases);
  return cases
    .map(([name, fields]) => `${name} ${fieldText({ kind: 'record', fields })}`)
    .join(' | ');
}

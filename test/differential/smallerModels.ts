import {
  type Code,
  type DrawnAction,
  type DrawnFields,
  type DrawnModel,
  type DrawnNodeType,
  type DrawnParams,
  textOf,
} from './drawnModel.ts';

/** Models that are a little simpler, those that lose most first. */
export function* smallerModels(model: DrawnModel): Generator<DrawnModel> {
  const { build } = model;
  if (build.kind !== 'plain') yield { ...model, build: { kind: 'plain' } };
  const plain: DrawnModel = {
    ...model,
    build: build.kind === 'extended' ? { kind: 'plain' } : build,
  };
  for (const actions of withoutOne(model.actions))
    if (actions.length > 0) yield { ...plain, actions };
  for (const properties of withoutOne(model.properties)) yield { ...plain, properties };
  for (const temporal of withoutOne(model.temporal)) yield { ...plain, temporal };
  for (const initialStates of withoutOne(model.initialStates)) {
    const isOne = initialStates.length > 0 || plain.initialChoice !== undefined;
    if (isOne) yield { ...plain, initialStates };
  }
  const { initialChoice, ...stated } = plain;
  if (initialChoice !== undefined && plain.initialStates.length > 0) yield stated;
  yield* withSmallerCode(model);
  yield* withLess(plain);
}

/** The same without things that no code names, and with fewer nodes. */
function* withLess(model: DrawnModel): Generator<DrawnModel> {
  const code = JSON.stringify([
    model.initialStates,
    model.initialChoice,
    model.recorders,
    model.actions,
    model.properties,
    model.temporal,
  ]);
  for (const part of ['protocol', 'ghost'] as const) {
    for (const name of Object.keys(model[part])) {
      if (code.includes(`.${name}`) || code.includes(`"field":"${name}"`)) continue;
      const { [name]: _, ...rest }: DrawnFields = model[part];
      if (part === 'ghost' || Object.keys(rest).length > 0) yield { ...model, [part]: rest };
    }
  }
  for (const name of Object.keys(model.budget)) {
    if (model.actions.some(({ spends }) => spends === name)) continue;
    const { [name]: _, ...budget } = model.budget;
    yield { ...model, budget };
  }
  for (const [index, recorder] of model.recorders.entries()) {
    if (code.includes(`record.${recorder.name}`)) continue;
    yield { ...model, recorders: model.recorders.filter((_, other) => other !== index) };
  }
  for (const [index, action] of model.actions.entries()) {
    const { spends: _, heldBack: __, due: ___, ...rest } = action;
    if (Object.keys(rest).length < Object.keys(action).length) {
      yield { ...model, actions: model.actions.with(index, rest) };
    }
    for (const params of smallerParams(model, action)) {
      yield { ...model, actions: model.actions.with(index, { ...action, params }) };
    }
  }
  yield* withFewerNodes(model, code);
}

/** The parameters of an action without one that no code names, or without its pattern or a part. */
function* smallerParams({ properties }: DrawnModel, action: DrawnAction): Generator<DrawnParams> {
  const { params, actor } = action;
  const code = JSON.stringify([{ ...action, params: {} }, properties]);
  for (const [name, domain] of Object.entries(params)) {
    if (domain.kind === 'element' && domain.pattern !== undefined) {
      const { pattern: _, ...any } = domain;
      yield { ...params, [name]: any };
    }
    for (const part of domain.kind === 'record' ? Object.keys(domain.params) : []) {
      if (domain.kind !== 'record' || code.includes(`${name}.${part}`)) continue;
      const { [part]: _, ...parts } = domain.params;
      yield { ...params, [name]: { ...domain, params: parts } };
    }
    if (actor === name || code.includes(name)) continue;
    const { [name]: _, ...others } = params;
    yield others;
  }
}

function* withFewerNodes(model: DrawnModel, code: string): Generator<DrawnModel> {
  for (const [index, type] of model.nodeTypes.entries()) {
    const smaller: DrawnNodeType = { ...type, count: type.count - 1 };
    if (smaller.count === 0 || code.includes(`${type.name.toUpperCase()}[${smaller.count}]`))
      continue;
    yield { ...model, nodeTypes: model.nodeTypes.with(index, smaller) };
  }
}

/** The same with a piece of code left out, or replaced by something simpler. */
function* withSmallerCode(model: DrawnModel): Generator<DrawnModel> {
  for (const [index, recorder] of model.recorders.entries()) {
    for (const body of smallerSteps(recorder.body)) {
      yield { ...model, recorders: model.recorders.with(index, { ...recorder, body }) };
    }
  }
  for (const [index, action] of model.actions.entries()) {
    const put = (changed: Partial<typeof action>): DrawnModel => ({
      ...model,
      actions: model.actions.with(index, { ...action, ...changed }),
    });
    for (const step of smallerSteps(action.step)) yield put({ step });
    for (const guard of smallerCode(action.guard)) yield put({ guard });
    if (action.due !== undefined) for (const due of smallerCode(action.due)) yield put({ due });
    if (action.heldBack === undefined) continue;
    for (const heldBack of smallerCode(action.heldBack)) yield put({ heldBack });
  }
  for (const [index, property] of model.properties.entries()) {
    const put = (changed: typeof property): DrawnModel => ({
      ...model,
      properties: model.properties.with(index, changed),
    });
    const { when, ...rest } = property;
    if (when !== undefined) {
      yield put(rest);
      for (const smaller of smallerCode(when)) yield put({ ...property, when: smaller });
    }
    for (const holds of smallerCode(property.holds)) yield put({ ...property, holds });
  }
  for (const [index, property] of model.temporal.entries()) {
    const put = (changed: typeof property): DrawnModel => ({
      ...model,
      temporal: model.temporal.with(index, changed),
    });
    for (const goal of smallerCode(property.goal)) yield put({ ...property, goal });
    if (property.when === undefined) continue;
    for (const when of smallerCode(property.when)) yield put({ ...property, when });
  }
  const { initialChoice } = model;
  for (const fill of smallerSteps(initialChoice?.fill ?? [])) {
    if (initialChoice !== undefined) yield { ...model, initialChoice: { ...initialChoice, fill } };
  }
  if (initialChoice?.when !== undefined) {
    const { when: _, ...any } = initialChoice;
    yield { ...model, initialChoice: any };
  }
  for (const [index, steps] of model.initialStates.entries()) {
    for (const smaller of smallerSteps(steps)) {
      yield { ...model, initialStates: model.initialStates.with(index, smaller) };
    }
  }
}

function* withoutOne<Item>(items: readonly Item[]): Generator<Item[]> {
  for (const index of items.keys()) yield items.filter((_, other) => other !== index);
}

function* smallerSteps(steps: readonly Code[]): Generator<Code[]> {
  yield* withoutOne(steps);
  for (const [index, step] of steps.entries()) {
    for (const smaller of smallerCode(step)) yield steps.with(index, smaller);
  }
}

const simplest: { readonly [type: string]: readonly string[] } = {
  bool: ['true', 'false'],
  int: ['0', '1'],
  step: [''],
};

/** Simpler code of the same type that names nothing that is not known there. */
function* smallerCode(code: Code): Generator<Code> {
  const text = textOf(code);
  const least = simplest[code.type] ?? [];
  // Code that is among the simplest is replaced by simpler ones only.
  const known = least.indexOf(text);
  for (const other of known < 0 ? least : least.slice(0, known))
    yield { type: code.type, parts: [other] };
  if (known >= 0) return;
  const own = boundBy(code);
  for (const part of code.parts) {
    if (typeof part === 'string' || part.type !== code.type) continue;
    const inner = textOf(part);
    if (!own.some(name => new RegExp(`\\b${name}\\b`).test(inner))) yield part;
  }
  for (const [index, part] of code.parts.entries()) {
    if (typeof part === 'string') continue;
    for (const smaller of smallerCode(part))
      yield { ...code, parts: code.parts.with(index, smaller) };
  }
}

/** The variables that this code gives to the code in it. */
function boundBy({ parts }: Code): string[] {
  const text = parts.filter(part => typeof part === 'string').join(' ');
  return [...text.matchAll(/\b[nlev]\d+\b/g)].map(([name]) => name);
}

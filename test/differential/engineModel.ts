import { setup } from 'xstate';
import { compileLifecycle } from '../../checker/model/compileLifecycle.ts';
import { extendModel } from '../../checker/model/extendModel.ts';
import { anyInitialState } from '../../checker/model/initialStates.ts';
import {
  type AnyAction,
  type AnyModel,
  actionsOf,
  defineModel,
} from '../../checker/model/model.ts';
import {
  anyElement,
  anyIndex,
  anyInt,
  anyKey,
  anyNode,
  anyNodeOrNone,
  anyOf,
  anyQuorum,
  anyRecord,
  anySubset,
  type ParamDomain,
  type ParamDomains,
} from '../../checker/model/params.ts';
import { Part } from '../../checker/model/part.ts';
import { propertiesOf, temporalOf } from '../../checker/model/propertiesOf.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import type { Specification } from '../../checker/model/specification.ts';
import type { AnyTemporalProperty } from '../../checker/model/temporal.ts';
import {
  enumeration,
  type Field,
  type Fields,
  flag,
  type IntField,
  int,
  type ListField,
  lifecycle,
  links,
  list,
  type MapField,
  map,
  node,
  nodeSet,
  optional,
  perNode,
  type RecordField,
  record,
  type ScalarField,
  type SetElement,
  type SetField,
  set,
  variants,
} from '../../checker/state/fields.ts';
import { type NodeType, nodeType } from '../../checker/state/nodeType.ts';
import { type AnySchema, defineSchema } from '../../checker/state/schema.ts';
import {
  type DrawnDomain,
  type DrawnField,
  type DrawnFields,
  type DrawnModel,
  type DrawnParams,
  type DrawnRecord,
  type DrawnScalar,
  type DrawnVariants,
  functionsOf,
  type ModelFunctions,
} from './drawnModel.ts';

/** The lifecycle `door` of drawn models, as XState has it. */
const doorTable = compileLifecycle(
  setup({
    types: { events: {} as { type: 'push' } | { type: 'kick' } | { type: 'mend' } },
    actions: { ring: () => undefined },
  }).createMachine({
    id: 'door',
    initial: 'shut',
    states: {
      shut: { on: { push: { target: 'open', actions: 'ring' }, kick: 'broken' } },
      open: { on: { push: 'shut', kick: { target: 'broken', actions: 'ring' } } },
      broken: { on: { mend: { target: 'shut', actions: 'ring' } } },
    },
  }),
);

/** What an action is called in a model that has a drawn one as its part. */
export const renamedInPart: Readonly<Record<string, string>> = { act0: 'renamed' };
const PART = 'inner';

/** A text with the names that a part has for its own actions. */
export function ownNames(text: string): string {
  let own = text;
  for (const [name, whole] of Object.entries(renamedInPart)) own = own.replaceAll(whole, name);
  return own;
}

/** A drawn model as the checker has it. */
export function specificationOf(drawn: DrawnModel): Specification {
  const functions = functionsOf(drawn);
  const builder = new Builder(drawn, functions);
  switch (drawn.build.kind) {
    case 'plain':
      return builder.plain();
    case 'part':
      return builder.part();
    case 'extended':
      return builder.extended(drawn.build);
  }
}

type State = {
  readonly protocol: unknown;
  readonly ghost: unknown;
  readonly budget: Record<string, number>;
};

class Builder {
  readonly #drawn: DrawnModel;
  readonly #functions: ModelFunctions;
  readonly #types: ReadonlyMap<string, NodeType<string>>;
  readonly #protocol: Fields;
  readonly #ghost: Fields;
  readonly #actions: readonly AnyAction[];
  readonly #properties: readonly AnyProperty[];
  readonly #temporal: readonly AnyTemporalProperty[];

  constructor(drawn: DrawnModel, functions: ModelFunctions) {
    this.#drawn = drawn;
    this.#functions = functions;
    this.#types = new Map(
      drawn.nodeTypes.map(({ name, count, interchangeable }) => [
        name,
        nodeType(name, count, { interchangeable }),
      ]),
    );
    this.#protocol = this.#fields(drawn.protocol);
    this.#ghost = this.#fields(drawn.ghost);
    this.#actions = drawn.actions.map((_, index) => this.#action(index));
    this.#properties = drawn.properties.map((_, index) => this.#property(index));
    this.#temporal = drawn.temporal.map((_, index) => this.#temporalProperty(index));
  }

  plain(): Specification {
    const schema = this.#schema(this.#protocol, this.#ghost, this.#drawn.budget);
    const model = this.#model({
      schema,
      recorders: this.#functions.recorders,
      actions: this.#actions,
      initialStates: this.#initialStates(state => state),
    });
    return { model, properties: this.#properties, temporal: this.#temporal };
  }

  /** The same as the only part of a larger model. */
  part(): Specification {
    const part = new Part(PART, this.#functions.recorders as never, { renamed: renamedInPart });
    const schema = this.#schema(
      { [PART]: record(this.#protocol) },
      { [PART]: record(this.#ghost) },
      this.#drawn.budget,
    );
    const own = ({ protocol, ghost, budget }: State): State => ({
      protocol: Object(protocol)[PART],
      ghost: Object(ghost)[PART],
      budget,
    });
    const model = this.#model({
      schema,
      recorders: part.recorders,
      actions: this.#actions.map(action => part.lift(action)),
      initialStates: this.#initialStates(own),
    });
    const temporal = this.#temporal.map(property => part.liftTemporal(property));
    return { model, properties: this.#properties.map(one => part.liftProperty(one)), temporal };
  }

  /** The same as the extension of a model that has the first few of everything. */
  extended(first: Extract<DrawnModel['build'], { kind: 'extended' }>): Specification {
    const split = <Item>(items: Readonly<Record<string, Item>>, count: number) => {
      const entries = Object.entries(items);
      return [
        Object.fromEntries(entries.slice(0, count)),
        Object.fromEntries(entries.slice(count)),
      ] as const;
    };
    const [protocol, moreProtocol] = split(this.#protocol, first.protocol);
    const [ghost, moreGhost] = split(this.#ghost, first.ghost);
    const [recorders, moreRecorders] = split(
      this.#functions.recorders as Record<string, unknown>,
      1,
    );
    const own = this.#actions.slice(0, first.actions);
    const names = Object.keys(this.#drawn.budget);
    // What an action of the original spends is a budget of the original.
    const spent = own.map(({ spends }) => names.indexOf(spends ?? '') + 1);
    const [budget, moreBudget] = split(this.#drawn.budget, Math.max(1, ...spent));
    const original = {
      model: this.#model({
        schema: this.#schema(protocol, ghost, budget),
        recorders,
        actions: own,
        initialStates: this.#initialStates(state => state, budget),
        bounds: budget,
      }),
      properties: this.#properties.slice(0, first.properties),
      temporal: this.#temporal,
    };
    return extendModel(original, {
      protocol: moreProtocol,
      ghost: moreGhost,
      budget: moreBudget,
      recorders: moreRecorders as never,
      actions: () => this.#actions.slice(first.actions),
      properties: () => this.#properties.slice(first.properties),
    });
  }

  #schema(protocol: Fields, ghost: Fields, budget: Readonly<Record<string, number>>): AnySchema {
    const budgetFields = Object.entries(budget).map(([name, most]) => [name, int(0, most)]);
    return defineSchema({ protocol, ghost, budget: Object.fromEntries(budgetFields) });
  }

  #model(parts: {
    readonly schema: AnySchema;
    readonly recorders: unknown;
    readonly actions: readonly AnyAction[];
    readonly initialStates: readonly ((state: never) => void)[];
    readonly bounds?: Readonly<Record<string, number>>;
  }): AnyModel {
    return defineModel({
      name: 'drawn',
      version: 1,
      config: {},
      bounds: this.#drawn.budget,
      defects: [],
      ...parts,
      recorders: parts.recorders as never,
      initialStates: parts.initialStates as never,
    });
  }

  #initialStates(
    own: (state: State) => State,
    budget = this.#drawn.budget,
  ): ((state: never) => void)[] {
    const begun = (whole: State): State => {
      for (const [name, most] of Object.entries(budget)) whole.budget[name] = most;
      return own(whole);
    };
    const stated = this.#drawn.initialStates.map((_, index) => (state: never) => {
      this.#functions.initialStates[index]?.(begun(state));
    });
    const { initialChoice: choice } = this.#drawn;
    const { when, fill } = this.#functions.initialChoice ?? {};
    if (choice === undefined) return stated;
    const chosen = anyInitialState(this.#schema({}, {}, budget), {
      params: this.#domains(choice.params),
      ...(when === undefined ? {} : { when: given => when(given) === true }),
      fill: (state, given) => {
        fill?.(begun(state), given);
      },
    });
    return [...stated, ...chosen];
  }

  #action(index: number): AnyAction {
    const drawn = this.#drawn.actions[index];
    const functions = this.#functions.actions[index];
    if (drawn === undefined || functions === undefined) throw new Error('no such action');
    const { guard, step, heldBack, due } = functions;
    const { name, kind, actor, spends, fair } = drawn;
    const own = this.#schema(this.#protocol, {}, this.#drawn.budget);
    const action = actionsOf(own, {});
    return action({
      name,
      kind,
      actor,
      params: this.#domains(drawn.params),
      ...(spends === undefined ? {} : { spends: spends as never }),
      ...(fair === undefined ? {} : { fair }),
      enabled: (scope, given) => guard(scope, given) as boolean | string,
      step: (scope, given) => {
        step(scope, given);
      },
      ...(heldBack === undefined
        ? {}
        : { heldBack: (scope, given) => heldBack(scope, given) === true }),
      ...(due === undefined ? {} : { due: (scope, given) => due(scope, given) === true }),
    });
  }

  #property(index: number): AnyProperty {
    const { name, kind } = this.#drawn.properties[index] ?? { name: '', kind: 'step' };
    const { when, holds } = this.#functions.properties[index] ?? {};
    const text = { name, statement: `claims ${name}` };
    const { invariant, stepProperty, sometimes } = propertiesOf();
    if (kind === 'sometimes') return sometimes({ ...text, reaches: holds as never });
    const antecedent = when === undefined ? {} : { when: when as never };
    if (kind === 'invariant') return invariant({ ...text, ...antecedent, holds: holds as never });
    return stepProperty({ ...text, ...antecedent, holds: holds as never });
  }

  #temporalProperty(index: number): AnyTemporalProperty {
    const { name, kind } = this.#drawn.temporal[index] ?? { name: '', kind: 'eventually' };
    const { when, goal } = this.#functions.temporal[index] ?? {};
    const text = { name, statement: `hopes ${name}`, goal: goal as never };
    const { eventually, leadsTo } = temporalOf();
    return kind === 'eventually' ? eventually(text) : leadsTo({ ...text, when: when as never });
  }

  #type(name: string): NodeType<string> {
    const type = this.#types.get(name);
    if (type === undefined) throw new Error(`no node type ${name}`);
    return type;
  }

  #domains(params: DrawnParams): ParamDomains {
    const domains = Object.entries(params).map(([name, domain]) => [name, this.#domain(domain)]);
    return Object.fromEntries(domains);
  }

  #domain(domain: DrawnDomain): ParamDomain {
    switch (domain.kind) {
      case 'record':
        return anyRecord(this.#domains(domain.params));
      case 'node':
        return anyNode(this.#type(domain.type));
      case 'optionalNode':
        return anyNodeOrNone(this.#type(domain.type));
      case 'int':
        return anyInt(domain.min, domain.max);
      case 'choice':
        return anyOf(...domain.names);
      case 'subset': {
        const type = this.#type(domain.type);
        return anySubset(type, { atLeast: Math.min(domain.atLeast, type.count) });
      }
      case 'quorum':
        return anyQuorum(this.#type(domain.type));
      case 'element': {
        const field = this.#protocol[domain.field] as SetField<RecordField<Fields>>;
        if (domain.pattern === undefined) return anyElement(field);
        const parts = Object.entries(domain.pattern).map(([name, part]) => [
          name,
          part ?? undefined,
        ]);
        return anyElement(field, Object.fromEntries(parts));
      }
      case 'key':
        return anyKey(this.#protocol[domain.field] as MapField<IntField, ScalarField>);
      case 'index':
        return anyIndex(this.#protocol[domain.field] as ListField<ScalarField>);
    }
  }

  #fields(fields: DrawnFields): Fields {
    const made = Object.entries(fields).map(([name, field]) => [name, this.#field(field)]);
    return Object.fromEntries(made);
  }

  #field(field: DrawnField): Field {
    switch (field.kind) {
      case 'lifecycle':
        return lifecycle(doorTable);
      case 'nodeSet':
        return nodeSet(this.#type(field.type));
      case 'list':
        return list(
          field.element.kind === 'record'
            ? this.#record(field.element)
            : this.#scalar(field.element),
          field.capacity,
        );
      case 'optionalRecord':
        return optional(this.#record(field.element));
      case 'set':
        return set(this.#setElement(field.element));
      case 'map': {
        const { value } = field;
        return map(
          this.#scalar(field.key) as IntField,
          value.kind === 'record' ? this.#record(value) : this.#scalar(value),
        );
      }
      case 'perNode':
        return perNode(this.#type(field.type), this.#field(field.element));
      case 'links':
        return links(this.#type(field.type), this.#record(field.element));
      case 'record':
        return this.#record(field);
      case 'optional':
        return optional(this.#scalar(field.inner));
      default:
        return this.#scalar(field);
    }
  }

  #setElement(element: DrawnScalar | DrawnRecord | DrawnVariants): SetElement {
    if (element.kind === 'record') return this.#record(element);
    if (element.kind !== 'variants') return this.#scalar(element);
    const cases = Object.entries(element.cases).map(([name, fields]) => [
      name,
      this.#fields(fields),
    ]);
    return variants('kind', Object.fromEntries(cases));
  }

  #record({ fields }: DrawnRecord): RecordField<Fields> {
    return record(this.#fields(fields));
  }

  #scalar(field: DrawnScalar): ScalarField {
    switch (field.kind) {
      case 'int':
        return int(field.min, field.max);
      case 'flag':
        return flag();
      case 'enum':
        return enumeration(...field.names);
      case 'node':
        return node(this.#type(field.type));
    }
  }
}

import type fc from 'fast-check';
import {
  ExpressionDraws,
  type Manner,
  type Root,
  type Scope,
  type TakenNames,
  type Variable,
  withElement,
} from './drawCode.ts';
import type {
  Code,
  DrawnAction,
  DrawnBuild,
  DrawnElement,
  DrawnField,
  DrawnFields,
  DrawnInitialChoice,
  DrawnModel,
  DrawnNodeType,
  DrawnParams,
  DrawnProperty,
  DrawnRecord,
  DrawnScalar,
  DrawnTemporal,
} from './drawnModel.ts';
import { flatParams } from './drawnModel.ts';
import { isSubset, ParamDraws } from './drawParams.ts';
import { StepDraws } from './drawSteps.ts';
import { Draws } from './draws.ts';

/** Draws a whole model. */
export function drawModel(random: fc.Random, looksAtViews: boolean): DrawnModel {
  return new ModelDraws(new Draws(random), looksAtViews).model();
}

const colours = ['red', 'green', 'blue'] as const;
interface Range {
  readonly min: number;
  readonly max: number;
}
/** Of whole numbers: in one byte and in two, below zero, and of one value only. */
const ranges: readonly [Range, ...Range[]] = [
  { min: 0, max: 1 },
  { min: 0, max: 2 },
  { min: 0, max: 3 },
  { min: -1, max: 1 },
  { min: -2, max: 2 },
  { min: 5, max: 5 },
  { min: 0, max: 255 },
  { min: 0, max: 256 },
  { min: -300, max: 65_000 },
];

class ModelDraws {
  readonly #draws: Draws;
  readonly #manner: Manner;
  readonly #types: readonly DrawnNodeType[];
  readonly #expressions: ExpressionDraws;

  constructor(draws: Draws, looksAtViews: boolean) {
    this.#draws = draws;
    this.#manner = {
      namesNodes: draws.chance(35),
      isWild: draws.chance(20),
      looksAtViews: looksAtViews && draws.chance(25),
    };
    this.#types = this.#nodeTypes();
    this.#expressions = new ExpressionDraws(draws, this.#manner, this.#types);
  }

  model(): DrawnModel {
    const draws = this.#draws;
    const protocol = this.#fields('f', draws.between(2, 4), 2);
    const ghost = this.#fields('g', draws.pick([0, 0, 1, 2]), 1);
    const budget = draws.pick([
      {},
      {},
      { crashes: 1 },
      { crashes: 2 },
      { crashes: 1, losses: 260 },
    ]);
    const [p, g] = [root('p', protocol), root('g', ghost)];
    const names =
      Object.keys(ghost).length === 0 ? [] : draws.pick([[], ['note'], ['note', 'mark']]);
    const recorders = names.map(name => ({
      name,
      body: new StepDraws(this.#expressions, g, []).steps(
        { roots: [g], variables: [{ text: 'fact', type: 'int' }] },
        draws.between(1, 2),
        1,
      ),
    }));
    const actions = Array.from({ length: draws.between(2, 6) }, (_, index) =>
      this.#action(`act${index}`, p, Object.keys(budget), names),
    );
    const properties = Array.from({ length: draws.between(0, 4) }, (_, index) =>
      this.#property(`claim-${index}`, [p, g], actions),
    );
    const temporal = Array.from({ length: draws.pick([0, 0, 1, 2]) }, (_, index) =>
      this.#temporalProperty(`hope-${index}`, [p, g]),
    );
    const initialChoice = draws.chance(20) ? this.#initialChoice(p, g) : undefined;
    const counts = initialChoice === undefined ? [1, 1, 1, 2, 3] : [0, 0, 1];
    const initialStates = Array.from({ length: draws.pick(counts) ?? 1 }, (_, index) => [
      ...this.#settings(p),
      ...this.#settings(g),
      ...(index === 0 && draws.chance(70) ? [] : this.#beginning(p)),
    ]);
    const whole = {
      nodeTypes: this.#types,
      protocol,
      ghost,
      budget,
      recorders,
      initialStates,
      ...(initialChoice === undefined ? {} : { initialChoice }),
      actions,
      properties,
      temporal,
    };
    return { ...whole, build: this.#build(whole) };
  }

  #build({ protocol, ghost, actions, properties }: Omit<DrawnModel, 'build'>): DrawnBuild {
    const draws = this.#draws;
    switch (draws.below(6)) {
      case 0:
        return { kind: 'part' };
      case 1:
        return {
          kind: 'extended',
          protocol: draws.between(1, Object.keys(protocol).length),
          ghost: draws.between(0, Object.keys(ghost).length),
          actions: draws.between(1, actions.length),
          properties: draws.between(0, properties.length),
        };
      default:
        return { kind: 'plain' };
    }
  }

  #nodeTypes(): DrawnNodeType[] {
    const draws = this.#draws;
    const count = (): number => draws.pick([1, 2, 2, 3, 3, 3, 3, 3, 4]);
    const a = { name: 'a', count: count(), interchangeable: draws.chance(80) };
    if (draws.chance(10)) return [];
    if (draws.chance(75)) return [a];
    return [a, { name: 'b', count: draws.between(1, 2), interchangeable: draws.chance(70) }];
  }

  #fields(prefix: string, count: number, depth: number): DrawnFields {
    const drawn = Array.from({ length: count }, (_, index) => [
      `${prefix}${index}`,
      this.#field(depth),
    ]);
    return Object.fromEntries(drawn);
  }

  #field(depth: number): DrawnField {
    const draws = this.#draws;
    const type = draws.pick(this.#types)?.name;
    const choice = draws.below(100);
    if (depth > 0 && draws.chance(25)) return this.#keyed();
    if (depth === 0 || choice < 25) return this.#scalar();
    if (choice < 32) return { kind: 'optional', inner: this.#scalar() };
    if (choice < 39) return { kind: 'lifecycle' };
    if (choice < 45) return this.#record(depth - 1);
    if (choice < 54 || type === undefined) {
      const element = draws.chance(60) ? this.#scalar() : this.#flatRecord();
      return { kind: 'list', element, capacity: draws.between(1, 3) };
    }
    if (choice < 70) return { kind: 'nodeSet', type };
    if (choice < 94) return { kind: 'perNode', type, element: this.#element(depth - 1) };
    return { kind: 'links', type, element: this.#flatRecord() };
  }

  /** What is read and written as a whole, or has such things in it. */
  #keyed(): DrawnField {
    const draws = this.#draws;
    const choice = draws.below(100);
    if (choice < 20) return { kind: 'optionalRecord', element: this.#whole(2) };
    if (choice < 45) {
      const key = draws.pick([this.#narrow(), { kind: 'int', min: -1, max: 1 }] as const);
      const value = draws.chance(50) ? this.#narrow() : this.#whole(2);
      return {
        kind: 'map',
        key: key.kind === 'flag' ? { kind: 'int', min: 0, max: 2 } : key,
        value,
      };
    }
    if (choice < 60) return { kind: 'set', element: this.#narrow() };
    if (choice < 85) return { kind: 'set', element: this.#whole(2) };
    const cases = { k0: this.#whole(1).fields, k1: this.#whole(2).fields };
    return { kind: 'set', element: { kind: 'variants', cases } };
  }

  /** A record of scalars of few values. */
  #whole(most: number): DrawnRecord {
    const draws = this.#draws;
    const fields = Array.from({ length: draws.between(1, most) }, (_, index) => {
      const scalar = this.#narrow();
      return [`r${index}`, draws.chance(30) ? { kind: 'optional', inner: scalar } : scalar];
    });
    return { kind: 'record', fields: Object.fromEntries(fields) };
  }

  #narrow(): DrawnScalar {
    const scalar = this.#scalar();
    const isWide = scalar.kind === 'int' && scalar.max - scalar.min > 4;
    return isWide ? { kind: 'int', min: 0, max: 2 } : scalar;
  }

  #element(depth: number): DrawnElement {
    if (this.#draws.chance(20)) {
      const element = this.#scalar();
      return this.#draws.chance(60) ? this.#keyed() : { kind: 'list', element, capacity: 2 };
    }
    const choice = this.#draws.below(100);
    if (choice < 55) return this.#scalar();
    if (choice < 70) return { kind: 'optional', inner: this.#scalar() };
    return this.#record(depth);
  }

  #record(depth: number): DrawnRecord {
    return { kind: 'record', fields: this.#fields('r', this.#draws.between(1, 2), depth) };
  }

  /** What can be written as one value: scalars and sets. */
  #flatRecord(): DrawnRecord {
    const draws = this.#draws;
    const fields = Array.from({ length: draws.between(1, 2) }, (_, index): [string, DrawnField] => {
      const type = draws.pick(this.#types)?.name;
      if (type !== undefined && draws.chance(10)) return [`r${index}`, { kind: 'nodeSet', type }];
      const scalar = this.#scalar();
      return [`r${index}`, draws.chance(20) ? { kind: 'optional', inner: scalar } : scalar];
    });
    return { kind: 'record', fields: Object.fromEntries(fields) };
  }

  #scalar(): DrawnScalar {
    const draws = this.#draws;
    const type = draws.pick(this.#types)?.name;
    const choice = draws.below(100);
    if (choice < 28) {
      return { kind: 'int', ...draws.pick(ranges) };
    }
    if (choice < 52) return { kind: 'flag' };
    if (choice < 66 || type === undefined) {
      return { kind: 'enum', names: colours.slice(0, draws.between(1, 3)) };
    }
    return { kind: 'node', type };
  }

  /** Sets every field that is not to be read before it was set. */
  #settings({ text, fields }: Root): Code[] {
    const settings = (place: string, field: DrawnField): string[] => {
      switch (field.kind) {
        case 'node':
          return [`${place} = ${this.#initialNode(field.type)};`];
        case 'record':
          return Object.entries(field.fields).flatMap(([name, inner]) =>
            settings(`${place}.${name}`, inner),
          );
        case 'perNode': {
          const all = field.type.toUpperCase();
          if (field.element.kind === 'node') {
            const { type } = field.element;
            const value =
              type === field.type && this.#draws.chance(60) ? 'n' : this.#initialNode(type);
            return [`for (const n of ${all}) ${place}.set(n, ${value});`];
          }
          const inner = settings(`${place}.get(n)`, field.element);
          return inner.length === 0 ? [] : [`for (const n of ${all}) { ${inner.join(' ')} }`];
        }
        case 'links': {
          const all = field.type.toUpperCase();
          const inner = settings(`${place}.get(n, m)`, field.element).join(' ');
          const loop = `for (const n of ${all}) for (const m of ${all}) if (n !== m) { ${inner} }`;
          return inner === '' ? [] : [loop];
        }
        default:
          return [];
      }
    };
    return Object.entries(fields)
      .flatMap(([name, field]) => settings(`${text}.${name}`, field))
      .map(setting => ({ type: 'step', parts: [setting] }));
  }

  #initialNode(type: string): string {
    const declared = this.#types.find(({ name }) => name === type);
    return `${type.toUpperCase()}[${this.#draws.below(declared?.count ?? 1)}]`;
  }

  /** A beginning of its own, which may prefer nodes. */
  #beginning(p: Root): Code[] {
    const manner = { ...this.#manner, namesNodes: true, isWild: false };
    const expressions = new ExpressionDraws(this.#draws, manner, this.#types);
    const steps = new StepDraws(expressions, p, []);
    return steps.steps({ roots: [p], variables: [] }, this.#draws.between(1, 2), 0);
  }

  /** A beginning for each choice of some parameters. */
  #initialChoice(p: Root, g: Root): DrawnInitialChoice {
    const draws = this.#draws;
    const manner = { ...this.#manner, isWild: false };
    const expressions = new ExpressionDraws(draws, manner, this.#types);
    const params = new ParamDraws(draws, manner, this.#types).params({});
    const scope = scopeOf(p, params);
    const steps = new StepDraws(expressions, p, []);
    const fill = [
      ...this.#settings(p),
      ...this.#settings(g),
      ...steps.progress(scope),
      ...steps.steps(scope, draws.between(1, 2), 1),
      ...this.#extra(scope, p, params, steps),
    ];
    const when = draws.chance(40) ? expressions.bool({ ...scope, roots: [] }, 1) : undefined;
    return { params, fill, ...(when === undefined ? {} : { when }) };
  }

  #action(
    name: string,
    p: Root,
    budgets: readonly string[],
    recorders: readonly string[],
  ): DrawnAction {
    const draws = this.#draws;
    const params = new ParamDraws(draws, this.#manner, this.#types).params(p.fields);
    const spends = draws.chance(40) ? draws.pick(budgets) : undefined;
    const node = Object.entries(params).find(([, { kind }]) => kind === 'node');
    const scope = scopeOf(p, params);
    const asked = (): Code => this.#expressions.bool(scope, 1);
    const steps = new StepDraws(this.#expressions, p, recorders);
    const first = [
      ...(draws.chance(90) ? steps.progress(scope) : []),
      ...(draws.chance(40) ? steps.progress(scope) : []),
      ...steps.steps(scope, draws.between(0, 2), 2),
    ];
    return {
      name,
      kind:
        spends !== undefined ? 'fault' : draws.pick(['protocol', 'protocol', 'client', 'recovery']),
      actor: node !== undefined && draws.chance(70) ? node[0] : draws.pick(['system', 'client']),
      params,
      ...(spends === undefined ? {} : { spends }),
      ...(draws.chance(25)
        ? { fair: draws.chance(70) && (first.length % 2 === 0 || 'strong') }
        : {}),
      guard: this.#guard(scope, params),
      step: [...first, ...this.#extra(scope, p, params, steps)],
      ...(draws.chance(12) ? { heldBack: asked() } : {}),
      ...(draws.chance(15) ? { due: asked() } : {}),
    };
  }

  /** Now and then a false guard says why it is false. */
  #guard(scope: Scope, params: DrawnParams): Code {
    const draws = this.#draws;
    const asked = draws.chance(55)
      ? ({ type: 'bool', parts: ['true'] } as const)
      : this.#expressions.bool(scope, draws.below(3));
    const absent = flatParams(params).find(([, { kind }]) => kind === 'optionalNode');
    const choice = flatParams(params).find(([, { kind }]) => kind === 'choice');
    const [subset] = flatParams(params).flatMap(([name, domain]) =>
      isSubset(domain) ? [{ name, type: domain.type }] : [],
    );
    if (subset !== undefined && draws.chance(60)) {
      const node = this.#expressions.node(scope, subset.type);
      const about: Code['parts'] =
        node === undefined
          ? [`(${subset.name}.length === 2 && `]
          : [`(${subset.name}.includes(`, node, ') && '];
      return { type: 'bool', parts: [...about, asked, ')'] };
    }
    const both: Code =
      absent !== undefined && draws.chance(50)
        ? { type: 'bool', parts: [`(${absent[0]} === undefined || `, asked, ')'] }
        : choice !== undefined && draws.chance(50)
          ? { type: 'bool', parts: [`(${choice[0]} === 'left' && `, asked, ')'] }
          : asked;
    return draws.chance(20) ? { type: 'bool', parts: ['(', both, " || 'not now')"] } : both;
  }

  /** What a step does with what its parameters name, or with nodes that may be absent. */
  #extra(scope: Scope, { fields }: Root, params: DrawnParams, steps: StepDraws): Code[] {
    return flatParams(params).flatMap(([name, domain]): Code[] => {
      if (domain.kind === 'key' && this.#draws.chance(40)) {
        const field = fields[domain.field];
        const value = field?.kind === 'map' && this.#expressions.whole(scope, field.value);
        if (!value) return [];
        return [{ type: 'step', parts: [`p.${domain.field}.set(${name}, `, ...value, ');'] }];
      }
      if ((domain.kind === 'element' || domain.kind === 'key') && this.#draws.chance(50)) {
        return [{ type: 'step', parts: [`p.${domain.field}.delete(${name});`] }];
      }
      if (domain.kind === 'index' && this.#draws.chance(50)) {
        return [{ type: 'step', parts: [`p.${domain.field}.removeAt(${name});`] }];
      }
      if (isSubset(domain)) {
        const node = this.#expressions.fresh('n');
        const variable = { text: node, type: `node ${domain.type}` } as const;
        const inner = steps.steps({ ...scope, variables: [...scope.variables, variable] }, 1, 0);
        return inner.map(one => ({
          type: 'step',
          parts: [`for (const ${node} of ${name}) { `, one, ' }'],
        }));
      }
      if (domain.kind !== 'optionalNode') return [];
      const variable = { text: name, type: `node ${domain.type}` } as const;
      const inner = steps.steps({ ...scope, variables: [...scope.variables, variable] }, 1, 0);
      return inner.map(one => ({
        type: 'step',
        parts: [`if (${name} !== undefined) { `, one, ' }'],
      }));
    });
  }

  #property(name: string, roots: readonly Root[], actions: readonly DrawnAction[]): DrawnProperty {
    const draws = this.#draws;
    const kind = draws.pick(['invariant', 'invariant', 'step', 'sometimes'] as const);
    const [p, g] = roots as [Root, Root];
    const taken: readonly TakenNames[] = actions;
    const scope: Scope =
      kind === 'invariant'
        ? { roots, variables: [] }
        : { roots: [p, g, root('q', p.fields), root('h', g.fields)], variables: [], taken };
    const expressions = this.#expressions;
    // Most often what is claimed is broken by a coincidence of a few things, which takes some steps.
    const coincidence = this.#coincidence(scope, draws.between(1, 3));
    const claim: Code =
      kind === 'sometimes'
        ? coincidence
        : draws.chance(70)
          ? { type: 'bool', parts: ['!', coincidence] }
          : expressions.bool(scope, 2);
    const holds: Code =
      kind === 'sometimes' || draws.chance(70)
        ? claim
        : { type: 'bool', parts: ['(', claim, " || 'it is not so')"] };
    const when = kind !== 'sometimes' && draws.chance(40) ? expressions.bool(scope, 1) : undefined;
    return { name, kind, holds, ...(when === undefined ? {} : { when }) };
  }

  #coincidence(scope: Scope, count: number): Code {
    const facts = Array.from({ length: count }, () => this.#expressions.bool(scope, 1));
    const parts = facts.flatMap((fact, index): (string | Code)[] => [
      index === 0 ? '(' : ' && ',
      fact,
    ]);
    return { type: 'bool', parts: [...parts, ')'] };
  }

  #temporalProperty(name: string, roots: readonly Root[]): DrawnTemporal {
    const scope: Scope = { roots, variables: [] };
    const goal = this.#coincidence(scope, this.#draws.between(1, 2));
    if (this.#draws.chance(40)) return { name, kind: 'eventually', goal };
    return { name, kind: 'leadsTo', when: this.#expressions.bool(scope, 1), goal };
  }
}

/** What code that is given these parameters can see. */
function scopeOf(p: Root, params: DrawnParams): Scope {
  const flat = flatParams(params);
  const variables = flat.flatMap(([text, domain]): Variable[] => {
    if (domain.kind === 'node') return [{ text, type: `node ${domain.type}` }];
    return ['int', 'index'].includes(domain.kind) ? [{ text, type: 'int' }] : [];
  });
  const elements = flat.map(([text, domain]) => {
    const field = 'field' in domain ? p.fields[domain.field] : undefined;
    if (field?.kind === 'map') return { text, element: field.key };
    return { text, element: field?.kind === 'set' ? field.element : undefined };
  });
  return elements.reduce<Scope>(
    (all, { text, element }) => (element === undefined ? all : withElement(all, text, element)),
    { roots: [p], variables },
  );
}

function root(text: string, fields: DrawnFields): Root {
  return { text, fields };
}

import {
  type Code,
  type CodeType,
  type DrawnField,
  type DrawnFields,
  type DrawnNodeType,
  type DrawnParams,
  type DrawnRecord,
  type DrawnScalar,
  type DrawnVariants,
  door,
  flatParams,
  textOf,
} from './drawnModel.ts';
import type { Draws } from './draws.ts';
import { drawWhole, patternOf, scalarOf } from './drawWhole.ts';

/** What the code of one model is like. */
export interface Manner {
  /** Whether code may name interchangeable nodes, or prefer those that come first. */
  readonly namesNodes: boolean;
  /** Whether code may leave bounds, read what is not there, and throw. */
  readonly isWild: boolean;
  /** Whether code looks at views as a whole: JSON, spread. */
  readonly looksAtViews: boolean;
}

/** A record that code may look at, by the name of a variable. */
export interface Root {
  readonly text: string;
  readonly fields: DrawnFields;
}
/** A variable with a value. */
export interface Variable {
  readonly text: string;
  readonly type: CodeType;
}
/** What code can see where it stands. */
export interface Scope {
  readonly roots: readonly Root[];
  readonly variables: readonly Variable[];
  /** The actions whose steps it judges, if it does. */
  readonly taken?: readonly TakenNames[];
}
export interface TakenNames {
  readonly name: string;
  readonly params: DrawnParams;
}

type Step =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'perNode'; readonly type: string }
  | { readonly kind: 'links'; readonly type: string }
  | { readonly kind: 'list'; readonly capacity: number };

/** Where a value is, from a root on. */
export interface Place {
  readonly root: string;
  readonly steps: readonly Step[];
  readonly field: DrawnField;
}

/** Every place in these records that has a value or is a container. */
export function placesIn(roots: readonly Root[]): Place[] {
  return roots.flatMap(({ text, fields }) => inFields(text, [], fields));
}

function inFields(root: string, before: readonly Step[], fields: DrawnFields): Place[] {
  return Object.entries(fields).flatMap(([name, field]) =>
    inField(root, [...before, { kind: 'field', name }], field),
  );
}

function inField(root: string, steps: readonly Step[], field: DrawnField): Place[] {
  const own: Place = { root, steps, field };
  switch (field.kind) {
    case 'record':
      return [own, ...inFields(root, steps, field.fields)];
    case 'list':
      return [
        own,
        ...inField(root, [...steps, { kind: 'list', capacity: field.capacity }], field.element),
      ];
    case 'perNode':
      return [
        own,
        ...inField(root, [...steps, { kind: 'perNode', type: field.type }], field.element),
      ];
    case 'links':
      return [
        own,
        ...inField(root, [...steps, { kind: 'links', type: field.type }], field.element),
      ];
    default:
      return [own];
  }
}

export type Parts = readonly (string | Code)[];
const bool = (...parts: Parts): Code => ({ type: 'bool', parts });
const int = (...parts: Parts): Code => ({ type: 'int', parts });

/** Draws expressions. */
export class ExpressionDraws {
  readonly draws: Draws;
  readonly manner: Manner;
  readonly types: readonly DrawnNodeType[];
  #variables = 0;
  /** How many nodes are being drawn, each to get to another. */
  #nesting = 0;

  constructor(draws: Draws, manner: Manner, types: readonly DrawnNodeType[]) {
    this.draws = draws;
    this.manner = manner;
    this.types = types;
  }

  /** A name that no other variable has. */
  fresh(prefix: string): string {
    this.#variables++;
    return `${prefix}${this.#variables}`;
  }

  bool(scope: Scope, depth: number): Code {
    const { draws } = this;
    for (let attempt = 0; attempt < 4; attempt++) {
      const drawn =
        depth > 0 && draws.chance(45) ? this.#joined(scope, depth) : this.#fact(scope, depth);
      if (drawn !== undefined) return drawn;
    }
    return bool(draws.chance(80) ? 'true' : 'false');
  }

  #joined(scope: Scope, depth: number): Code {
    const one = this.bool(scope, depth - 1);
    const other = (): Code => this.bool(scope, depth - 1);
    switch (this.draws.below(7)) {
      case 0:
        return bool('!', one);
      case 1:
      case 2:
        return bool('(', one, ' && ', other(), ')');
      case 3:
      case 4:
        return bool('(', one, ' || ', other(), ')');
      case 5:
        return bool('(', one, ' ? ', other(), ' : ', other(), ')');
      default:
        // An early exit, in statements.
        return bool('(() => { if (', one, ') return ', other(), '; return ', other(), '; })()');
    }
  }

  /** Something that is true or false of one place, of nodes, or of the action. */
  #fact(scope: Scope, depth: number): Code | undefined {
    const { draws } = this;
    const choice = draws.below(100);
    if (scope.taken !== undefined && choice < 25) return this.#ofAction(scope, scope.taken);
    if (choice < 40 && depth > 0) return this.#quantified(scope, depth);
    if (choice < 47) return this.#compared(scope, depth);
    if (choice < 53) return this.#sameNode(scope);
    if (choice < 60 && this.manner.looksAtViews) return this.#view(scope);
    return this.#ofPlace(scope);
  }

  #compared(scope: Scope, depth: number): Code | undefined {
    const sign = this.draws.pick([' === ', ' < ', ' >= ', ' !== '] as const);
    const [one, other] = [this.int(scope, depth), this.int(scope, depth)];
    const isKnown = [one, other].every(({ parts }) => /^\d+$/.test(String(parts[0])));
    return isKnown ? undefined : bool('(', one, sign, other, ')');
  }

  #sameNode(scope: Scope): Code | undefined {
    const type = this.draws.pick(this.types);
    if (type === undefined) return undefined;
    const one = this.node(scope, type.name);
    const other = this.node(scope, type.name);
    if (one === undefined || other === undefined || sameText(one, other)) return undefined;
    const sign = this.manner.namesNodes && this.draws.chance(30) ? ' < ' : ' === ';
    return bool('(', one, sign, other, ')');
  }

  #ofAction(scope: Scope, taken: readonly TakenNames[]): Code | undefined {
    const { draws, manner } = this;
    const action = draws.pick(taken);
    if (action === undefined) return undefined;
    const named = `action.name === '${action.name}'`;
    const param = draws.pick(flatParams(action.params));
    if (param === undefined || draws.chance(40)) return bool(`(${named})`);
    const [name, domain] = param;
    switch (domain.kind) {
      case 'int':
        return bool(
          `(${named} && action.params['${name}'] === ${draws.between(domain.min, domain.max)})`,
        );
      case 'choice':
        return bool(`(${named} && action.params['${name}'] === '${draws.pick(domain.names)}')`);
      case 'subset':
      case 'quorum':
      case 'element':
      case 'key':
      case 'index':
        return bool(`(${named})`);
      default: {
        const capital = domain.type.toUpperCase();
        if (manner.namesNodes && draws.chance(50)) {
          return bool(`(${named} && action.params['${name}'] === '${domain.type}-1')`);
        }
        const node = this.node(scope, domain.type);
        if (node === undefined) return undefined;
        return bool(`(${named} && action.params['${name}'] === name${capital}(`, node, '))');
      }
    }
  }

  /** Asks the nodes of a type, or the elements of a set or a list, one after another. */
  #quantified(scope: Scope, depth: number): Code | undefined {
    const { draws } = this;
    const lists = placesIn(scope.roots).filter(({ field }) =>
      ['list', 'nodeSet', 'set', 'map'].includes(field.kind),
    );
    const place = draws.chance(40) ? draws.pick(lists) : undefined;
    if (place === undefined) return this.#ofNodes(scope, depth);
    if (place.field.kind === 'nodeSet') {
      const node = this.fresh('n');
      const inner = withVariable(scope, { text: node, type: `node ${place.field.type}` });
      const how = draws.pick(['some', 'every'] as const);
      const asked = this.bool(inner, depth - 1);
      return this.read(scope, place, 'bool', set => [...set, `.${how}(${node} => `, asked, ')']);
    }
    if (place.field.kind === 'set' || place.field.kind === 'map') {
      return this.#ofElements(scope, place, place.field, depth);
    }
    if (place.field.kind !== 'list') return undefined;
    const [list, element] = [this.fresh('l'), this.fresh('e')];
    const inner = withElement(scope, element, place.field.element);
    const asked = this.bool(inner, depth - 1);
    const [atOnce, otherwise] = draws.chance(50) ? ['true', 'false'] : ['false', 'true'];
    return this.read(scope, place, 'bool', parts => [
      `(${list} => { for (let i = 0; i < ${list}.length; i++) { const ${element} = ${list}.get(i); if (`,
      asked,
      `) return ${atOnce}; } return ${otherwise}; })(`,
      ...parts,
      ')',
    ]);
  }

  /** Asks the elements of a set, or the values of a map. */
  #ofElements(
    scope: Scope,
    place: Place,
    field: Extract<DrawnField, { kind: 'set' | 'map' }>,
    depth: number,
  ): Code | undefined {
    const { draws } = this;
    const e = this.fresh('e');
    const element = field.kind === 'set' ? field.element : field.value;
    const asked = this.bool(withElement(scope, e, element), depth - 1);
    const how = draws.pick(['some', 'every'] as const);
    const pattern = field.kind === 'set' && draws.chance(40) ? patternOf(draws, field) : undefined;
    const part = pattern === undefined ? '' : `.where(${pattern})`;
    if (field.kind === 'set' && this.manner.namesNodes && draws.chance(30)) {
      return this.read(scope, place, 'bool', all => [
        '(',
        ...all,
        `${part}.find(${e} => `,
        asked,
        ') !== undefined)',
      ]);
    }
    return this.read(scope, place, 'bool', all => [...all, `${part}.${how}(${e} => `, asked, ')']);
  }

  /** A value that a set or a map may have, or undefined where a node is needed that code may not name. */
  whole(scope: Scope, field: DrawnField | DrawnVariants): Parts | undefined {
    const node = (type: string): Code | undefined => this.node(scope, type);
    return drawWhole({ draws: this.draws, node, valueIn: range => this.valueIn(range) }, field);
  }

  #ofNodes(scope: Scope, depth: number): Code | undefined {
    const { draws } = this;
    const type = draws.pick(this.types);
    if (type === undefined) return undefined;
    const node = this.fresh('n');
    const all = type.name.toUpperCase();
    const asked = this.bool(
      withVariable(scope, { text: node, type: `node ${type.name}` }),
      depth - 1,
    );
    switch (draws.below(4)) {
      case 0:
        return bool(`${all}.every(${node} => `, asked, ')');
      case 1:
        return bool(
          `(${all}.filter(${node} => `,
          asked,
          `).length ${draws.pick(['===', '<'] as const)} ${draws.between(1, type.count)})`,
        );
      default:
        return bool(`${all}.some(${node} => `, asked, ')');
    }
  }

  /** JSON or a copy of a container, compared with another or itself. */
  #view(scope: Scope): Code | undefined {
    const { draws } = this;
    const place = draws.pick(placesIn(scope.roots).filter(({ field }) => field.kind !== 'links'));
    if (place === undefined) return undefined;
    const other = place.root === 'p' ? { ...place, root: 'q' } : place;
    const isStep = scope.roots.some(({ text }) => text === 'q');
    const json = (at: Place): Code | undefined =>
      this.read(scope, at, 'text', parts => ['JSON.stringify(', ...parts, ')'], "'none'");
    const [one, two] = [json(place), json(isStep ? other : place)];
    if (one === undefined || two === undefined) return undefined;
    if (isStep) return bool('(', one, ' === ', two, ')');
    return bool('(', one, `.length > ${draws.between(2, 30)})`);
  }

  /** Something of one place. */
  #ofPlace(scope: Scope): Code | undefined {
    const place = this.draws.pick(placesIn(scope.roots));
    const value = scope.variables.filter(({ type }) => type === 'bool' || type === 'text');
    if (place === undefined || (value.length > 0 && this.draws.chance(15))) {
      const variable = this.draws.pick(value);
      if (variable === undefined) return undefined;
      return bool(variable.type === 'bool' ? variable.text : `(${variable.text} === 'red')`);
    }
    return this.#factOf(scope, place);
  }

  #factOf(scope: Scope, place: Place): Code | undefined {
    const { draws } = this;
    const { field } = place;
    const told = (tell: (parts: Parts) => Parts): Code | undefined =>
      this.read(scope, place, 'bool', tell);
    switch (field.kind) {
      case 'optional':
        if (draws.chance(40)) return told(parts => ['(', ...parts, ' === undefined)']);
        return this.#equals(scope, place, field.inner);
      case 'int':
      case 'flag':
      case 'enum':
      case 'node':
        return this.#equals(scope, place, field);
      case 'lifecycle':
        return told(parts => ['(', ...parts, `.state === '${draws.pick(door.states)}')`]);
      case 'nodeSet': {
        const node = this.node(scope, field.type);
        if (node !== undefined && draws.chance(70))
          return told(set => [...set, '.has(', node, ')']);
        const others = placesIn(scope.roots).filter(
          ({ field: other }) => other.kind === 'nodeSet' && other.type === field.type,
        );
        const other = draws.pick(others);
        if (other === undefined || draws.chance(50)) return told(set => [...set, '.isEmpty']);
        return told(set => {
          const subset = this.read(scope, other, 'bool', parts => ['s.isSubsetOf(', ...parts, ')']);
          return subset === undefined
            ? [...set, '.isEmpty']
            : ['(s => ', subset, ')(', ...set, ')'];
        });
      }
      case 'list':
        return told(parts => ['(', ...parts, `.length === ${draws.between(0, field.capacity)})`]);
      case 'set':
      case 'map': {
        const value = this.whole(scope, field.kind === 'set' ? field.element : field.key);
        if (value === undefined || draws.chance(25)) return told(parts => [...parts, '.isEmpty']);
        const how = field.kind === 'map' && draws.chance(40) ? 'get' : 'has';
        return told(parts => [
          '(',
          ...parts,
          `.${how}(`,
          ...value,
          ') === ',
          how === 'has' ? 'true)' : 'undefined)',
        ]);
      }
      case 'optionalRecord': {
        if (draws.chance(40)) return told(parts => ['(', ...parts, ' === undefined)']);
        const o = this.fresh('e');
        const asked = this.bool(
          { ...scope, roots: [{ text: o, fields: field.element.fields }] },
          0,
        );
        return told(parts => [`(${o} => ${o} !== undefined && `, asked, ')(', ...parts, ')']);
      }
      default:
        return undefined;
    }
  }

  #equals(scope: Scope, place: Place, scalar: DrawnScalar): Code | undefined {
    const { draws } = this;
    const told = (tell: (parts: Parts) => Parts): Code | undefined =>
      this.read(scope, place, 'bool', tell);
    switch (scalar.kind) {
      case 'flag':
        return told(parts => ['(', ...parts, ' === true)']);
      case 'enum':
        return told(parts => ['(', ...parts, ` === '${draws.pick(scalar.names)}')`]);
      case 'int': {
        const sign = draws.pick(['===', '===', '<', '>'] as const);
        return told(parts => ['(', ...parts, ` ${sign} ${this.valueIn(scalar)})`]);
      }
      case 'node': {
        const node = this.node(scope, scalar.type);
        return node === undefined ? undefined : told(parts => ['(', ...parts, ' === ', node, ')']);
      }
    }
  }

  /** A number of the field, most often a small or an extreme one. */
  valueIn({ min, max }: { readonly min: number; readonly max: number }): number {
    const { draws } = this;
    if (draws.chance(10))
      return draws.pick([max, Math.min(max, min + 255), Math.min(max, min + 256)]);
    return Math.min(max, min + draws.below(4));
  }

  int(scope: Scope, depth: number): Code {
    const { draws } = this;
    const variables = scope.variables.filter(({ type }) => type === 'int');
    const choice = draws.below(100);
    if (choice < 30) {
      const variable = draws.pick(variables);
      if (variable !== undefined) return int(variable.text);
    }
    if (choice < 40 && depth > 0) {
      const [one, other] = [this.int(scope, depth - 1), this.int(scope, depth - 1)];
      return int('(', one, draws.pick([' + ', ' - '] as const), other, ')');
    }
    if (choice < 90) {
      const place = draws.pick(placesIn(scope.roots).filter(({ field }) => isCounted(field)));
      const read = place === undefined ? undefined : this.#numberOf(scope, place);
      if (read !== undefined) return read;
    }
    return int(String(draws.between(0, 3)));
  }

  #numberOf(scope: Scope, place: Place): Code | undefined {
    const { field } = place;
    if (field.kind === 'int') return this.read(scope, place, 'int', parts => parts);
    if (field.kind === 'list') {
      return this.read(scope, place, 'int', parts => [...parts, '.length']);
    }
    if (field.kind === 'nodeSet' || field.kind === 'set' || field.kind === 'map') {
      return this.read(scope, place, 'int', parts => [...parts, '.size']);
    }
    if (field.kind !== 'optional' || field.inner.kind !== 'int') return undefined;
    return this.read(scope, place, 'int', parts => ['(', ...parts, ' ?? 1)']);
  }

  /** A node of a type, or undefined where there is none that code may name. */
  node(scope: Scope, type: string): Code | undefined {
    this.#nesting++;
    const drawn = this.#anyNode(scope, type);
    this.#nesting--;
    return drawn;
  }

  #anyNode(scope: Scope, type: string): Code | undefined {
    const { draws, manner } = this;
    const wanted: CodeType = `node ${type}`;
    const code = (...parts: Parts): Code => ({ type: wanted, parts });
    const variables = scope.variables.filter(variable => variable.type === wanted);
    const declared = this.types.find(({ name }) => name === type);
    const mayName = manner.namesNodes || declared?.interchangeable === false;
    const all = type.toUpperCase();
    if (mayName && draws.chance(variables.length > 0 ? 15 : 50)) {
      if (draws.chance(70) || this.#nesting > 1)
        return code(`${all}[${draws.below(declared?.count ?? 1)}]`);
      const node = this.fresh('n');
      const asked = this.bool(withVariable(scope, { text: node, type: wanted }), 0);
      return code(`(${all}.find(${node} => `, asked, `) ?? ${all}[0])`);
    }
    const variable = draws.pick(variables);
    if (variable !== undefined && draws.chance(75)) return code(variable.text);
    const places = placesIn(scope.roots).filter(({ field }) => isNodeOf(field, type, mayName));
    const place = this.#nesting > 2 ? undefined : draws.pick(places);
    if (place?.steps.every(step => step.kind !== 'links' && step.kind !== 'list')) {
      const isOptional = place.field.kind === 'optional';
      const read = this.read(scope, place, wanted, parts =>
        isOptional ? ['(', ...parts, ` ?? ${all}[0])`] : parts,
      );
      if (read !== undefined) return read;
    }
    return variable === undefined ? undefined : code(variable.text);
  }

  /**
   * Code that gets to a place and does something with it. What is not there to be looked at is worth
   * `otherwise`; undefined where a node is needed on the way, and there is none.
   */
  read(
    scope: Scope,
    place: Place,
    type: CodeType,
    tell: (parts: Parts) => Parts,
    otherwise = defaultOf(type),
  ): Code | undefined {
    const follow = (before: Parts, rest: readonly Step[]): Parts | undefined => {
      const [step, ...further] = rest;
      if (step === undefined) return tell(before);
      if (step.kind === 'field') return follow([...before, `.${step.name}`], further);
      if (step.kind === 'list')
        return this.#readElement(before, step.capacity, otherwise, parts => follow(parts, further));
      const node = this.node(scope, step.type);
      if (node === undefined) return undefined;
      if (step.kind === 'perNode') return follow([...before, '.get(', node, ')'], further);
      const other = this.node(scope, step.type);
      const [l, from, to] = [this.fresh('l'), this.fresh('n'), this.fresh('n')];
      const inner = follow([`${l}.get(${from}, ${to})`], further);
      if (other === undefined || inner === undefined) return undefined;
      const head = `((${l}, ${from}, ${to}) => ${from} === ${to} ? ${otherwise} : `;
      return [head, ...inner, ')(', ...before, ', ', node, ', ', other, ')'];
    };
    const parts = follow([place.root], place.steps);
    return parts === undefined ? undefined : { type, parts };
  }

  #readElement(
    list: Parts,
    capacity: number,
    otherwise: string,
    follow: (parts: Parts) => Parts | undefined,
  ): Parts | undefined {
    const index = this.draws.below(capacity);
    if (this.manner.isWild && this.draws.chance(20)) return follow([...list, `.get(${index})`]);
    const l = this.fresh('l');
    if (this.draws.chance(40)) {
      const inner = follow([`${l}.get(${l}.length - 1)`]);
      return (
        inner && [`(${l} => ${l}.length === 0 ? ${otherwise} : `, ...inner, ')(', ...list, ')']
      );
    }
    const inner = follow([`${l}.get(${index})`]);
    return (
      inner && [`(${l} => ${l}.length > ${index} ? `, ...inner, ` : ${otherwise})(`, ...list, ')']
    );
  }
}

function isCounted(field: DrawnField): boolean {
  return ['list', 'nodeSet', 'set', 'map'].includes(field.kind) || scalarOf(field)?.kind === 'int';
}

function isNodeOf(field: DrawnField, type: string, mayName: boolean): boolean {
  const scalar = scalarOf(field);
  if (scalar?.kind !== 'node' || scalar.type !== type) return false;
  return field.kind === 'node' || mayName;
}

function defaultOf(type: CodeType): string {
  return type === 'bool' ? 'false' : type === 'int' ? '0' : 'undefined';
}

function sameText(one: Code, other: Code): boolean {
  return textOf(one) === textOf(other);
}

export function withVariable(scope: Scope, variable: Variable): Scope {
  return { ...scope, variables: [...scope.variables, variable] };
}

/** The scope in which an element of a list or a set has a name. */
export function withElement(
  scope: Scope,
  text: string,
  element: DrawnScalar | DrawnRecord | DrawnVariants,
): Scope {
  switch (element.kind) {
    case 'variants': {
      const kind = { kind: 'enum', names: Object.keys(element.cases) } as const;
      return { ...scope, roots: [...scope.roots, { text, fields: { kind } }] };
    }
    case 'record':
      return { ...scope, roots: [...scope.roots, { text, fields: element.fields }] };
    case 'int':
      return withVariable(scope, { text, type: 'int' });
    case 'flag':
      return withVariable(scope, { text, type: 'bool' });
    case 'enum':
      return withVariable(scope, { text, type: 'text' });
    case 'node':
      return withVariable(scope, { text, type: `node ${element.type}` });
  }
}

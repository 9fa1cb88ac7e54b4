import {
  type ExpressionDraws,
  type Parts,
  type Place,
  placesIn,
  type Root,
  type Scope,
  withVariable,
} from './drawCode.ts';
import type { Code, DrawnField, DrawnRecord } from './drawnModel.ts';
import { door } from './drawnModel.ts';

const step = (...parts: Parts): Code => ({ type: 'step', parts });

/** Draws statements, which change one record. */
export class StepDraws {
  readonly #expressions: ExpressionDraws;
  readonly #root: Root;
  readonly #recorders: readonly string[];

  /** @param recorders - Those that can be told something. */
  constructor(expressions: ExpressionDraws, root: Root, recorders: readonly string[]) {
    this.#expressions = expressions;
    this.#root = root;
    this.#recorders = recorders;
  }

  steps(scope: Scope, count: number, depth: number): Code[] {
    return Array.from({ length: count }, () => this.#step(scope, depth)).flatMap(one => one ?? []);
  }

  #step(scope: Scope, depth: number): Code | undefined {
    const expressions = this.#expressions;
    const { draws, manner } = expressions;
    const choice = draws.below(100);
    if (choice < 12 && depth > 0) {
      const steps = this.steps(scope, draws.between(1, 2), depth - 1);
      return step('if (', expressions.bool(scope, 1), ') { ', ...spaced(steps), '}');
    }
    if (choice < 20 && depth > 0) return this.#forNodes(scope, depth);
    if (choice < 23) return step('if (', expressions.bool(scope, 1), ') return;');
    if (choice < 26 && manner.isWild) {
      return step('if (', expressions.bool(scope, 1), ") throw new RangeError('enough');");
    }
    if (choice < 40) {
      const recorder = draws.pick(this.#recorders);
      if (recorder !== undefined) {
        return step(`record.${recorder}(`, expressions.int(scope, 1), ');');
      }
    }
    return this.#change(scope);
  }

  #forNodes(scope: Scope, depth: number): Code | undefined {
    const expressions = this.#expressions;
    const { draws, manner } = expressions;
    const type = draws.pick(expressions.types);
    if (type === undefined) return undefined;
    const node = expressions.fresh('n');
    const inner = withVariable(scope, { text: node, type: `node ${type.name}` });
    const all = type.name.toUpperCase();
    const steps = this.steps(inner, draws.between(1, 2), depth - 1);
    const early = manner.namesNodes && draws.chance(40);
    const leave: Parts = early ? ['if (', expressions.bool(inner, 0), ') break; '] : [];
    return step(`for (const ${node} of ${all}) { `, ...leave, ...spaced(steps), '}');
  }

  /** A change of something that goes on from what it is. */
  progress(scope: Scope): Code[] {
    const { draws } = this.#expressions;
    const places = placesIn([this.#root]).filter(({ steps, field }) => {
      const isPlain = field.kind === 'int' ? field.max > field.min : field.kind !== 'node';
      return (
        isPlain &&
        steps.at(-1)?.kind !== 'list' &&
        !['record', 'links', 'perNode'].includes(field.kind)
      );
    });
    for (let attempt = 0; attempt < 4; attempt++) {
      const place = draws.pick(places);
      if (place === undefined) break;
      const change = this.#changeAt(scope, place, 100);
      if (change !== undefined) return [change];
    }
    return [];
  }

  /** Changes one place. */
  #change(scope: Scope): Code | undefined {
    const place = this.#expressions.draws.pick(
      placesIn([this.#root]).filter(({ field }) => field.kind !== 'record'),
    );
    return place === undefined ? undefined : this.#changeAt(scope, place, 40);
  }

  /** @param onwards - How likely it is that a value is made of the one before, of a hundred. */
  #changeAt(scope: Scope, place: Place, onwards: number): Code | undefined {
    const { field } = place;
    const last = place.steps.at(-1);
    switch (field.kind) {
      case 'int':
      case 'flag':
      case 'enum':
      case 'node':
      case 'optional':
        // A scalar in a list is changed through the list.
        if (last?.kind === 'list') return undefined;
        if (last?.kind === 'perNode') return this.#setElement(scope, place, onwards);
        return this.#assign(scope, place, onwards);
      case 'lifecycle':
        return this.#send(scope, place);
      case 'nodeSet':
        return this.#changeSet(scope, place, field.type);
      case 'list':
        return this.#changeList(scope, place, field);
      case 'set':
        return this.#changeFlatSet(scope, place, field);
      case 'map':
        return this.#changeMap(scope, place, field);
      case 'optionalRecord': {
        const value = this.#expressions.whole(scope, field.element);
        if (value === undefined) return undefined;
        const given = this.#expressions.draws.chance(30) ? ['undefined'] : value;
        if (last?.kind === 'perNode') {
          const node = this.#expressions.node(scope, last.type);
          const array = { ...place, steps: place.steps.slice(0, -1) };
          if (node === undefined) return undefined;
          return this.#at(scope, array, parts => [...parts, '.set(', node, ', ', ...given, ');']);
        }
        return this.#at(scope, place, parts => [...parts, ' = ', ...given, ';']);
      }
      case 'perNode':
      case 'links':
        return this.#clear(scope, place, field);
      default:
        return undefined;
    }
  }

  #changeFlatSet(
    scope: Scope,
    place: Place,
    { element }: Extract<DrawnField, { kind: 'set' }>,
  ): Code | undefined {
    const { draws } = this.#expressions;
    const value = this.#expressions.whole(scope, element);
    if (value === undefined || draws.chance(8)) {
      return this.#at(scope, place, parts => [...parts, '.clear();']);
    }
    const how = draws.chance(75) ? '.add(' : '.delete(';
    return this.#at(scope, place, parts => [...parts, how, ...value, ');']);
  }

  #changeMap(
    scope: Scope,
    place: Place,
    field: Extract<DrawnField, { kind: 'map' }>,
  ): Code | undefined {
    const { draws } = this.#expressions;
    const key = this.#expressions.whole(scope, field.key);
    const value = this.#expressions.whole(scope, field.value);
    if (key === undefined || draws.chance(8)) {
      return this.#at(scope, place, parts => [...parts, '.clear();']);
    }
    if (value === undefined || draws.chance(25)) {
      return this.#at(scope, place, parts => [...parts, '.delete(', ...key, ');']);
    }
    return this.#at(scope, place, parts => [...parts, '.set(', ...key, ', ', ...value, ');']);
  }

  #assign(scope: Scope, place: Place, onwards: number): Code | undefined {
    const { field } = place;
    const value = this.value(scope, field);
    const name = place.steps.at(-1);
    if (this.#expressions.draws.chance(onwards) && name?.kind === 'field') {
      const v = this.#expressions.fresh('v');
      const own = `${v}.${name.name}`;
      const next = this.#next(field, own);
      const owner = { ...place, steps: place.steps.slice(0, -1) };
      return this.#at(scope, owner, parts => [`const ${v} = `, ...parts, `; ${own} = ${next};`]);
    }
    if (value === undefined) return undefined;
    return this.#at(scope, place, parts => [...parts, ' = ', value, ';']);
  }

  #setElement(scope: Scope, place: Place, onwards: number): Code | undefined {
    const { field } = place;
    const value = this.value(scope, field);
    const last = place.steps.at(-1);
    if (value === undefined || last?.kind !== 'perNode') return undefined;
    const node = this.#expressions.node(scope, last.type);
    if (node === undefined) return undefined;
    const array = { ...place, steps: place.steps.slice(0, -1) };
    if (this.#expressions.draws.chance(onwards)) {
      const [v, n] = [this.#expressions.fresh('v'), this.#expressions.fresh('n')];
      const next = this.#next(field, `${v}.get(${n})`);
      return this.#at(scope, array, parts => [
        `const ${n} = `,
        node,
        `, ${v} = `,
        ...parts,
        `; ${v}.set(${n}, ${next});`,
      ]);
    }
    return this.#at(scope, array, parts => [...parts, '.set(', node, ', ', value, ');']);
  }

  /** What comes after a value, as text; the same value again where nothing does. */
  #next(field: DrawnField, value: string): string {
    const { draws, manner } = this.#expressions;
    switch (field.kind) {
      case 'int': {
        if (manner.isWild && draws.chance(15)) return `${value} + 1`;
        const most = Math.min(field.max, field.min + draws.between(1, 3));
        const past = draws.chance(75) ? field.min : most;
        return `(${value} < ${most} ? ${value} + 1 : ${past})`;
      }
      case 'flag':
        return `!${value}`;
      case 'enum': {
        const [first, second = first] = field.names;
        return `(${value} === '${first}' ? '${second}' : '${draws.pick(field.names)}')`;
      }
      case 'optional': {
        const { inner } = field;
        if (inner.kind === 'int') return `(${value} === undefined ? ${inner.min} : undefined)`;
        if (inner.kind === 'flag') return `(${value} === undefined ? true : undefined)`;
        return value;
      }
      default:
        return value;
    }
  }

  #send(scope: Scope, place: Place): Code | undefined {
    const expressions = this.#expressions;
    const { draws, manner } = expressions;
    const event = draws.pick(door.events);
    const l = expressions.fresh('l');
    const flag = placesIn([this.#root]).find(
      ({ steps, field }) => steps.length === 1 && field.kind === 'flag',
    );
    const [flagName] = flag?.steps ?? [];
    const ring =
      flagName?.kind === 'field'
        ? `s => { s.${flagName.name} = !s.${flagName.name}; }`
        : '() => {}';
    const send = `${l}.send('${event}', { ring: ${ring} }, ${this.#root.text});`;
    const froms = Object.entries(door.moves).filter(([, moves]) => event in moves);
    const accepted = froms.map(([from]) => `${l}.state === '${from}'`).join(' || ');
    const guarded = manner.isWild && draws.chance(40) ? send : `if (${accepted}) ${send}`;
    return this.#at(scope, place, parts => [`const ${l} = `, ...parts, `; ${guarded}`]);
  }

  #changeSet(scope: Scope, place: Place, type: string): Code | undefined {
    const expressions = this.#expressions;
    const { draws } = expressions;
    const choice = draws.below(100);
    if (choice < 10) return this.#at(scope, place, parts => [...parts, '.clear();']);
    if (choice < 25) {
      const others = placesIn([this.#root]).filter(
        ({ field, steps }) =>
          field.kind === 'nodeSet' &&
          field.type === type &&
          steps.every(({ kind }) => kind === 'field'),
      );
      const other = draws.pick(others);
      const text = other && [
        other.root,
        ...other.steps.map(one => `.${one.kind === 'field' ? one.name : ''}`),
      ];
      if (text !== undefined)
        return this.#at(scope, place, parts => [...parts, `.assign(${text.join('')});`]);
    }
    const node = expressions.node(scope, type);
    if (node === undefined) return undefined;
    const how = draws.chance(65) ? '.add(' : '.delete(';
    return this.#at(scope, place, parts => [...parts, how, node, ');']);
  }

  #changeList(
    scope: Scope,
    place: Place,
    field: Extract<DrawnField, { kind: 'list' }>,
  ): Code | undefined {
    const expressions = this.#expressions;
    const { draws, manner } = expressions;
    const choice = draws.below(100);
    if (choice < 12) {
      const count = draws.chance(50) ? 1 : 2;
      return this.#at(scope, place, parts => [...parts, `.removeFirst(${count});`]);
    }
    if (choice < 25) {
      const length = draws.below(field.capacity);
      return this.#at(scope, place, parts => [...parts, `.truncate(${length});`]);
    }
    const l = expressions.fresh('l');
    if (choice < 35) {
      const index = draws.below(field.capacity);
      const take = index === 0 && draws.chance(50) ? 'shift()' : `removeAt(${index})`;
      return this.#at(scope, place, parts => [
        `const ${l} = `,
        ...parts,
        `; if (${l}.length > ${index}) ${l}.${take};`,
      ]);
    }
    const value =
      field.element.kind === 'record'
        ? this.#recordValue(scope, field.element, l)
        : this.value(scope, field.element);
    if (value === undefined) return undefined;
    if (choice < 45) {
      return this.#at(scope, place, parts => [
        `const ${l} = `,
        ...parts,
        `; if (${l}.length > 0) ${l}.set(0, `,
        value,
        ');',
      ]);
    }
    const guarded =
      manner.isWild && draws.chance(30) ? '' : `if (${l}.length < ${field.capacity}) `;
    return this.#at(scope, place, parts => [
      `const ${l} = `,
      ...parts,
      `; ${guarded}${l}.push(`,
      value,
      ');',
    ]);
  }

  /** What a record in a list starts with. */
  #recordValue(scope: Scope, { fields }: DrawnRecord, list: string): Code | undefined {
    const { draws, manner } = this.#expressions;
    if (manner.looksAtViews && draws.chance(25)) {
      const made = this.#recordValue(scope, { kind: 'record', fields }, list);
      if (made === undefined) return undefined;
      const copied = `${list}.length > 0 ? { ...${list}.get(0) } : `;
      return { type: 'record', parts: [copied, made] };
    }
    const parts: (string | Code)[] = ['{ '];
    for (const [name, field] of Object.entries(fields)) {
      const value = this.value(scope, field);
      if (value === undefined) return undefined;
      parts.push(`${name}: `, value, ', ');
    }
    return { type: 'record', parts: [...parts, '}'] };
  }

  #clear(
    scope: Scope,
    place: Place,
    field: Extract<DrawnField, { kind: 'perNode' | 'links' }>,
  ): Code | undefined {
    const expressions = this.#expressions;
    const { draws, manner } = expressions;
    // It makes the nodes in it unset, which is an error when they are read.
    if (!manner.isWild && holdsNode(field)) return undefined;
    const node = expressions.node(scope, field.type);
    if (node === undefined) return undefined;
    if (field.kind === 'perNode') {
      return this.#at(scope, place, parts => [...parts, '.clear(', node, ');']);
    }
    const other = expressions.node(scope, field.type);
    if (other === undefined) return undefined;
    const [from, to] = [expressions.fresh('n'), expressions.fresh('n')];
    const guarded = manner.isWild && draws.chance(20) ? '' : `if (${from} !== ${to}) `;
    return this.#at(scope, place, parts => [
      `const ${from} = `,
      node,
      `, ${to} = `,
      other,
      `; ${guarded}`,
      ...parts,
      `.clear(${from}, ${to});`,
    ]);
  }

  /** A value that may be written to a field. */
  value(scope: Scope, field: DrawnField): Code | undefined {
    const expressions = this.#expressions;
    const { draws, manner } = expressions;
    switch (field.kind) {
      case 'int': {
        if (draws.chance(45)) return { type: 'int', parts: [String(expressions.valueIn(field))] };
        const number = expressions.int(scope, 1);
        const next: Code = draws.chance(50) ? { type: 'int', parts: [number, ' + 1'] } : number;
        if (manner.isWild && draws.chance(25)) return next;
        const parts = [`Math.max(${field.min}, Math.min(${field.max}, `, next, '))'];
        return { type: 'int', parts };
      }
      case 'flag':
        return draws.chance(60)
          ? { type: 'bool', parts: [draws.chance(60) ? 'true' : 'false'] }
          : expressions.bool(scope, 1);
      case 'enum':
        return { type: 'text', parts: [`'${draws.pick(field.names)}'`] };
      case 'node':
        return expressions.node(scope, field.type);
      case 'optional':
        return draws.chance(30)
          ? { type: 'text', parts: ['undefined'] }
          : this.value(scope, field.inner);
      case 'nodeSet': {
        const own = placesIn([this.#root]).find(
          place =>
            place.field.kind === 'nodeSet' &&
            place.field.type === field.type &&
            place.steps.length === 1,
        );
        const [first] = own?.steps ?? [];
        if (first?.kind !== 'field') return undefined;
        return { type: 'text', parts: [`${this.#root.text}.${first.name}`] };
      }
      default:
        return undefined;
    }
  }

  /** Gets to a place and does something there; nothing where it is not there. */
  #at(scope: Scope, place: Place, change: (parts: Parts) => Parts): Code | undefined {
    const expressions = this.#expressions;
    const follow = (before: Parts, rest: Place['steps']): Parts | undefined => {
      const [next, ...further] = rest;
      if (next === undefined) return change(before);
      if (next.kind === 'field') return follow([...before, `.${next.name}`], further);
      if (next.kind === 'list') {
        const l = expressions.fresh('l');
        const index = expressions.draws.below(next.capacity);
        const inner = follow([`${l}.get(${index})`], further);
        return (
          inner && [`const ${l} = `, ...before, `; if (${l}.length > ${index}) { `, ...inner, ' }']
        );
      }
      const node = expressions.node(scope, next.type);
      if (node === undefined) return undefined;
      if (next.kind === 'perNode') return follow([...before, '.get(', node, ')'], further);
      const other = expressions.node(scope, next.type);
      const [from, to] = [expressions.fresh('n'), expressions.fresh('n')];
      const inner = follow([...before, `.get(${from}, ${to})`], further);
      if (other === undefined || inner === undefined) return undefined;
      return [
        `const ${from} = `,
        node,
        `, ${to} = `,
        other,
        `; if (${from} !== ${to}) { `,
        ...inner,
        ' }',
      ];
    };
    const parts = follow([place.root], place.steps);
    return parts === undefined ? undefined : step('{ ', ...parts, ' }');
  }
}

function holdsNode(field: DrawnField): boolean {
  switch (field.kind) {
    case 'node':
      return true;
    case 'record':
      return Object.values(field.fields).some(holdsNode);
    case 'perNode':
    case 'links':
    case 'list':
      return holdsNode(field.element);
    default:
      return false;
  }
}

function spaced(steps: readonly Code[]): Parts {
  return steps.flatMap(one => [one, ' ']);
}

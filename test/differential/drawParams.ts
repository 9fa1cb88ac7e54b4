import type { Manner } from './drawCode.ts';
import type {
  DrawnDomain,
  DrawnField,
  DrawnFields,
  DrawnFlatDomain,
  DrawnNodeType,
  DrawnParams,
} from './drawnModel.ts';
import type { Draws } from './draws.ts';
import { drawPattern } from './drawWhole.ts';

/** Draws what the parameters of actions are of. */
export class ParamDraws {
  readonly #draws: Draws;
  readonly #manner: Manner;
  readonly #types: readonly DrawnNodeType[];

  constructor(draws: Draws, manner: Manner, types: readonly DrawnNodeType[]) {
    this.#draws = draws;
    this.#manner = manner;
    this.#types = types;
  }

  /** The parameters of one action, which may be of what the protocol has. */
  params(protocol: DrawnFields): DrawnParams {
    const count = this.#draws.pick([0, 1, 1, 2, 2]);
    const drawn = Array.from({ length: count }, (_, index) => [
      `x${index}`,
      this.#draws.chance(8) ? this.#record(protocol) : this.#domain(protocol),
    ]);
    return Object.fromEntries(drawn);
  }

  #record(protocol: DrawnFields): DrawnDomain {
    const count = this.#draws.between(1, 2);
    const parts = Array.from({ length: count }, (_, part) => [`y${part}`, this.#domain(protocol)]);
    return { kind: 'record', params: Object.fromEntries(parts) };
  }

  #domain(protocol: DrawnFields): DrawnFlatDomain {
    const draws = this.#draws;
    const type = draws.pick(this.#types)?.name;
    const choice = draws.below(100);
    const held = draws.chance(30) ? draws.pick(Object.entries(protocol)) : undefined;
    const inState = held && this.#inState(...held);
    if (inState !== undefined) return inState;
    if (type !== undefined && draws.chance(12)) {
      if (draws.chance(40)) return { kind: 'quorum', type };
      return { kind: 'subset', type, atLeast: draws.below(3) };
    }
    if (type !== undefined && choice < 65) return { kind: 'node', type };
    if (type !== undefined && choice < 75) return { kind: 'optionalNode', type };
    if (choice < 90) return { kind: 'int', min: draws.pick([0, -1]), max: draws.between(0, 2) };
    return { kind: 'choice', names: ['left', 'right'] };
  }

  /** What a field has at the time. */
  #inState(name: string, field: DrawnField): DrawnFlatDomain | undefined {
    switch (field.kind) {
      case 'set': {
        const asked = this.#draws.chance(40);
        const nodesOf = (type: string): number => this.#nodesToName(type);
        const pattern = asked
          ? drawPattern({ draws: this.#draws, nodesOf }, field.element)
          : undefined;
        return { kind: 'element', field: name, ...(pattern === undefined ? {} : { pattern }) };
      }
      case 'map':
        return { kind: 'key', field: name };
      case 'list':
        return { kind: 'index', field: name };
      default:
        return undefined;
    }
  }

  /** How many nodes of a type may be named. */
  #nodesToName(type: string): number {
    const declared = this.#types.find(({ name }) => name === type);
    const mayName = this.#manner.namesNodes || declared?.interchangeable === false;
    return mayName ? (declared?.count ?? 0) : 0;
  }
}

/** Whether its values are sets of nodes. */
export function isSubset(
  domain: DrawnDomain,
): domain is Extract<DrawnDomain, { kind: 'subset' | 'quorum' }> {
  return domain.kind === 'subset' || domain.kind === 'quorum';
}

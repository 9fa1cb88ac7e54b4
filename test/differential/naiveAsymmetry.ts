import type { Asymmetry } from '../../checker/core/asymmetry.ts';
import {
  type DrawnDomain,
  type DrawnModel,
  type DrawnParams,
  flatParams,
  textOf,
} from './drawnModel.ts';
import { fieldsLike, scalarOf } from './drawWhole.ts';
import { ownNames } from './engineModel.ts';
import { type NaiveGraph, type NaiveInstance, type Said, threw } from './naiveGraph.ts';
import { type Data, elementOf, seenAs } from './naiveKeyed.ts';
import { renamedState, renamingsOf } from './naiveOrbits.ts';
import { type NaiveRenaming, renamedElement } from './naiveState.ts';

/**
 * Whether an action or a property comes to something else of some state when nodes change names. Of an
 * action that goes through nodes in their order it is not known: it may write what is there already.
 */
export function treatsDifferently(graph: NaiveGraph, { kind, name }: Asymmetry): boolean {
  const own = ownNames(name);
  const renamings = renamingsOf(graph)
    .slice(1)
    .map(renaming => new RenamedGraph(graph, renaming));
  if (kind === 'action')
    return mayPrefer(graph, own) || renamings.some(renamed => renamed.takesDifferently(own));
  const place = graph.drawn.properties.findIndex(property => property.name === own);
  return renamings.some(renamed => renamed.saysDifferently(place));
}

function mayPrefer({ drawn }: NaiveGraph, name: string): boolean {
  const { step = [], params = {} } = drawn.actions.find(action => action.name === name) ?? {};
  if (flatParams(params).some(([, domain]) => namesNode(drawn, domain))) return true;
  const code = [...step, ...drawn.recorders.flatMap(({ body }) => body)].map(textOf).join(' ');
  return /\bof [A-Z]\b|\b[A-Z]\[| < /.test(code);
}

/** Whether a parameter is of elements with a certain node alone. */
function namesNode({ protocol }: DrawnModel, domain: DrawnDomain): boolean {
  if (domain.kind !== 'element' || domain.pattern === undefined) return false;
  const element = elementOf(protocol[domain.field]);
  const fields = element === undefined ? {} : fieldsLike(element, domain.pattern);
  return Object.keys(domain.pattern).some(name => {
    const field = fields[name];
    return field !== undefined && scalarOf(field)?.kind === 'node';
  });
}

/** The states of a graph with other names for nodes. */
class RenamedGraph {
  readonly #graph: NaiveGraph;
  readonly #renaming: NaiveRenaming;
  readonly #instances: readonly number[];

  constructor(graph: NaiveGraph, renaming: NaiveRenaming) {
    this.#graph = graph;
    this.#renaming = renaming;
    const numbers = new Map(graph.instances.map((one, index) => [keyOf(one, one.values), index]));
    // What has no image, because a pattern names a node, stays what it is.
    this.#instances = graph.instances.map(
      (one, index) => numbers.get(keyOf(one, this.#values(one))) ?? index,
    );
  }

  /** Whether an action is enabled or leads where it should not, judging by what it does with the usual names. */
  takesDifferently(name: string): boolean {
    const { states, instances } = this.#graph;
    return states.some(({ steps }, id) => {
      const taken = new Map(steps.map(step => [step.instance, step.to]));
      const image = this.#imageOf(id);
      const scope = this.#graph.scopeOf(image);
      return instances.some((instance, index) => {
        if (instance.name !== name) return false;
        const renamed = this.#instances[index] as number;
        const isEnabled = this.#graph.isEnabled(image, scope, renamed);
        const usual = this.#graph.isEnabled(
          this.#graph.stateOf(id),
          this.#graph.scopeAt(id),
          index,
        );
        if (threw(isEnabled) || threw(usual)) return threw(isEnabled) !== threw(usual);
        if (isEnabled !== usual) return true;
        if (!isEnabled) return false;
        const to = taken.get(index);
        const after = this.#graph.taken(JSON.stringify(image), renamed);
        if (typeof to !== 'number' || threw(after)) return typeof to === 'number' || !threw(after);
        return after !== JSON.stringify(this.#imageOf(to));
      });
    });
  }

  /** Whether a property says anything else than with the usual names. */
  saysDifferently(place: number): boolean {
    const graph = this.#graph;
    const differs = (one: Said | undefined, other: Said | undefined): boolean =>
      threw(one) || threw(other) ? threw(one) !== threw(other) : one !== other;
    return graph.states.some(({ said, steps }, id) => {
      const before = graph.scopeOf(this.#imageOf(id));
      if (differs(said[place], graph.saidOfState(before)[place])) return true;
      return steps.some(({ to, said: usual, instance }) => {
        if (typeof to !== 'number') return false;
        const after = graph.scopeOf(this.#imageOf(to));
        const renamed = this.#instances[instance] as number;
        return differs(usual[place], graph.saidOfStep(before, after, renamed)[place]);
      });
    });
  }

  #imageOf(id: number) {
    return renamedState(this.#graph, this.#graph.stateOf(id), this.#renaming);
  }

  #image(domain: DrawnDomain | undefined, value: unknown): unknown {
    switch (domain?.kind) {
      case 'record':
        return this.#images(domain.params, Object(value));
      case 'node':
      case 'optionalNode':
        return this.#renaming.get(domain.type)?.[Number(value)] ?? value;
      case 'subset':
      case 'quorum': {
        const images = this.#renaming.get(domain.type);
        const nodes = value as readonly number[];
        return nodes.map(node => images?.[node] ?? node).sort((a, b) => a - b);
      }
      case 'element':
      case 'key': {
        const element = elementOf(this.#graph.drawn.protocol[domain.field]);
        if (element === undefined) return value;
        return seenAs(renamedElement(value as Data, element, this.#renaming));
      }
      default:
        return value;
    }
  }

  #values({ action, values }: NaiveInstance): NaiveInstance['values'] {
    return this.#images(this.#graph.drawn.actions[action]?.params ?? {}, values);
  }

  #images(params: DrawnParams, values: NaiveInstance['values']): NaiveInstance['values'] {
    const renamed = Object.entries(values).map(([name, value]) => [
      name,
      this.#image(params[name], value),
    ]);
    return Object.fromEntries(renamed);
  }
}

function keyOf({ action }: NaiveInstance, values: NaiveInstance['values']): string {
  return JSON.stringify([action, Object.entries(values)]);
}

import type { ActionInstance, CompiledModel } from '../../core/compiledModel.ts';
import { InternedLists } from './internedLists.ts';
import type { Functions } from './learnedFunctions.ts';

/**
 * Instances of one action, of one actor: their guards, which read much the same, are evaluated together. Those that are
 * about an element of the state read whether it is there, each another byte, and stand alone.
 */
export class Guards implements Functions {
  /** The members, as lists of instances in ascending order. */
  readonly members: readonly (readonly number[])[];
  readonly #model: CompiledModel;
  /** The member that an instance is in. */
  readonly #memberOf: ReadonlyMap<number, number>;
  /** Of outcomes: the instances that are enabled. */
  readonly #lists = new InternedLists();

  constructor(model: CompiledModel, instances: Uint32Array) {
    this.#model = model;
    this.members = [...membersOf(model, instances).values()];
    this.#memberOf = new Map(
      this.members.flatMap((all, member) => all.map(instance => [instance, member] as const)),
    );
  }

  get count(): number {
    return this.members.length;
  }
  get bytes(): number {
    return this.#lists.bytes;
  }

  /** The members of each actor. */
  byActor(): number[][] {
    const actors = new Map<string, number[]>();
    for (const [member, instances] of this.members.entries()) {
      const { taken, arguments: choice } = this.#instance(instances[0] as number);
      const actor = choice.elements === '' ? taken.actor : `${taken.name} ${choice.elements}`;
      const known = actors.get(actor) ?? [];
      actors.set(actor, known);
      known.push(member);
    }
    return [...actors.values()];
  }

  /** The instances that are enabled by this outcome. */
  enabledBy(outcome: number): readonly number[] {
    return this.#lists.get(outcome);
  }

  compute(member: number, { before, beforeTrace }: Parameters<Functions['compute']>[1]): number {
    const instances = this.members[member] as readonly number[];
    const model = this.#model;
    // What an action spends is the same for all of its instances.
    model.traceBudget(instances[0] as number, beforeTrace);
    const enabled = instances.filter(instance => model.enabled(before, instance) === true);
    return this.#lists.numberOf(enabled);
  }

  renamed(member: number, renaming: Parameters<Functions['renamed']>[1]): number {
    const [first] = this.members[member] as readonly number[];
    return this.#memberOf.get(renaming.instances[first as number] as number) as number;
  }

  isRenamed(
    outcome: number,
    image: number,
    { instances }: Parameters<Functions['renamed']>[1],
  ): boolean {
    const renamed = this.#lists.get(outcome).map(instance => instances[instance] as number);
    return this.#lists.numberOf(renamed.sort((a, b) => a - b)) === image;
  }

  partOf(member: number): ReturnType<Functions['partOf']> {
    const [first] = this.members[member] as readonly number[];
    return { kind: 'action', name: this.#instance(first as number).action.name };
  }

  #instance(index: number): ActionInstance {
    return this.#model.instances[index] as ActionInstance;
  }
}

function membersOf(model: CompiledModel, instances: Uint32Array): Map<string, number[]> {
  const members = new Map<string, number[]>();
  for (const index of instances) {
    const { taken, arguments: choice } = model.instances[index] as ActionInstance;
    const key = `${taken.name} ${taken.actor} ${choice.elements}`;
    const known = members.get(key) ?? [];
    members.set(key, known);
    known.push(index);
  }
  return members;
}

import { withSymmetry } from '../core/asymmetry.ts';
import { CompiledModel, type ModelState } from '../core/compiledModel.ts';
import { type Control, unlimited } from '../core/control.ts';
import { DeclarationError } from '../declarationError.ts';
import {
  brief,
  expectFlagIfAny,
  expectLimit,
  expectOptions,
  type KeysOf,
} from '../declarations.ts';
import { checkProperties } from '../model/checkProperty.ts';
import type { AnyModel } from '../model/model.ts';
import type { AnyProperty } from '../model/property.ts';
import type { ExplorationResult } from '../results/result.ts';
import { MemoryFrontier } from './frontier.ts';
import { LocalPool } from './localPool.ts';
import { Search } from './search.ts';

export interface ExhaustiveOptions {
  /**
   * Count states that differ only by renaming interchangeable nodes as one; off if absent. That nothing
   * treats such nodes differently is checked during the search. If something does, the search begins
   * anew without symmetry, and the result says why.
   */
  readonly symmetry?: boolean;
  /** Stop, inconclusive, when this many distinct states are known. */
  readonly maxStates?: number;
  /** Look at runs of at most so many steps. That there is more is then not said in the result. */
  readonly maxSteps?: number;
  /** Take only actions with these names. */
  readonly actions?: ReadonlySet<string>;
  /** Go on after a violation, to find the others. */
  readonly keepGoing?: boolean;
  /**
   * Look for so many counterexamples of each property, told apart by the actions that they follow from, each a
   * shortest one; 1 if absent. With more than one the search goes on after a violation.
   */
  readonly counterexamples?: number;
  readonly control?: Control;
  /**
   * Sees every state when it is first reached; initial states have depth 1. With symmetry it is the
   * canonical representative. A search that begins anew shows them again.
   */
  readonly onState?: (state: ModelState, depth: number) => void;
}

const optionKeys: KeysOf<ExhaustiveOptions> = {
  symmetry: true,
  maxStates: true,
  maxSteps: true,
  actions: true,
  keepGoing: true,
  counterexamples: true,
  control: true,
  onState: true,
};

/**
 * Explores every state of the model's scope, breadth first, so that the first counterexample of a
 * property is a shortest one: of those in the first level that has any, the one of the property that
 * comes first. States are told apart by a 64-bit hash of all of their bytes.
 *
 * @throws ModelError when an action or property throws, with the steps that lead there; DeclarationError
 * when the model, a property or an option is not written as its type says.
 */
export async function exploreExhaustively(
  model: AnyModel,
  properties: readonly AnyProperty[],
  options: ExhaustiveOptions = {},
): Promise<ExplorationResult> {
  expectOptions('exploreExhaustively', options, optionKeys);
  expectLimit('exploreExhaustively: maxStates', options.maxStates, 0);
  expectLimit('exploreExhaustively: maxSteps', options.maxSteps, 0);
  expectFlagIfAny('exploreExhaustively: symmetry', options.symmetry);
  expectFlagIfAny('exploreExhaustively: keepGoing', options.keepGoing);
  expectLimit('exploreExhaustively: counterexamples', options.counterexamples, 1);
  checkProperties(model.name, properties, 'state');
  const compiled = new CompiledModel(model);
  if (options.actions !== undefined) expectActions(model, options.actions);
  return exploreCompiled(compiled, properties, options);
}

/** The same of a model that is compiled already, and where everything else is known to be as it should. */
export function exploreCompiled(
  model: CompiledModel,
  properties: readonly AnyProperty[],
  {
    maxStates,
    maxSteps,
    actions,
    keepGoing,
    counterexamples = 1,
    onState,
    control = unlimited,
    ...rest
  }: ExhaustiveOptions,
): Promise<ExplorationResult> {
  return withSymmetry(rest.symmetry ?? false, symmetry => {
    const pool = new LocalPool(model, properties, {
      symmetry,
      actions,
      maxStates,
      onState,
      breaks: counterexamples > 1,
    });
    const search = new Search(model, properties, pool, {
      symmetry,
      maxStates,
      maxSteps,
      keepGoing,
      counterexamples,
      actions,
      control,
      frontier: () => new MemoryFrontier(),
    });
    return search.run();
  });
}

/** A search that takes no action finds nothing. */
function expectActions({ actions }: AnyModel, wanted: unknown): void {
  const place = 'exploreExhaustively: actions';
  if (!(wanted instanceof Set)) {
    throw DeclarationError.at(place, `expected a Set of names, found ${brief(wanted)}`);
  }
  const names = actions.map(({ name }) => name);
  for (const name of wanted) {
    if (names.includes(name)) continue;
    throw DeclarationError.at(place, `there is no ${brief(name)}; there are ${names.join(', ')}`);
  }
}

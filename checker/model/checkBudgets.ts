import { DeclarationError } from '../declarationError.ts';
import type { AnyModel } from './model.ts';

/**
 * Holds the bounds of a model, which reports and traces print as its scope, to the budgets that its initial
 * states begin with.
 *
 * @param most - Of each budget the most that an initial state has.
 * @throws DeclarationError when they differ: then something happens less often than is said, or more.
 */
export function checkBudgets(
  { name: model, bounds }: AnyModel,
  most: ReadonlyMap<string, number>,
): void {
  for (const [name, bound] of Object.entries(bounds)) {
    const atFirst = most.get(name) ?? 0;
    if (atFirst === bound) continue;
    const [found, advice] =
      atFirst === 0
        ? ['leaves it empty', `set it there (budget.${name} = ${bound}), or write`]
        : [`begins with ${atFirst}`, 'write'];
    const which = atFirst === 0 ? 'every initial state' : 'the fullest initial state';
    throw DeclarationError.at(
      `model "${model}": budget "${name}"`,
      `its bound is ${bound}, but ${which} ${found}: ${advice} bounds: { ${name}: ${atFirst} }`,
    );
  }
}

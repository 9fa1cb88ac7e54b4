import { DeclarationError } from '../declarationError.ts';
import { expectFunction, expectFunctionIfAny, expectKeys } from '../declarations.ts';
import type { Fields } from '../state/fields.ts';
import type { BudgetFields, Schema, State } from '../state/schema.ts';
import { argumentsOf } from './arguments.ts';
import { checkInstances, checkParams } from './checkParams.ts';
import type { ParamDomain, ParamDomains, ParamValues } from './params.ts';
import { expectDone, isTrue } from './returnValues.ts';

/** Where a model may begin: one initial state for each choice of the parameters. */
interface InitialChoice<
  P extends Fields,
  G extends Fields,
  B extends BudgetFields,
  Domains extends ParamDomains,
> {
  readonly params: Domains;
  /** Leaves out the choices for which it is false. */
  when?(params: ParamValues<Domains>): boolean;
  /** Fills a zeroed state. */
  fill(state: State<P, G, B>, params: ParamValues<Domains>): void;
}

const PLACE = 'anyInitialState';

/**
 * Initial states as a choice: `initialStates: anyInitialState(schema, { params, fill })`.
 *
 * @throws DeclarationError when it is not written as its type says, or leaves nothing to begin with.
 */
export function anyInitialState<
  P extends Fields,
  G extends Fields,
  B extends BudgetFields,
  const Domains extends ParamDomains,
>(
  _schema: Schema<P, G, B>,
  choice: InitialChoice<P, G, B, Domains>,
): ((state: State<P, G, B>) => void)[] {
  expectKeys(PLACE, choice, { params: true, when: true, fill: true });
  const { params, when, fill } = choice;
  checkParams(PLACE, params);
  checkNothingAsked(params);
  expectFunctionIfAny(PLACE, 'when', when);
  expectFunction(PLACE, 'fill', fill);
  checkInstances(PLACE, [{ name: 'fill', params }]);
  const all = argumentsOf(params)
    // Of each parameter a value of its domain.
    .map(({ values }) => values as ParamValues<Domains>)
    .filter(values => when === undefined || isTrue(when(values), 'when'));
  if (all.length === 0) {
    throw DeclarationError.at(
      PLACE,
      '"when" is false of every choice: there is nothing to begin with',
    );
  }
  return all.map(values => state => expectDone(fill(state, values), 'fill'));
}

/** Before there is a state nothing is in it. */
function checkNothingAsked(params: ParamDomains): void {
  const asked = (domain: ParamDomain): boolean =>
    domain.kind === 'record'
      ? Object.values(domain.params).some(asked)
      : ['element', 'key', 'index'].includes(domain.kind);
  const [name] = Object.entries(params).find(([, domain]) => asked(domain)) ?? [];
  if (name === undefined) return;
  throw DeclarationError.at(
    `${PLACE}: parameter "${name}"`,
    'there is no state yet of which something could be chosen: use anyInt, anyNode, anySubset or anyOf',
  );
}

import { simulate } from '../../checker/random/simulate.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import { expectSame, expectTrue, outcomeFrom } from './difference.ts';
import { ownNames } from './engineModel.ts';
import { type NaiveGraph, threw } from './naiveGraph.ts';
import { expectReplayed, expectShown } from './runs.ts';
import type { Subject } from './subject.ts';

/** Random runs: they need not find anything, but what they find must be there. */
export async function compareRandom(subject: Subject): Promise<void> {
  const { graph, specification, number } = subject;
  const { model, properties } = specification;
  const name = 'random runs';
  const options = { seed: number, runs: 10, maxSteps: 12 };
  const simulated = await outcomeFrom(name, () => simulate(model, properties, options));
  if ('error' in simulated) {
    expectTrue(name, `throws ${simulated.error.message}`, hasErrors(graph));
    return;
  }
  const { violations, witnesses } = simulated.result;
  expectPossible(name, graph, simulated.result);
  const places = new Map(properties.map((property, place) => [property.name, place]));
  for (const violation of violations) {
    const place = places.get(violation.property) ?? 0;
    const { initialState, steps, shortest } = violation;
    expectShown(name, subject, { place, initialState, steps });
    expectReplayed(name, subject, violation);
    const least = leastSteps(graph, place);
    if (shortest) expectSame(name, 'the length of a shortest run', steps.length, least);
  }
  for (const { property, initialState, steps } of witnesses) {
    expectShown(name, subject, { place: places.get(property) ?? 0, initialState, steps });
  }
}

/** Whether only what is possible was seen. */
function expectPossible(name: string, graph: NaiveGraph, result: ExplorationResult): void {
  const { states, instances, drawn } = graph;
  expectTrue(name, 'there are more states than there are', result.distinctStates <= states.length);
  const possible = new Set(
    states.flatMap(({ steps }) => steps.map(({ instance }) => instances[instance]?.name)),
  );
  for (const [action, times] of Object.entries(result.coverage.actions)) {
    expectTrue(name, `${action} is taken`, times === 0 || possible.has(ownNames(action)));
  }
  const asked = drawn.properties.map((_, place) =>
    states.some(
      ({ said, steps }) =>
        said[place] !== 'nothing' ||
        steps.some(step => (step.said[place] ?? 'nothing') !== 'nothing'),
    ),
  );
  for (const [place, { name: property, antecedent }] of result.properties.entries()) {
    expectTrue(name, `${property} is put to the test`, antecedent === 0 || asked[place] === true);
  }
}

function hasErrors({ states }: NaiveGraph): boolean {
  return states.some(
    ({ said, steps, thrown }) =>
      thrown.length > 0 ||
      said.some(threw) ||
      steps.some(step => threw(step.to) || step.said.some(threw)),
  );
}

/** Steps of a shortest run that breaks or reaches a property, however much else breaks before. */
function leastSteps({ states }: NaiveGraph, place: number): number {
  const found = states.flatMap(({ depth, said, steps }) => [
    ...(said[place] === 'found' ? [depth] : []),
    ...(steps.some(step => step.said[place] === 'found') ? [depth + 1] : []),
  ]);
  return Math.min(...found);
}

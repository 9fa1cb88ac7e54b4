import type { ModelError } from '../../checker/core/errors.ts';
import { exploreLiveness } from '../../checker/liveness/exploreLiveness.ts';
import type { LivenessResult, LivenessViolation } from '../../checker/liveness/livenessResult.ts';
import { simulateLiveness } from '../../checker/liveness/simulateLiveness.ts';
import { Difference, expectSame, expectTrue, outcomeFrom } from './difference.ts';
import { ownNames } from './engineModel.ts';
import type { NaiveStep } from './naiveGraph.ts';
import { NaiveFairness, type NaiveTemporal, type ThrownAt } from './naiveLiveness.ts';
import { expectReplayed, expectThrown } from './runs.ts';
import type { Subject } from './subject.ts';

/** Compares what is said of temporal properties. Returns how many are broken. */
export async function compareLiveness(subject: Subject): Promise<number> {
  const { graph, specification, number } = subject;
  const { model, temporal = [] } = specification;
  if (temporal.length === 0) return 0;
  const name = 'liveness';
  const fairness = new NaiveFairness(graph);
  const right = graph.drawn.temporal.map((property, index) => fairness.judge(property, index));
  const explored = await outcomeFrom(name, () => exploreLiveness(model, temporal));
  const thrown = thrownIn(fairness, right);
  if ('error' in explored) expectRightError(name, explored.error, thrown);
  else {
    expectTrue(name, `an error is not found: ${JSON.stringify(thrown)}`, thrown.length === 0);
    compareReports(name, explored.result, right as readonly NaiveTemporal[]);
    for (const violation of explored.result.violations) {
      const index = temporal.findIndex(({ name: own }) => own === violation.property);
      const { nearest } = right[index] as NaiveTemporal;
      expectSame(name, 'the steps to what repeats', violation.loop?.from, nearest);
      expectLasso(name, subject, fairness, violation);
      expectReplayed(name, subject, violation);
    }
  }
  const settled = await outcomeFrom('random liveness', () =>
    simulateLiveness(model, temporal, { seed: number, runs: 6, maxSteps: 8, settleSteps: 30 }),
  );
  const hasErrors = fairness.thrown.length > 0 || right.some(one => Array.isArray(one));
  if ('error' in settled) {
    expectTrue('random liveness', `throws ${settled.error.message}`, hasErrors);
  } else {
    for (const violation of settled.result.violations) {
      if (violation.loop !== undefined)
        expectLasso('random liveness', subject, fairness, violation);
      expectReplayed('random liveness', subject, violation);
    }
  }
  return right.filter(one => !Array.isArray(one) && (one as NaiveTemporal).nearest !== undefined)
    .length;
}

/** The errors of the graph come first, and then those of the first property that has any. */
function thrownIn(
  { thrown }: NaiveFairness,
  right: readonly (NaiveTemporal | readonly ThrownAt[])[],
): readonly ThrownAt[] {
  if (thrown.length > 0) return thrown;
  return right.find((one): one is readonly ThrownAt[] => Array.isArray(one)) ?? [];
}

function expectRightError(name: string, error: ModelError, thrown: readonly ThrownAt[]): void {
  expectTrue(name, `throws ${error.message}`, thrown.length > 0);
  const nearest = Math.min(...thrown.map(({ depth }) => depth));
  expectSame(name, 'the depth of the error', error.steps.length, nearest);
  expectThrown(
    name,
    error,
    thrown.filter(({ depth }) => depth === nearest),
  );
}

function compareReports(
  name: string,
  { properties }: LivenessResult,
  right: readonly NaiveTemporal[],
): void {
  const told = properties.map(({ verdict, obligations, met, cutOff }) => ({
    verdict,
    obligations,
    met,
    cutOff,
  }));
  const ought = right.map(({ obligations, met, cutOff, nearest }) => ({
    verdict: nearest !== undefined ? 'violated' : met > 0 ? 'holds' : 'vacuous',
    obligations,
    met,
    cutOff,
  }));
  expectSame(name, 'what is said of the properties', told, ought);
}

/** Whether the run is one, what repeats is fair, and the goal is due and not reached all along. */
function expectLasso(
  name: string,
  { graph }: Subject,
  fairness: NaiveFairness,
  violation: LivenessViolation,
): void {
  const { property, initialState, steps, loop } = violation;
  const own = steps.map(step => ({ name: ownNames(step.name), params: step.params }));
  const run = graph.follow(initialState, own);
  if (run === undefined) throw new Difference(name, `the steps of ${property} cannot be taken`);
  const { states, taken } = run;
  const from = loop?.from ?? 0;
  expectSame(name, 'the state that the last step returns to', states.at(-1), states[from]);
  const round =
    from === taken.length
      ? [{ id: states[from] as number, instance: undefined }]
      : taken.slice(from).map((step: NaiveStep, at) => ({
          id: states[from + at] as number,
          instance: step.instance,
        }));
  expectTrue(name, `what repeats in ${property} is not fair`, fairness.isFairLoop(round));
  const index = graph.drawn.temporal.findIndex(({ name: drawn }) => drawn === property);
  const { when, goal } = graph.functions.temporal[index] ?? {};
  let isPending = false;
  states.forEach((id, at) => {
    const scope = graph.scopeAt(id);
    if (when === undefined ? at === 0 : when(scope) === true) isPending = true;
    if (isPending && goal?.(scope) === true) isPending = false;
    if (at >= from) expectTrue(name, `${property} is not due after step ${at}`, isPending);
  });
}

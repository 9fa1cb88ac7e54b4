import { expect, type MatcherState } from 'vitest';
import type { Specification } from '../checker/model/specification.ts';
import { rerunCommand } from './failureText.ts';
import type { Goal, MatcherCall, SearchLimits } from './matcherTypes.ts';
import { toHold } from './toHold.ts';
import { toReach } from './toReach.ts';
import { toReplay } from './toReplay.ts';

declare global {
  // vitest's own interface has other type parameters in each major version; both take over Chai's.
  namespace Chai {
    interface Assertion {
      /**
       * Of a specification: that a property holds, or all without a name. `.not`: that one breaks.
       * A scope within the limits is explored completely; otherwise random runs follow, and that
       * nothing was found is no proof.
       */
      toHold(property?: string, limits?: SearchLimits): Promise<void>;
      /** Of a specification: that a goal is reached. `.not`: that it was not, in what was explored. */
      toReach(goal: Goal, limits?: SearchLimits): Promise<void>;
      /** Of a trace or the path of one: that its steps still break, or reach, its property. */
      toReplay(specification: Specification): Promise<void>;
    }
  }
}

expect.extend({
  toHold(received: unknown, name?: string, limits?: SearchLimits) {
    return toHold(callOf(this), received, name, limits);
  },
  toReach(received: unknown, goal: Goal, limits?: SearchLimits) {
    return toReach(callOf(this), received, goal, limits);
  },
  async toReplay(received: unknown, specification: Specification) {
    return toReplay(callOf(this), received, specification);
  },
});

function callOf({ isNot, testPath, task }: MatcherState): MatcherCall {
  const command = rerunCommand(testPath ?? '', task?.name ?? '');
  return { isNot: isNot === true, command };
}

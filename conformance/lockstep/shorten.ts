import { withStepsLeftOut } from '../../checker/runs/shorterRuns.ts';
import type { Difference, Lockstep } from './lockstep.ts';

/** Runs that are tried: each of them is played on both sides. */
const MOST_ATTEMPTS = 300;

/** A shorter run that leads both sides apart in the same places, by the last step of the same action. */
export async function shorten<State>(
  lockstep: Lockstep<State>,
  difference: Difference<State>,
): Promise<Difference<State>> {
  let shortest = difference;
  let attempts = 0;
  const wanted = signatureOf(difference);
  for (let isShorter = true; isShorter; ) {
    isShorter = false;
    for (const run of withStepsLeftOut(shortest.run)) {
      if (attempts++ >= MOST_ATTEMPTS) return shortest;
      const { difference: found } = await lockstep.rerun(run);
      if (found === undefined || found.run.length >= shortest.run.length) continue;
      if (signatureOf(found) !== wanted) continue;
      shortest = found;
      isShorter = true;
      break;
    }
  }
  return shortest;
}

/** What is the same in two differences of the same cause: not which nodes, but which fields. */
function signatureOf({ step, places }: Difference): string {
  const fields = places.map(({ place }) => place.replace(/^\S+-\d+ /, ''));
  return [step?.taken.name ?? 'start', ...new Set(fields)].join(' ');
}

import type { Verdict } from '../../checker/results/result.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Explanation } from './explanation.ts';

type Word = Verdict | 'impaired' | 'diverged' | 'interrupted';
type Told = Pick<Explanation, 'meaning' | 'advice' | 'exitCode'>;

/** What a verdict says, and what it does not. */
export const verdicts: Readonly<Record<Word, Told>> = {
  holds: {
    meaning:
      'Every state of the scope was looked at; every property that applies was put to the test, and held.',
    advice: 'It is said of this scope: settings, bounds and release are printed with it.',
    exitCode: exitCodes.holds,
  },
  'nothing found': {
    meaning: 'All random runs were made and nothing broke, which is no proof.',
    advice: 'Make more runs, or explore a smaller scope completely ("highwater explore").',
    exitCode: exitCodes.holds,
  },
  violated: {
    meaning:
      'A property is false in a state or on a step that can be reached; the run that leads there is told.',
    advice: 'Read the story, replay its trace, and look at the settings and faults that it needs.',
    exitCode: exitCodes.violated,
  },
  inconclusive: {
    meaning: 'A limit ended the search before the scope did, and nothing was found up to there.',
    advice: 'Raise the limit that is named, or make a bound smaller.',
    exitCode: exitCodes.inconclusive,
  },
  vacuous: {
    meaning: 'Nothing broke, but a property was never put to the test, or a goal was not reached.',
    advice: 'Name a scope in which it can happen; the property says what it needs.',
    exitCode: exitCodes.vacuous,
  },
  impaired: {
    meaning:
      'Nothing broke in what was explored, and a part of the cluster is out of use as it is described: a topic that ' +
      'cannot be used, a partition that takes no writes, a file that is not there. Of that nothing is claimed.',
    advice: 'What is out of use is named; put it in order, and describe the cluster again.',
    exitCode: exitCodes.vacuous,
  },
  diverged: {
    meaning: 'A stored trace cannot be taken again, or no longer shows what it showed.',
    advice: 'Find out what changed in the model; if it was meant, "highwater corpus renew".',
    exitCode: exitCodes.diverged,
  },
  interrupted: {
    meaning: 'A signal ended the command; what was found until then is printed.',
    advice: 'Run it again; a long search can be kept with --checkpoint.',
    exitCode: exitCodes.interrupted,
  },
};

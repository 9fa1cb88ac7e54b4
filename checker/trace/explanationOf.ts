import { endingOf } from './endingOf.ts';
import { passedOverOf } from './passedOverOf.ts';
import { stepText } from './stepText.ts';
import type { TraceCommentary, TraceExplanation, TraceFile } from './traceFile.ts';

/** One thing that can be said about why a run ends as it does. */
export interface Reason {
  readonly topic: 'due' | 'ending' | 'passedOver' | 'faults' | 'avoidable' | 'chain' | 'unrelated';
  /** Plain sentences. */
  readonly text: string;
  /** The steps that it is about, counted from 1, in their order. */
  readonly steps: readonly number[];
}

/**
 * The explanation of a run in plain sentences: since when what must happen is due, how the run goes on
 * for ever and what could have happened instead; or which faults it takes, until when the violation could
 * be avoided, and the chain of causes. Empty where the trace has none.
 */
export function explanationOf(trace: TraceFile): Reason[] {
  const { commentary } = trace;
  const explanation = commentary?.explanation;
  const ending = [...dueReasons(trace), ...endingReasons(trace), ...passedOverReasons(trace)];
  if (commentary === undefined || explanation === undefined) return ending;
  return [
    ...ending,
    ...faultReasons(explanation, trace),
    ...avoidableReasons(explanation, trace),
    ...chainReasons(explanation, commentary),
  ];
}

function dueReasons(trace: TraceFile): Reason[] {
  const since = trace.commentary?.liveness?.since;
  if (since === undefined) return [];
  if (since === 0)
    return [{ topic: 'due', text: 'The goal is due from the beginning.', steps: [] }];
  const text = `The goal is due since step ${since}: ${stepText(trace, since)}.`;
  return [{ topic: 'due', text, steps: [since] }];
}

/** Of each reason so many actions are named. */
const MOST_PASSED_OVER = 2;

function passedOverReasons(trace: TraceFile): Reason[] {
  const groups = passedOverOf(trace);
  if (groups.length === 0) return nothingPassedOver(trace);
  return groups.map(({ title, items }) => {
    const named = items.slice(0, MOST_PASSED_OVER);
    const more = items.length - named.length;
    const texts = [...named.map(({ text }) => text), ...(more === 0 ? [] : [`${more} more`])];
    const steps = named.flatMap(item => item.steps);
    return { topic: 'passedOver', text: `${title}: ${texts.join('; ')}.`, steps };
  });
}

function nothingPassedOver({ commentary, loop }: TraceFile): Reason[] {
  if (commentary?.liveness === undefined || loop === undefined) return [];
  return [{ topic: 'passedOver', text: 'Nothing else could happen.', steps: [] }];
}

function endingReasons(trace: TraceFile): Reason[] {
  const ending = endingOf(trace);
  if (ending === undefined) return [];
  const text = `${ending.text.charAt(0).toUpperCase()}${ending.text.slice(1)}.`;
  const last = trace.steps.length;
  const steps = [ending.step, last].filter((step, at, all) => {
    return step <= last && all.indexOf(step) === at && trace.loop !== undefined;
  });
  return [{ topic: 'ending', text, steps }];
}

function faultReasons({ faults }: TraceExplanation, { kind, steps }: TraceFile): Reason[] {
  const ends = kind === 'counterexample' ? 'break the property' : 'reach the goal';
  if (steps.length === 0) {
    const what = kind === 'counterexample' ? 'broken' : 'reached';
    return [{ topic: 'faults', text: `It is ${what} before any step.`, steps: [] }];
  }
  if (faults.length === 0) {
    return [{ topic: 'faults', text: `No fault is needed: these steps ${ends}.`, steps: [] }];
  }
  const needed = faults.filter(({ necessary }) => necessary).map(({ step }) => step);
  const spare = faults.filter(({ necessary }) => !necessary).map(({ step }) => step);
  const texts = [
    ...(needed.length === 0
      ? []
      : [`Without ${theFaults(needed)} the remaining steps do not ${ends}.`]),
    ...(spare.length === 0 ? [] : [`They still do without ${theFaults(spare)}.`]),
  ];
  if (needed.length === 0) texts[0] = `The remaining steps ${ends} without ${theFaults(spare)}.`;
  return [{ topic: 'faults', text: texts.join(' '), steps: [...needed, ...spare] }];
}

function theFaults(steps: readonly number[]): string {
  if (steps.length === 1) return `the fault of step ${steps[0]}`;
  return `any one of the faults of steps ${listed(steps)}`;
}

function avoidableReasons({ avoidable }: TraceExplanation, { steps }: TraceFile): Reason[] {
  if (avoidable === undefined) return [];
  const { until, unknown, states } = avoidable;
  const looked = `(${states.toLocaleString('en-US')} states looked at)`;
  const reason = (text: string, of: number[]): Reason[] => [
    { topic: 'avoidable', text, steps: of },
  ];
  if (until !== undefined && until === steps.length - 1) {
    return reason(`It could be avoided until the last step ${looked}.`, [steps.length]);
  }
  if (until !== undefined) {
    const last = until === 0 ? 'Before step 1' : `After step ${until}`;
    return reason(
      `${last} it could still be avoided; from step ${until + 1} on, with no further fault, ` +
        `there is no way out ${looked}.`,
      [until + 1],
    );
  }
  const why = unknown ?? 'even from the initial state, without any fault, there is no way out';
  return reason(`Until when it could be avoided: ${why} ${looked}.`, []);
}

function chainReasons(
  { chain, unrelated }: TraceExplanation,
  { steps }: TraceCommentary,
): Reason[] {
  const links = chain.map(step => {
    const phrase = steps[step - 1]?.phrase;
    return phrase === undefined ? String(step) : `${phrase} (${step})`;
  });
  return [
    ...(chain.length === 0
      ? []
      : [{ topic: 'chain' as const, text: `${links.join(', then ')}.`, steps: chain }]),
    ...(unrelated.length === 0
      ? []
      : [
          {
            topic: 'unrelated' as const,
            text: `The end does not follow from ${unrelated.length === 1 ? 'step' : 'steps'} ${listed(unrelated)}.`,
            steps: unrelated,
          },
        ]),
  ];
}

function listed(steps: readonly number[]): string {
  const head = steps.slice(0, -1).join(', ');
  return steps.length < 2 ? steps.join('') : `${head} and ${steps.at(-1)}`;
}

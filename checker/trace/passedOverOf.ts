import { printable } from './renderParts.ts';
import { callText } from './stepText.ts';
import type { TraceFile, TracePassedOver } from './traceFile.ts';

/** Actions that were passed over for one reason. */
export interface PassedOver {
  readonly why: TracePassedOver['why'];
  /** What is to be said of them: the beginning of a sentence. */
  readonly title: string;
  readonly items: readonly PassedOverItem[];
}

/** One of them in words, with the steps that it is about. */
interface PassedOverItem {
  readonly text: string;
  readonly steps: readonly number[];
}

const titles: Readonly<Record<TracePassedOver['why'], string>> = {
  disabled: 'Not possible all along',
  early: 'Possible early, but not due',
  heldBack: 'Held back by a bound of the scope, but not all along',
  unfair: 'Possible, but never has to happen',
};

/** What could have happened instead of what repeats, by the reason why it did not have to. */
export function passedOverOf({ commentary }: TraceFile): PassedOver[] {
  const all = commentary?.liveness?.passedOver ?? [];
  return [...new Set(all.map(({ why }) => why))].map(why => {
    const items = all.filter(each => each.why === why).map(itemOf);
    return { why, title: titles[why], items };
  });
}

function itemOf(passed: TracePassedOver): PassedOverItem {
  const { why, able, unable, because, phrase, kind } = passed;
  const name = printable(phrase ?? callText(passed));
  if (why === 'unfair') {
    return { text: kind === 'fault' ? `${name} (a fault)` : name, steps: [] };
  }
  if (why !== 'disabled' || unable === undefined) {
    return { text: `${name} (${placeOf(able)})`, steps: stepsOf(able) };
  }
  const reason = because === undefined ? '' : `: ${printable(because)}`;
  const text = `${name} (${placeOf(able)}, not ${placeOf(unable)}${reason})`;
  return { text, steps: [...stepsOf(able), ...stepsOf(unable)] };
}

function placeOf(state: number): string {
  return state === 0 ? 'in the beginning' : `after step ${state}`;
}

/** The beginning is no step. */
function stepsOf(state: number): number[] {
  return state === 0 ? [] : [state];
}

import type { TraceMessage } from '../../../checker/trace/traceFile.ts';
import type { LaneState } from '../frames/frame.ts';
import type { CutSpan, LaneEventKind } from '../layout/layout.ts';

/** What the signs on a lane mean. */
export const laneEventText: Readonly<Record<LaneEventKind, string>> = {
  stopped: 'stops',
  started: 'starts again',
  paused: 'is paused',
  resumed: 'goes on',
  fenced: 'is fenced',
  unfenced: 'is unfenced',
  elected: 'starts to lead',
};

/** What became of a message. */
const fateText: Readonly<Record<TraceMessage['fate'], string>> = {
  delivered: 'delivered',
  ignored: 'arrived and changed nothing',
  givenUp: 'given up: nobody waits for it any more',
  lost: 'lost',
  inFlight: 'still in flight at the end',
};

/** A message in one line: `fetch, broker-2 to broker-1: from offset 0 (sent in step 2, lost in step 4)`. */
export function messageText({ name, from, to, content, sent, left, fate }: TraceMessage): string {
  const start = sent === 0 ? 'in flight from the beginning' : `sent in step ${sent}`;
  const end = left === undefined ? fateText[fate] : `${fateText[fate]} in step ${left}`;
  const said = content === '' ? '' : `: ${content}`;
  return `${name}, ${from} to ${to}${said} (${start}, ${end})`;
}

/** A stretch of a lane in words. */
export function laneStateText({ condition, role, epoch, leads }: LaneState): string {
  return [
    condition,
    ...(role === undefined || role === condition ? [] : [role]),
    ...(leads && role !== 'leading' && role !== 'leader' ? ['leads'] : []),
    ...(epoch === undefined ? [] : [`epoch ${epoch}`]),
  ].join(', ');
}

/** Whom a node is cut off from. */
export function cutText(name: string, { to, from }: CutSpan): string {
  const both = to.filter(peer => from.includes(peer));
  const only = (peers: readonly string[]): string[] => peers.filter(peer => !both.includes(peer));
  const parts = [
    ...(both.length === 0 ? [] : [`${name} is cut off from ${both.join(', ')}`]),
    ...(only(to).length === 0 ? [] : [`nothing from ${name} reaches ${only(to).join(', ')}`]),
    ...(only(from).length === 0 ? [] : [`nothing from ${only(from).join(', ')} reaches ${name}`]),
  ];
  return parts.join('; ');
}

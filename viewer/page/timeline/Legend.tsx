import type { ComponentChildren } from 'preact';
import type { LaneEventKind } from '../layout/layout.ts';
import { laneEventText } from './describe.ts';
import { LaneSign } from './LaneSign.tsx';
import { Sign } from './Sign.tsx';

const kinds = ['protocol', 'client', 'fault', 'recovery'] as const;
const events: readonly LaneEventKind[] = [
  'elected',
  'stopped',
  'started',
  'fenced',
  'unfenced',
  'paused',
  'resumed',
];

/** How the diagram is read. */
export function Legend() {
  return (
    <details class="legend">
      <summary>How to read this</summary>
      <p>
        Time goes to the right, a column for each step. A thick coloured lane leads, the number in
        it is the leader epoch. A dashed grey lane is down, a dotted one paused. Hatched lanes are
        cut off.
      </p>
      <ul>
        {kinds.map(kind => (
          <li key={kind}>
            <Sign kind={kind} /> {kind}
          </li>
        ))}
        {events.map(kind => (
          <Entry key={kind} text={laneEventText[kind]}>
            <LaneSign kind={kind} />
          </Entry>
        ))}
        <Entry text="message, delivered">
          <g class="message delivered">
            <path class="way" d="M-9-5L3 3" />
            <path class="head" d="M8 6L-1 4.5 3-1z" />
          </g>
        </Entry>
        <Entry text="changed nothing">
          <g class="message ignored">
            <path class="way" d="M-9-5L2 2" />
            <circle class="ring" cx="5" cy="4" r="3.5" />
          </g>
        </Entry>
        <Entry text="given up">
          <g class="message givenUp">
            <path class="way" d="M-9-6L4 3" />
            <path class="bar-end" d="M7-2L1 8" />
          </g>
        </Entry>
        <Entry text="lost">
          <g class="message lost">
            <path class="way" d="M-9-6L2 2" />
            <path class="cross" d="M-2-2L7 7M-2 7L7-2" />
          </g>
        </Entry>
      </ul>
      <p>
        Below it, what each property says of each state: a bar where it holds, a line where it has
        nothing to say, a cross where it is violated, a tick where it is reached, an hourglass while
        what must happen at some time is due and has not happened. What repeats for ever has a
        dashed frame, and a line leads from its end back to where it begins.
      </p>
    </details>
  );
}

function Entry({
  text,
  children,
}: {
  readonly text: string;
  readonly children: ComponentChildren;
}) {
  return (
    <li>
      <svg class="sign-picture" viewBox="-10 -10 20 20" width="16" height="16" aria-hidden="true">
        {children}
      </svg>{' '}
      {text}
    </li>
  );
}

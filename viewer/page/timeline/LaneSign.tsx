import type { LaneEventKind } from '../layout/layout.ts';

/** On a square of 12 around (0, 0). */
const lines: Readonly<Partial<Record<LaneEventKind, string>>> = {
  stopped: 'M-5-5L5 5M-5 5L5-5',
  fenced: 'M0-5.5a5.5 5.5 0 1 0 .01 0M-3.8-3.8L3.8 3.8',
  unfenced: 'M0-5.5a5.5 5.5 0 1 0 .01 0M-2.6 0L-.6 2.2 2.8-2.2',
};
const shapes: Readonly<Partial<Record<LaneEventKind, string>>> = {
  started: 'M0-6L6 5H-6z',
  paused: 'M-4.5-5.5h3v11h-3zM1.5-5.5h3v11h-3z',
  resumed: 'M-4-6L6 0-4 6z',
  elected: 'M-7 5.5v-9l3.8 3.6L0-6l3.2 6.1L7-3.5v9z',
};

/** The sign of what happens to a node. */
export function LaneSign({ kind }: { readonly kind: LaneEventKind }) {
  const shape = shapes[kind];
  return (
    <g class={`lane-sign ${kind}`}>
      {shape === undefined ? (
        <path class="outline" d={lines[kind]} />
      ) : (
        <path class="shape" d={shape} />
      )}
    </g>
  );
}

import { useCallback, useMemo, useState } from 'preact/hooks';
import type { TraceFile } from '../../../checker/trace/traceFile.ts';
import { Controls } from '../../../viewer/page/controls/Controls.tsx';
import { usePlayer } from '../../../viewer/page/controls/usePlayer.ts';
import { RunView } from '../../../viewer/page/RunView.tsx';
import { runOf } from '../../../viewer/page/run.ts';
import { stepOfHash } from '../../../viewer/page/stepHash.ts';

interface StoryPanelProps {
  readonly name: string;
  readonly trace: TraceFile;
}

/** A story as the page of a trace shows it, within another page: its address stays as it is. */
export function StoryPanel({ name, trace }: StoryPanelProps) {
  const run = useMemo(() => runOf({ name, trace }), [name, trace]);
  const { last } = run.layout;
  const [step, setStep] = useState(last);
  const goTo = useCallback((to: number) => setStep(Math.min(last, Math.max(0, to))), [last]);
  const goBy = useCallback(
    (by: number) => setStep(at => Math.min(last, Math.max(0, at + by))),
    [last],
  );
  const stepping = { step, last, back: undefined, goTo, goBy };
  const player = usePlayer(stepping);
  const follow = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const to = stepOfHash(link?.getAttribute('href') ?? '', last);
    if (to === undefined) return;
    event.preventDefault();
    goTo(to);
  };
  return (
    // biome-ignore lint/a11y: it only keeps what links in it do from the address of the page
    <div class="story-panel" onClick={follow}>
      <Controls runs={[run]} stepping={stepping} player={player} />
      <div class="single">
        <RunView run={run} id="story" isCompared={false} step={step} goTo={goTo} />
      </div>
    </div>
  );
}

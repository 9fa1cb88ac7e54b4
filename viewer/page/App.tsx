import { Comparison } from './compare/Comparison.tsx';
import { Controls } from './controls/Controls.tsx';
import { useKeys } from './controls/useKeys.ts';
import { usePlayer } from './controls/usePlayer.ts';
import { useStep } from './controls/useStep.ts';
import { RunView } from './RunView.tsx';
import type { Run } from './run.ts';

/** The whole page: one run, or several that step together. */
export function App({ runs }: { readonly runs: readonly Run[] }) {
  const last = Math.max(0, ...runs.map(({ layout }) => layout.last));
  const stepping = useStep(last);
  const { step, goTo } = stepping;
  const player = usePlayer(stepping);
  useKeys(stepping, player);
  if (runs.length === 0) return <main class="empty">There is no trace in this page.</main>;
  return (
    <>
      <Controls runs={runs} stepping={stepping} player={player} />
      <main class={runs.length > 1 ? 'compared' : 'single'}>
        {runs.length > 1 && <Comparison runs={runs} />}
        <div class="runs">
          {runs.map((run, index) => (
            <RunView
              key={index}
              run={run}
              id={`run-${index + 1}`}
              isCompared={runs.length > 1}
              step={Math.min(step, run.layout.last)}
              goTo={goTo}
            />
          ))}
        </div>
      </main>
    </>
  );
}

import { Comparison } from './compare/Comparison.tsx';
import { Controls } from './controls/Controls.tsx';
import { useKeys } from './controls/useKeys.ts';
import { usePlayer } from './controls/usePlayer.ts';
import { useStep } from './controls/useStep.ts';
import { RunView } from './RunView.tsx';
import type { Run } from './run.ts';

/** The step that comes after the last one of a run that repeats. */
function backOf(run: Run | undefined): number | undefined {
  const from = run?.trace.loop?.from;
  return from === undefined || from === run?.layout.last ? undefined : from + 1;
}

/** Where the page opens: where a single run breaks something; several are compared from their beginning. */
function startOf([only, ...others]: readonly Run[]): number {
  const isOne = only !== undefined && others.length === 0;
  return isOne && only.trace.kind === 'counterexample' ? only.layout.last : 0;
}

interface AppProps {
  readonly runs: readonly Run[];
  /** Its number, where the page has several stories of which it shows one. */
  readonly story?: number;
}

/** The whole page: one run, or several that step together. */
export function App({ runs, story }: AppProps) {
  const last = Math.max(0, ...runs.map(({ layout }) => layout.last));
  const stepping = useStep(last, {
    back: runs.length === 1 ? backOf(runs[0]) : undefined,
    first: startOf(runs),
    story,
  });
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

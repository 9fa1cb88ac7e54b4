import { useCallback, useRef, useState } from 'preact/hooks';
import { printable } from '../../../checker/trace/renderParts.ts';
import type { ClusterView } from '../../data/clusterView.ts';
import { App } from '../App.tsx';
import { CopyLink } from '../controls/CopyLink.tsx';
import type { Run } from '../run.ts';
import { hashOfStory, storyOfHash } from '../stepHash.ts';
import { AdviceList } from './AdviceList.tsx';
import { AnswerTable } from './AnswerTable.tsx';
import { Known } from './Known.tsx';
import { Topology } from './Topology.tsx';

interface ClusterPageProps {
  readonly view: ClusterView;
  /** A run for each story of the view. */
  readonly runs: readonly Run[];
}

/** The answer about a cluster, and how each loss comes about. */
export function ClusterPage({ view, runs }: ClusterPageProps) {
  const [story, setStory] = useState(() => storyOfHash(location.hash, runs.length - 1) ?? 0);
  const stories = useRef<HTMLElement>(null);
  const choose = useCallback((index: number): void => {
    // Its last step shows what is lost.
    history.replaceState(null, '', hashOfStory(index));
    setStory(index);
  }, []);
  const show = useCallback(
    (index: number): void => {
      choose(index);
      stories.current?.scrollIntoView({ block: 'start' });
    },
    [choose],
  );
  const run = runs[story];
  return (
    <>
      <main class="cluster-page">
        <header class="panel cluster-head">
          <h1>
            <span class={`badge ${view.verdict.tone}`}>{view.verdict.word}</span>{' '}
            {view.verdict.meaning}
          </h1>
          <p class="claim">{printable(view.title)}</p>
          <p>{printable(view.facts)}</p>
          {view.remarks.map(remark => (
            <p key={remark}>{printable(remark)}</p>
          ))}
          <CopyLink />
        </header>
        <AnswerTable view={view} show={show} />
        <AdviceList advice={view.advice} />
        <Topology view={view} />
        <Known view={view} />
      </main>
      {run !== undefined && (
        <section class="stories" aria-label="How it comes about" ref={stories}>
          <h2>How it comes about</h2>
          <div class="story-tabs">
            {view.stories.map(({ title, says }, index) => (
              <button
                key={title}
                type="button"
                aria-pressed={index === story}
                title={says}
                onClick={() => choose(index)}
              >
                {title}
              </button>
            ))}
          </div>
          <p class="story-says">{view.stories[story]?.says}</p>
          <App key={story} runs={[run]} story={story} />
        </section>
      )}
    </>
  );
}

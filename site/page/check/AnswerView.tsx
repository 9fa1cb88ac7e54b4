import { useState } from 'preact/hooks';
import type { ClusterReport } from '../../engine/clusterReport.ts';
import { StoryPanel } from '../story/StoryPanel.tsx';
import { AdviceList } from './AdviceList.tsx';
import { AnswerTable } from './AnswerTable.tsx';
import { savePage } from './savePage.ts';
import { Topology } from './Topology.tsx';

interface AnswerViewProps {
  readonly report: ClusterReport;
  /** Changes that help are still being looked for. */
  readonly isRunning: boolean;
}

/** What an operator reads first, and everything that stands behind it. */
export function AnswerView({ report, isRunning }: AnswerViewProps) {
  const [opened, setOpened] = useState<number>();
  const { verdict, meaning, head, legend, stories, sections, advice } = report;
  const story = opened === undefined ? undefined : stories[opened];
  return (
    <article class="answer" id="answer" aria-label="Answer">
      <p class={`verdict ${verdict}`} role="status">
        <strong>{verdict}</strong> {meaning}
      </p>
      {head.map(line => (
        <p key={line}>{line}</p>
      ))}
      <AnswerTable report={report} opened={opened} open={setOpened} />
      {legend.map(line => (
        <p key={line} class="note">
          {line}
        </p>
      ))}
      {story !== undefined && (
        <section aria-label={`Story: ${story.name}`}>
          <h2>
            {story.name}{' '}
            <button class="more" type="button" onClick={() => setOpened(undefined)}>
              close
            </button>
          </h2>
          <StoryPanel key={opened} name={story.name} trace={story.trace} />
        </section>
      )}
      <Topology described={report.described} />
      <h2>What helps</h2>
      {advice === undefined ? (
        <p>{isRunning ? 'Changes are being tried ...' : 'No change was tried to its end.'}</p>
      ) : (
        <AdviceList advice={advice} />
      )}
      <h2>All that was understood</h2>
      {sections.map(({ heading, text }) => (
        <details key={heading}>
          <summary>{heading}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard */}
          <pre tabIndex={0}>{text}</pre>
        </details>
      ))}
      <p>
        <button class="more" type="button" onClick={savePage}>
          save this answer as a page
        </button>
      </p>
    </article>
  );
}

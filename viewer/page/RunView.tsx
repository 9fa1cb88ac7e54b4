import type { GoTo } from './controls/useStep.ts';
import { Explanation } from './header/Explanation.tsx';
import { Header } from './header/Header.tsx';
import { Machines } from './machines/Machines.tsx';
import type { Run } from './run.ts';
import { StepCard } from './step/StepCard.tsx';
import { Story } from './story/Story.tsx';
import { Timeline } from './timeline/Timeline.tsx';

interface RunViewProps {
  readonly run: Run;
  /** Of the element; links and labels refer to it. */
  readonly id: string;
  /** There are other runs beside it. */
  readonly isCompared: boolean;
  readonly step: number;
  readonly goTo: GoTo;
}

/** One run: what it shows, its diagram, and everything about the step that is chosen. */
export function RunView({ run, id, isCompared, step, goTo }: RunViewProps) {
  const { trace, states, frame } = run;
  return (
    <article class="run" aria-labelledby={`${id}-title`}>
      <div class="top">
        <Header run={run} id={id} isCompared={isCompared} />
        <Explanation trace={trace} isCompared={isCompared} />
      </div>
      <Timeline run={run} id={id} step={step} goTo={goTo} />
      <div class="details">
        <Story run={run} step={step} />
        <div class="state">
          <StepCard trace={trace} step={step} />
          <section class="panel" aria-label={`State after step ${step}`}>
            <h2>{step === 0 ? 'Initial state' : `State after step ${step}`}</h2>
            <frame.Cluster trace={trace} states={states} step={step} />
          </section>
          <section class="panel" aria-label="Lifecycles">
            <h2>Lifecycles</h2>
            <Machines trace={trace} states={states} step={step} />
          </section>
        </div>
      </div>
    </article>
  );
}

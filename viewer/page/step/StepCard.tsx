import { compact, printable } from '../../../checker/trace/renderParts.ts';
import type { TraceFile } from '../../../checker/trace/traceFile.ts';
import { StepLink } from '../StepLink.tsx';
import { Changes } from './Changes.tsx';
import { changeGroups } from './changeGroups.ts';

/** What the chosen step is: who does what, why it could, and what it changed. */
export function StepCard({ trace, step }: { readonly trace: TraceFile; readonly step: number }) {
  const taken = trace.steps[step - 1];
  if (taken === undefined) {
    return (
      <section class="panel step-card" aria-label="The initial state">
        <h2>Before the first step</h2>
        <p class="note">
          {trace.steps.length === 0
            ? 'There are no steps: the initial state says it all.'
            : 'Nothing has happened yet. Press the right arrow key to take the first step.'}
        </p>
      </section>
    );
  }
  const comment = trace.commentary?.steps[step - 1];
  const params = Object.entries(taken.params);
  const groups = changeGroups(taken.changes, trace.initial.state);
  return (
    <section class="panel step-card" aria-label={`Step ${step}`}>
      <h2>
        Step {step}
        {comment !== undefined && <span class={`kind kind-${comment.kind}`}>{comment.kind}</span>}
      </h2>
      {comment?.phrase !== undefined && <p class="phrase">{printable(comment.phrase)}</p>}
      <p class="call">
        <span class="actor">{printable(taken.actor)}</span>
        <code>
          <b>{printable(taken.action)}</b>(
          {params.map(([name, value], index) => (
            <span key={name} class="param">
              <span class="param-name">{printable(name)}</span>={printable(compact(value))}
              {index < params.length - 1 && ', '}
            </span>
          ))}
          )
        </code>
      </p>
      {comment !== undefined && (
        <p class="causes">
          {comment.causes.length === 0 ? 'Depends on no earlier step.' : 'Follows from '}
          {comment.causes.map((cause, index) => (
            <span key={cause}>
              {index === 0 ? 'step ' : ', '}
              <StepLink step={cause} />
            </span>
          ))}
        </p>
      )}
      {groups.length === 0 && <p class="note">It changed nothing.</p>}
      {groups.map(group => (
        <Changes key={`${step} ${group.title}`} group={group} />
      ))}
    </section>
  );
}

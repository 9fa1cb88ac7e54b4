import { assignments, boundsLine, printable } from '../../../checker/trace/renderParts.ts';
import type { TraceExplored } from '../../../checker/trace/traceFile.ts';
import type { Run } from '../run.ts';
import { StepLink } from '../StepLink.tsx';

interface HeaderProps {
  readonly run: Run;
  readonly id: string;
  readonly isCompared: boolean;
}

/** What the run shows, of which model, and how it was found. */
export function Header({ run: { name, trace, layout }, id, isCompared }: HeaderProps) {
  const { kind, property, model } = trace;
  const broken = kind === 'counterexample';
  return (
    <header class="panel header">
      {isCompared && <p class="run-name">{printable(name)}</p>}
      <h1 id={`${id}-title`}>
        <span class="property-name">{printable(property.name)}</span>{' '}
        <span class={`badge ${broken ? 'broken' : 'reached'}`}>
          {broken ? 'is broken' : 'is reached'}
        </span>
      </h1>
      <p class="claim">{printable(property.statement)}</p>
      <p class={broken ? 'clause broken' : 'clause reached'}>
        <b>{broken ? 'False' : 'Reached'}</b>
        {trace.loop === undefined && (
          <>
            {' '}
            after step <StepLink step={layout.last} />
          </>
        )}
        {': '}
        {printable(property.clause)}
      </p>
      {broken && property.loss !== '' && (
        <p class="loss">
          <b>Lost</b> {printable(property.loss)}
        </p>
      )}
      {model.defects.length > 0 && (
        <p class="defects">
          <b>{model.defects.length === 1 ? 'Defect' : 'Defects'} switched on</b>{' '}
          {model.defects.map(defect => (
            <code key={defect}>{printable(defect)}</code>
          ))}
        </p>
      )}
      <details class="run-facts">
        <summary>
          {printable(model.name)}, {layout.last} {layout.last === 1 ? 'step' : 'steps'}
          {trace.explored.shortest ? ', the shortest possible' : ''}
        </summary>
        <dl>
          <dt>model</dt>
          <dd>{printable(`${model.name}, version ${model.version}`)}</dd>
          <dt>settings</dt>
          <dd>{printable(assignments(model.config))}</dd>
          <dt>bounds</dt>
          <dd>{printable(boundsLine(model.bounds))}</dd>
          <dt>found</dt>
          <dd>{foundText(trace.explored)}</dd>
          <dt>length</dt>
          <dd>{lengthText(trace.explored)}</dd>
          <dt>trace</dt>
          <dd>{printable(name)}</dd>
        </dl>
      </details>
    </header>
  );
}

function foundText({
  engine,
  seed,
  distinctStates,
  generatedStates,
  depth,
}: TraceExplored): string {
  const how = seed === undefined ? engine : `${engine}, seed ${seed}`;
  const counted = (value: number): string => value.toLocaleString('en-US');
  return (
    `${how}: ${counted(distinctStates)} distinct states, ` +
    `${counted(generatedStates)} generated, depth ${counted(depth)}`
  );
}

function lengthText({ shortest, unproved }: TraceExplored): string {
  if (shortest) return 'the shortest possible in this scope';
  return unproved === undefined
    ? 'not proved shortest'
    : `not proved shortest: ${printable(unproved)}`;
}

import { useMemo } from 'preact/hooks';
import type { TraceMachine } from '../../../checker/trace/traceFile.ts';
import type { ClusterProps } from '../frames/frame.ts';
import { spaced } from '../frames/view/said.ts';
import { MachineDiagram } from './MachineDiagram.tsx';
import { machineLayout } from './machineLayout.ts';
import { holdersOf, type TakenMove, takenMoves } from './machineState.ts';
import './machines.css';

/** The lifecycle machines, where in them everybody is, and the transitions that the step took. */
export function Machines(props: ClusterProps) {
  const machines = props.trace.commentary?.machines ?? [];
  if (machines.length === 0) {
    return <p class="no-machines">This trace does not tell of any lifecycle machines.</p>;
  }
  return (
    <div class="machines">
      {machines.map((machine, index) => (
        <Machine key={`${machine.name} ${index}`} machine={machine} {...props} />
      ))}
    </div>
  );
}

interface Props extends ClusterProps {
  readonly machine: TraceMachine;
}

function Machine({ machine, trace, states, step }: Props) {
  const layout = useMemo(() => machineLayout(machine), [machine]);
  const taken = takenMoves(machine, trace, states, step);
  return (
    <article class="machine" aria-label={spaced(machine.name)}>
      <h3>{spaced(machine.name)}</h3>
      <ul class="taken-moves">
        {taken.map(move => (
          <li key={move.name}>{takenWords(move)}</li>
        ))}
        {taken.length === 0 && <li class="quiet">no transition in this step</li>}
      </ul>
      <MachineDiagram
        layout={layout}
        holders={holdersOf(machine, states[step] ?? null)}
        taken={taken}
      />
      <details>
        <summary>all {machine.moves.length} moves</summary>
        <ul class="all-moves">
          {machine.moves.map(({ from, event, to }, index) => (
            <li key={`${from} ${event} ${index}`}>
              {spaced(from)} → {spaced(to)}: <b>{spaced(event)}</b>
            </li>
          ))}
        </ul>
      </details>
    </article>
  );
}

function takenWords({ name, from, to, events }: TakenMove): string {
  const by = events.length === 0 ? '' : ` (${events.map(spaced).join(' or ')})`;
  return `${name}: ${spaced(from)} → ${spaced(to)}${by}`;
}

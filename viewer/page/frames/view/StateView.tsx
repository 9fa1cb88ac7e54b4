import type { ComponentType } from 'preact';
import type { TraceFile } from '../../../../checker/trace/traceFile.ts';
import type { ClusterProps } from '../frame.ts';
import { type Place, placeOf } from '../place.ts';
import { GenericTree } from './GenericTree.tsx';
import { MessageList } from './MessageList.tsx';
import { Facts, NodeRows } from './NodeRows.tsx';
import { TableView } from './TableView.tsx';
import type { Part, Section } from './view.ts';

type ViewOf = (trace: TraceFile, state: Place, step: number) => readonly Section[];

/** The component that shows a state as a model has it. */
export function clusterOf(viewOf: ViewOf): ComponentType<ClusterProps> {
  return function Cluster({ trace, states, step }) {
    return (
      <div class="state-view">
        {viewOf(trace, placeOf(states, step), step).map(section => (
          <SectionView key={section.title} section={section} />
        ))}
      </div>
    );
  };
}

function SectionView({ section: { title, parts } }: { readonly section: Section }) {
  const isWide = ({ kind }: Part) => kind === 'nodes';
  return (
    <section class="state-section">
      {title !== '' && <h3 class="state-title">{title}</h3>}
      {parts.filter(isWide).map((part, index) => (
        <PartView key={index} part={part} />
      ))}
      <div class="state-parts">
        {parts
          .filter(part => !isWide(part))
          .map((part, index) => (
            <PartView key={index} part={part} />
          ))}
      </div>
    </section>
  );
}

function PartView({ part }: { readonly part: Part }) {
  if (part.kind === 'nodes') return <NodeRows rows={part.rows} records={part.records} />;
  return (
    <article class={`panel part-${part.kind}`} aria-label={part.title}>
      <h3>{part.title}</h3>
      {part.kind === 'table' && <TableView table={part.table} />}
      {part.kind === 'messages' && <MessageList rows={part.rows} />}
      {part.kind === 'facts' && <Facts facts={part.facts} />}
      {part.kind === 'rest' && <GenericTree node={part.node} />}
    </article>
  );
}

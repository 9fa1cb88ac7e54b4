import { fieldWords, type GenericField, type GenericNode } from './genericView.ts';
import { TableView } from './TableView.tsx';
import { Value } from './Value.tsx';

/** A value with all that is in it. */
export function GenericTree({ node }: { readonly node: GenericNode }) {
  if (node.kind === 'value') return <Value said={node.value} />;
  if (node.kind === 'table') return <Rows {...node} />;
  return node.kind === 'cards' ? (
    <div class="generic-cards">
      {node.cards.map(card => (
        <article key={card.name} class="panel">
          <h3>{card.name}</h3>
          <GenericTree node={card.node} />
        </article>
      ))}
      <Missing count={node.missing} />
    </div>
  ) : (
    <dl class="generic-fields">
      {node.fields.map(field => (
        <Field key={field.name} {...field} />
      ))}
      <Missing count={node.missing} />
    </dl>
  );
}

function Field({ name, node }: GenericField) {
  return (
    <div class={node.kind === 'value' ? 'generic-field' : 'generic-field nested'}>
      <dt>{fieldWords(name)}</dt>
      <dd>
        <GenericTree node={node} />
      </dd>
    </div>
  );
}

function Rows({ columns, rows, missing }: Extract<GenericNode, { kind: 'table' }>) {
  const table = {
    columns: columns.map(fieldWords),
    rows: rows.map(row => ({ ...row, isReference: false })),
  };
  return (
    <>
      <TableView table={table} />
      <Missing count={missing} />
    </>
  );
}

function Missing({ count }: { readonly count: number }) {
  return count === 0 ? null : <p class="quiet">... {count} more not shown</p>;
}

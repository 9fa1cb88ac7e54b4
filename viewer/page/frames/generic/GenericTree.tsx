import { Value } from '../view/Value.tsx';
import { fieldWords, type GenericField, type GenericNode } from './genericView.ts';

/** A value with all that is in it. */
export function GenericTree({ node }: { readonly node: GenericNode }) {
  if (node.kind === 'value') return <Value said={node.value} />;
  if (node.kind === 'table') return <Rows {...node} />;
  return node.kind === 'cards' ? (
    <div class="generic-cards">
      {node.cards.map(card => (
        <article key={card.name} class="panel">
          <h4>{card.name}</h4>
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
  return (
    <div class="scroller">
      <table class="view-table">
        <thead>
          <tr>
            <th />
            {columns.map(column => (
              <th key={column} scope="col">
                {fieldWords(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, cells }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, index) => (
                <td key={columns[index]}>
                  <Value said={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Missing count={missing} />
    </div>
  );
}

function Missing({ count }: { readonly count: number }) {
  return count === 0 ? null : <p class="quiet">... {count} more not shown</p>;
}

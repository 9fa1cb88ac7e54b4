import { Value } from './Value.tsx';
import type { ViewTable } from './view.ts';

/** What everybody knows of the same thing, a row for each. */
export function TableView({ table: { columns, rows } }: { readonly table: ViewTable }) {
  if (rows.length === 0) return <p class="quiet">none</p>;
  return (
    <div class="scroller">
      <table class="view-table">
        <thead>
          <tr>
            <td />
            {columns.map(column => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, note, isReference, cells }) => (
            <tr key={name} class={isReference ? 'reference' : ''}>
              <th scope="row">
                {name}
                {note !== undefined && (
                  <div class="row-note">
                    <Value said={note} />
                  </div>
                )}
              </th>
              {cells.map((cell, index) => (
                <td key={columns[index]}>
                  <Value said={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

import type { Field } from '../state/fields.ts';
import { partsOf } from '../state/json.ts';
import { acceptedEvents, type LifecycleTable } from '../state/lifecycleTable.ts';
import type { AnySchema } from '../state/schema.ts';
import type { TraceMachine } from '../trace/traceFile.ts';

type Table = LifecycleTable<string, string, string>;

/** The lifecycles of a model, each with the fields that hold a state of it. Those in lists are left out. */
export function machinesOf(schema: AnySchema): TraceMachine[] {
  const fields = new Map<Table, string[]>();
  collect(schema.whole, '', fields);
  return [...fields].map(([table, paths]) => ({
    name: table.name,
    states: [...table.states],
    moves: movesOf(table),
    fields: paths,
  }));
}

function collect(field: Field, path: string, found: Map<Table, string[]>): void {
  if (field.kind === 'lifecycle') {
    found.set(field.table, [...(found.get(field.table) ?? []), path]);
  } else if (field.kind === 'record' || field.kind === 'perNode' || field.kind === 'links') {
    for (const { name, part } of partsOf(field)) {
      collect(part, path === '' ? name : `${path}.${name}`, found);
    }
  }
}

function movesOf(table: Table): TraceMachine['moves'] {
  return table.states.flatMap((from, row) =>
    acceptedEvents(table, from).map(event => {
      const column = table.events.indexOf(event);
      const to = table.states[table.next[row * table.events.length + column] ?? -1] ?? from;
      return { from, event, to };
    }),
  );
}

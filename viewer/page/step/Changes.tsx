import { useState } from 'preact/hooks';
import { compactChange, printable } from '../../../checker/trace/renderParts.ts';
import type { TraceChange } from '../../../checker/trace/traceFile.ts';
import type { ChangeGroup } from './changeGroups.ts';

/** More than these are shown only when asked for. */
const MOST = 8;

/** The fields that a step changed, each with its value before and after. */
export function Changes({ group: { part, title, changes } }: { readonly group: ChangeGroup }) {
  const [all, setAll] = useState(false);
  const shown = all ? changes : changes.slice(0, MOST);
  return (
    <div class={`changes of-${part}`}>
      <h3>{title}</h3>
      <ul>
        {shown.map((change, index) => (
          <Change key={index} change={change} />
        ))}
      </ul>
      {shown.length < changes.length && (
        <button type="button" class="more" onClick={() => setAll(true)}>
          show all {changes.length}
        </button>
      )}
    </div>
  );
}

function Change({ change: { path, before, after } }: { readonly change: TraceChange }) {
  const [old, now] = compactChange(before, after);
  return (
    <li>
      <code class="path">{printable(path)}</code>
      <span class="values">
        {old !== '' && <del>{printable(old)}</del>}
        {old !== '' && now !== '' && (
          <span class="arrow" role="img" aria-label="becomes">
            →
          </span>
        )}
        {now !== '' && <ins>{printable(now)}</ins>}
      </span>
    </li>
  );
}

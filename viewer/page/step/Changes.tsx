import { useState } from 'preact/hooks';
import { compact, printable } from '../../../checker/trace/renderParts.ts';
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
        {shown.map(({ path, before, after }, index) => (
          <li key={index}>
            <code class="path">{printable(path)}</code>
            <span class="values">
              <del>{printable(compact(before))}</del>
              <span class="arrow" role="img" aria-label="becomes">
                →
              </span>
              <ins>{printable(compact(after))}</ins>
            </span>
          </li>
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

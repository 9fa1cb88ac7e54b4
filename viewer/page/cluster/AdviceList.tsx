import { printable } from '../../../checker/trace/renderParts.ts';
import type { ClusterView, ViewAdvice } from '../../data/clusterView.ts';

/** The changes that help, each with the lines that it takes. */
export function AdviceList({ advice }: Pick<ClusterView, 'advice'>) {
  if (advice.length === 0) return null;
  return (
    <section class="panel advice" aria-label="What helps">
      <h2>What helps, the cheapest first</h2>
      <ol>
        {advice.map(each => (
          <li key={each.title}>
            <p>
              <strong>{printable(each.title)}</strong>
            </p>
            <p class="buys">{each.buys}.</p>
            <p class="note">Costs: {each.costs}.</p>
            <Diff edits={each.edits} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** As many lines are shown unasked. */
const FEW_LINES = 9;

/** The lines of the operator's own files, as they are and as they would be. */
function Diff({ edits }: Pick<ViewAdvice, 'edits'>) {
  if (edits.length === 0) return null;
  return (
    <details class="diff" open={edits.length <= FEW_LINES}>
      <summary>{edits.length === 1 ? 'One line' : `${edits.length} lines`} of your files</summary>
      <div class="scroller">
        {edits.map(({ file, line, before, after }) => (
          <pre key={`${file}:${line}:${after}`}>
            <span class="place">
              {printable(file)}:{line}
            </span>
            {before !== undefined && <del>- {printable(before)}</del>}
            <ins>+ {printable(after)}</ins>
          </pre>
        ))}
      </div>
    </details>
  );
}

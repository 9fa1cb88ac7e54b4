import { printable } from '../../../checker/trace/renderParts.ts';
import type { ClusterView } from '../../data/clusterView.ts';

/** What was assumed, what looks like a mistake, and what was read. */
export function Known({
  view: { assumptions, warnings, files, by },
}: {
  readonly view: ClusterView;
}) {
  return (
    <section class="panel known" aria-label="What this rests on">
      {warnings.length > 0 && (
        <>
          <h2>Warnings</h2>
          <ul>
            {warnings.map(each => (
              <li key={each}>{printable(each)}</li>
            ))}
          </ul>
        </>
      )}
      <h2>Assumed, for no file says it</h2>
      {assumptions.length === 0 ? (
        <p>Nothing.</p>
      ) : (
        <dl class="assumptions">
          {assumptions.map(({ setting, value, why }) => (
            <div key={setting}>
              <dt>
                <code>
                  {printable(setting)}={printable(value)}
                </code>
              </dt>
              <dd>{printable(why)}</dd>
            </div>
          ))}
        </dl>
      )}
      <p class="note">
        Read: {files.map(printable).join(', ')}. Made by {by}.
      </p>
    </section>
  );
}

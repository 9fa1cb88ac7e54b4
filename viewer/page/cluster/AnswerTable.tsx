import { printable } from '../../../checker/trace/renderParts.ts';
import type { ClusterView, ViewClass } from '../../data/clusterView.ts';

/** Names of topics that are shown; of more the number. */
const MOST_NAMES = 3;

interface AnswerTableProps {
  readonly view: ClusterView;
  /** Shows a story; without it nothing can be chosen. */
  readonly show?: ((story: number) => void) | undefined;
}

/** What each failure costs each class of topics. */
export function AnswerTable({ view, show }: AnswerTableProps) {
  const { failures, classes, legend } = view;
  return (
    <section class="panel answer" aria-label="What one failure costs">
      <h2>What one failure costs</h2>
      <div class="scroller">
        <table class="answer-table">
          <thead>
            <tr>
              <th scope="col">topics</th>
              <th scope="col">copies</th>
              <th scope="col">minimum</th>
              {failures.map(({ title, what }) => (
                <th key={title} scope="col" title={what}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {classes.map(each => (
              <Row key={each.topics.join()} each={each} view={view} show={show} />
            ))}
          </tbody>
        </table>
      </div>
      {legend.length > 0 && (
        <ul class="notes-list">
          {legend.map(line => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ each, view, show }: AnswerTableProps & { readonly each: ViewClass }) {
  const names = each.topics.map(printable);
  const more = names.length - MOST_NAMES;
  return (
    <tr>
      <th scope="row" title={names.join(', ')}>
        {names.slice(0, MOST_NAMES).join(', ')}
        {more > 0 && ` and ${more} more`}
      </th>
      <td data-title="copies">{each.copies}</td>
      <td data-title="minimum">{each.minimum}</td>
      {each.cells.map(({ text, tone, story }, index) => (
        <td key={index} data-title={view.failures[index]?.title}>
          {story === undefined || show === undefined ? (
            <span class={`cost ${tone}`}>{text}</span>
          ) : (
            <button
              type="button"
              class={`cost ${tone}`}
              title="show how"
              onClick={() => show(story)}
            >
              {text} <span aria-hidden="true">▸</span>
            </button>
          )}
        </td>
      ))}
    </tr>
  );
}

import type { CellReport, ClusterReport } from '../../engine/clusterReport.ts';
import { StoryButton } from '../story/StoryButton.tsx';

interface AnswerTableProps {
  readonly report: ClusterReport;
  readonly opened: number | undefined;
  readonly open: (story: number) => void;
}

/** What each failure costs each class of topics; a loss opens its story. */
export function AnswerTable({ report, opened, open }: AnswerTableProps) {
  const { failures, classes } = report;
  if (classes.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls on a phone, also by keyboard
    <div class="scroll" tabIndex={0}>
      <table class="costs">
        <caption>What one failure costs</caption>
        <thead>
          <tr>
            <th scope="col">topics</th>
            <th scope="col">copies</th>
            <th scope="col">min</th>
            {failures.map(({ title, what }) => (
              <th key={title} scope="col" title={what}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.map(({ topics, copies, minimum, cells }) => (
            <tr key={topics.join()}>
              <th scope="row">{topics.join(', ')}</th>
              <td>{copies}</td>
              <td>{minimum}</td>
              {cells.map((cell, index) => (
                <Cell key={index} cell={cell} opened={opened} open={open} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps extends Pick<AnswerTableProps, 'opened' | 'open'> {
  readonly cell: CellReport;
}

function Cell({ cell: { words, tone, story }, opened, open }: CellProps) {
  if (story === undefined) return <td class={tone}>{words}</td>;
  return (
    <td class={tone}>
      {words} <StoryButton story={story} opened={opened} open={open} />
    </td>
  );
}

import type { AdviceReport } from '../../engine/clusterReport.ts';
import { saveFile } from '../story/save.ts';

/** Changes that were explored and help, each with the lines of the reader's own files. */
export function AdviceList({ advice }: { readonly advice: readonly AdviceReport[] }) {
  if (advice.length === 0) {
    return <p>No change that is tried here turns a loss or a stop into none.</p>;
  }
  return (
    <ol class="advice">
      {advice.map(({ title, buys, costs, edits, changed }) => (
        <li key={title}>
          <strong>{title}</strong>: {buys}. Costs: {costs}.
          {edits.length > 0 && <Diff edits={edits} />}
          {changed.map(({ name, text }) => (
            <button
              key={name}
              class="more"
              type="button"
              onClick={() => saveFile(name.split(/[/\\]/).at(-1) ?? name, 'text/plain', text)}
            >
              save {name} with it
            </button>
          ))}
        </li>
      ))}
    </ol>
  );
}

/** The lines that go and come, with file and line. */
function Diff({ edits }: Pick<AdviceReport, 'edits'>) {
  const files = [...new Set(edits.map(({ file }) => file))];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard
    <pre class="diff" tabIndex={0}>
      {files.map(file => (
        <span key={file}>
          <b>--- {file}</b>
          {edits
            .filter(edit => edit.file === file)
            .toSorted((one, other) => one.line - other.line)
            .map(({ line, before, after }) => (
              <span key={line}>
                {`\n@@ line ${line}${before === undefined ? ', after it' : ''} @@`}
                {before !== undefined && <del>{`\n-${before}`}</del>}
                <ins>{`\n+${after}`}</ins>
              </span>
            ))}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}

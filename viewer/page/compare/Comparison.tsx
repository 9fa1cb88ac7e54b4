import { printable } from '../../../checker/trace/renderParts.ts';
import { linkSteps } from '../linkSteps.ts';
import type { Run } from '../run.ts';
import { StepLink } from '../StepLink.tsx';
import { differenceOf, modelDifferences } from './comparison.ts';

/** Says where the runs of the page part. */
export function Comparison({ runs }: { readonly runs: readonly Run[] }) {
  const { text, step } = differenceOf(runs.map(({ trace }) => trace));
  const pieces = linkSteps(text, step === undefined ? [] : [step]);
  const differences = modelDifferences(runs.map(({ trace }) => trace));
  return (
    <>
      <p class="comparison">
        {pieces.map((piece, index) =>
          piece.step === undefined ? piece.text : <StepLink key={index} step={piece.step} />,
        )}
      </p>
      {differences.length > 0 && (
        <table class="differences">
          <thead>
            <tr>
              <th scope="col">differs</th>
              {runs.map(({ name }) => (
                <th key={name} scope="col">
                  {printable(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {differences.map(({ name, values }) => (
              <tr key={name}>
                <th scope="row">{printable(name)}</th>
                {values.map((value, index) => (
                  <td key={index}>{value === undefined ? '–' : printable(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

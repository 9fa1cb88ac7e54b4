import { linkSteps } from '../linkSteps.ts';
import type { Run } from '../run.ts';
import { StepLink } from '../StepLink.tsx';
import { differenceOf } from './comparison.ts';

/** Says where the runs of the page part. */
export function Comparison({ runs }: { readonly runs: readonly Run[] }) {
  const { text, step } = differenceOf(runs.map(({ trace }) => trace));
  const pieces = linkSteps(text, step === undefined ? [] : [step]);
  return (
    <p class="comparison">
      {pieces.map((piece, index) =>
        piece.step === undefined ? piece.text : <StepLink key={index} step={piece.step} />,
      )}
    </p>
  );
}

import type { ComponentChildren } from 'preact';
import { hashOfStep } from './stepHash.ts';

/** A link to a step of this page. */
export function StepLink({ step, children }: { step: number; children?: ComponentChildren }) {
  return (
    <a class="step-link" href={hashOfStep(step)}>
      {children ?? step}
    </a>
  );
}

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { labelOf } from '../../checker/core/compiledModel.ts';
import { readTrace } from '../../checker/trace/readTrace.ts';
import type { Finding } from './check.ts';

/** A finding, with the story that the corpus has of it. */
export function findingOf(name: string, property: string): Finding {
  const file = `${name}--${property}.trace.json`;
  const path = fileURLToPath(new URL(`../../traces/${file}`, import.meta.url));
  const { steps } = readTrace(file, readFileSync(path, 'utf8'));
  return { name, story: steps.map(({ action, params }) => labelOf({ name: action, params })) };
}

import { labelOf } from '../../checker/core/compiledModel.ts';

/** A step as traces print it. */
export function step(name: string, params: Readonly<Record<string, string | number>>): string {
  return labelOf({ name, params });
}

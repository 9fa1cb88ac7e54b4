import type { Bounds } from '../../checker/model/model.ts';

/** The flags that ask for these bounds. */
export function boundFlags(bounds: Bounds): string[] {
  return Object.entries(bounds).flatMap(([name, bound]) => ['--bound', `${name}=${bound}`]);
}

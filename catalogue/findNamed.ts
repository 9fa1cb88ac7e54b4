import { UsageError } from './usageError.ts';

/**
 * The one of this name.
 *
 * @throws UsageError with the names that are known, or the nearest.
 */
export function findNamed<Named extends { readonly name: string }>(
  kind: string,
  name: string,
  all: readonly Named[],
): Named {
  const found = all.find(candidate => candidate.name === name);
  if (found !== undefined) return found;
  throw UsageError.unknown(
    kind,
    name,
    all.map(known => known.name),
  );
}

import { newestRelease } from '../description/release.ts';

/** The first level of `metadata.version` of each release. Source: MetadataVersion. */
const firstLevels = [
  [30, '4.3'],
  [28, '4.2'],
  [26, '4.1'],
  [22, '4.0'],
  [21, '3.9'],
  [20, '3.8'],
  [15, '3.7'],
  [12, '3.6'],
  [9, '3.5'],
  [8, '3.4'],
  [1, '3.3'],
] as const;

/** The release whose `metadata.version` this is: software may be newer. The newest, where it is not known. */
export function releaseOf(level: number | undefined): string {
  if (level === undefined) return newestRelease;
  return firstLevels.find(([first]) => level >= first)?.[1] ?? newestRelease;
}

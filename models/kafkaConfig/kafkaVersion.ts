import { parseVersion, type Release } from '../description/release.ts';
import type { Setting } from './clusterDescription.ts';

/** Whether the version is the given one or a later one; false when it is not known. */
export function isAtLeast(version: Release | undefined, major: number, minor: number): boolean {
  if (version === undefined) return false;
  return version.major > major || (version.major === major && version.minor >= minor);
}

/** Whether the version is known and earlier than the given one. */
export function isBefore(version: Release | undefined, major: number, minor: number): boolean {
  return version !== undefined && !isAtLeast(version, major, minor);
}

/** The version behind a description's setting. */
export function versionOf(setting: Setting<string | undefined>): Release | undefined {
  return parseVersion(setting.value);
}

import type { Setting } from './clusterDescription.ts';

/** A Kafka version as far as this project tells versions apart. */
export interface KafkaVersion {
  readonly major: number;
  readonly minor: number;
}

/**
 * Reads `3.8`, `3.8.1`, `4.1-IV0` or `4.1.0-rc1`; undefined for anything else, such as `latest`.
 */
export function parseVersion(text: string | undefined): KafkaVersion | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})(?:[.-][\w.+-]{0,40})?$/.exec(text?.trim() ?? '');
  if (parts === null) return undefined;
  return { major: Number(parts[1]), minor: Number(parts[2]) };
}

/** Whether the version is the given one or a later one; false when it is not known. */
export function isAtLeast(
  version: KafkaVersion | undefined,
  major: number,
  minor: number,
): boolean {
  if (version === undefined) return false;
  return version.major > major || (version.major === major && version.minor >= minor);
}

/** Whether the version is known and earlier than the given one. */
export function isBefore(version: KafkaVersion | undefined, major: number, minor: number): boolean {
  return version !== undefined && !isAtLeast(version, major, minor);
}

/** The version behind a description's setting. */
export function versionOf(setting: Setting<string | undefined>): KafkaVersion | undefined {
  return parseVersion(setting.value);
}

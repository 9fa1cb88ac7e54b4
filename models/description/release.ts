/** A Kafka release: `3.8.1`, or `0.10.2.1` with the four numbers of its time. */
export interface Release {
  readonly major: number;
  readonly minor: number;
  /** Its patches, the first of a line being 0; one number since 1.0. */
  readonly patch: readonly number[];
}

/** The lines of releases that are known here, oldest first. */
export const releaseLines = [
  ...['0.10', '0.11'],
  ...['1.0', '1.1'],
  ...['2.0', '2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7', '2.8'],
  ...['3.0', '3.1', '3.2', '3.3', '3.4', '3.5', '3.6', '3.7', '3.8', '3.9'],
  ...['4.0', '4.1', '4.2', '4.3', '4.4'],
] as const;

const lineNames: readonly string[] = releaseLines;

export const oldestRelease = '0.10';
export const newestRelease = '4.4';

/** What is read as a line of releases, for an error that found something else. */
export const lineExpected = `a Kafka release from ${oldestRelease} to ${newestRelease}`;

/** What is read as a release, for an error that found something else. */
export const releaseExpected = `${lineExpected}, with or without its patch, as 3.8 or 3.8.1`;

/**
 * Reads the version of any Kafka, also of a line that is not known here, with whatever follows the numbers:
 * `3.8`, `3.8.1`, `4.1-IV0` or `4.1.0-rc1`; undefined for anything else, such as `latest`.
 */
export function parseVersion(text: string | undefined): Release | undefined {
  const numbers = /^(\d{1,3})\.(\d{1,3})((?:\.\d{1,2}){0,2})(?:[.-][\w.+-]{0,40})?$/;
  const parts = numbers.exec(text?.trim() ?? '');
  if (parts === null) return undefined;
  const patch = (parts[3] ?? '').split('.').slice(1).map(Number);
  return { major: Number(parts[1]), minor: Number(parts[2]), patch };
}

/** Whether a release is of a line that is known here. */
export function isKnown({ major, minor }: Release): boolean {
  return lineNames.includes(`${major}.${minor}`);
}

/**
 * Reads `3.8` and `3.8.1`; undefined for what is no release of a known line. Without a patch it is the
 * first of its line, which has the fewest corrections.
 */
export function parseRelease(text: string): Release | undefined {
  const isPlain = /^\d{1,2}(?:\.\d{1,2}){1,3}$/.test(text);
  const release = isPlain ? parseVersion(text) : undefined;
  return release !== undefined && isKnown(release) ? release : undefined;
}

/**
 * The release of this name.
 *
 * @throws RangeError when there is none: for names in code, not for input.
 */
export function releaseNamed(name: string): Release {
  const release = parseRelease(name);
  if (release !== undefined) return release;
  throw new RangeError(`expected ${releaseExpected}, found "${name}"`);
}

/** Whether a release is earlier than another. */
export function isEarlier(release: Release, other: Release): boolean {
  return compare(release, other) < 0;
}

/**
 * Whether a release has what came with these, oldest first: a correction that went into several lines
 * is in each from its own patch on, and in every line after the last of them.
 */
export function hasSince(release: Release, since: readonly Release[]): boolean {
  const ofLine = since.find(first => isSameLine(first, release));
  if (ofLine !== undefined) return !isEarlier(release, ofLine);
  const last = since.at(-1);
  return last !== undefined && isEarlier(last, release);
}

function isSameLine(one: Release, other: Release): boolean {
  return one.major === other.major && one.minor === other.minor;
}

function compare(one: Release, other: Release): number {
  const numbers = ({ major, minor, patch }: Release) => [
    major,
    minor,
    patch[0] ?? 0,
    patch[1] ?? 0,
  ];
  const [left, right] = [numbers(one), numbers(other)];
  const index = left.findIndex((number, place) => number !== right[place]);
  return index < 0 ? 0 : (left[index] ?? 0) - (right[index] ?? 0);
}

/** How a release is written. */
export function releaseName({ major, minor, patch }: Release): string {
  return [major, minor, ...patch].join('.');
}

/** The last release before another: of its line where that has one, of the line before elsewhere. */
export function releaseBefore(release: Release): string {
  const line = `${release.major}.${release.minor}`;
  const [patch = 0] = release.patch;
  if (patch > 0) return `${line}.${patch - 1}`;
  return lineNames[lineNames.indexOf(line) - 1] ?? oldestRelease;
}

import { hasSince, type Release, releaseNamed } from './release.ts';

/** How brokers and controller keep what they agree on: a metadata log, or ZooKeeper until 3.9. */
export type MetadataMode = 'kraft' | 'zookeeper';

/** A rule as it has been from some release on. */
interface RuleVersion<Value> {
  /**
   * The first release with it: `3.3`, or `3.9.1` and `4.0.1` where a correction went into several
   * lines, oldest first. The oldest known release stands for "always".
   */
  readonly since: string | readonly [string, string, ...string[]];
  /** Where it is so in one of the two modes only. */
  readonly mode?: MetadataMode;
  /** What the model asks. */
  readonly value: Value;
  /** KIP, JIRA issue, class. */
  readonly source: string;
  /** What it prevents, or what was possible until the next version of it. */
  readonly prevents: string;
  /** The race because of which it does not always hold in these releases. */
  readonly sometimes?: string;
}

/** Every rule of a model, with its versions, oldest first. What comes later in a list decides. */
export type RuleTable<Rules> = {
  readonly [Name in keyof Rules]: readonly [
    RuleVersion<Rules[Name]>,
    ...(readonly RuleVersion<Rules[Name]>[]),
  ];
};

/** The rules of one release in one mode. */
export function rulesAt<Rules extends object>(
  table: RuleTable<Rules>,
  release: Release,
  mode: MetadataMode,
): Rules {
  const entries = Object.entries<readonly RuleVersion<unknown>[]>(table).map(([name, versions]) => {
    return [name, versionAt(versions, release, mode)?.value];
  });
  // One entry for each rule of the table, which the compiler cannot follow through the entries.
  return Object.fromEntries(entries) as Rules;
}

/** The version of a rule that a release has; none if the rule is younger. */
function versionAt<Value>(
  versions: readonly RuleVersion<Value>[],
  release: Release,
  mode: MetadataMode,
): RuleVersion<Value> | undefined {
  return versions.findLast(
    version =>
      (version.mode === undefined || version.mode === mode) && hasSince(release, sinceOf(version)),
  );
}

/** The first releases with a version of a rule, one for each line that it went into. */
function sinceOf({ since }: RuleVersion<unknown>): readonly Release[] {
  return (typeof since === 'string' ? [since] : since).map(releaseNamed);
}

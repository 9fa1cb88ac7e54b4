import { hasSince, newestRelease, type Release, releaseBefore, releaseNamed } from './release.ts';

/** How brokers and controller keep what they agree on: a metadata log, or ZooKeeper until 3.9. */
type MetadataMode = 'kraft' | 'zookeeper';

/** A rule as it has been from some release on. */
export interface RuleVersion<Value> {
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
  /** The race in which it shows, where it does not always. */
  readonly sometimes?: string;
  /** The defect that shows what this version allows. */
  readonly defect?: string;
  /** Where this version is a mistake: what the rule would be without it. */
  readonly repaired?: Value;
}

/** Every rule of a model, with its versions, oldest first. What comes later in a list decides. */
export type RuleTable<Rules> = {
  readonly [Name in keyof Rules]: readonly [
    RuleVersion<Rules[Name]>,
    ...(readonly RuleVersion<Rules[Name]>[]),
  ];
};

/** Which rules are looked up. */
export interface RuleQuery {
  readonly release: Release;
  readonly mode: MetadataMode;
  /** Whether the mistake that a defect shows is repaired; none is if this is not said. */
  readonly isRepaired?: (defect: string | undefined) => boolean;
}

/** What `repairs` mends: the mistakes that these defects show, or `all`. */
export function repairing(repairs: readonly string[]): NonNullable<RuleQuery['isRepaired']> {
  return defect => repairs.some(repair => repair === 'all' || repair === defect);
}

/** The rules of one release in one mode. */
export function rulesAt<Rules extends object>(table: RuleTable<Rules>, query: RuleQuery): Rules {
  const entries = Object.entries<readonly RuleVersion<unknown>[]>(table).map(([name, versions]) => {
    const version = versionAt(versions, query.release, query.mode);
    const isRepaired =
      version?.repaired !== undefined && query.isRepaired?.(version.defect) === true;
    return [name, isRepaired ? version.repaired : version?.value];
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

/** The first releases with a version of a rule: `3.5.2, 3.6`. */
export function sinceInWords({ since }: RuleVersion<unknown>): string {
  return typeof since === 'string' ? since : since.join(', ');
}

/** A mistake that a release has, and what there is to say of it. */
export interface KnownMistake {
  readonly defect: string;
  readonly source: string;
  readonly sometimes?: string;
}

/** The mistakes of a release that can be repaired, in the order of the table. */
export function mistakesAt<Rules extends object>(
  table: RuleTable<Rules>,
  { release, mode }: Pick<RuleQuery, 'release' | 'mode'>,
): KnownMistake[] {
  const rules = Object.values<readonly RuleVersion<unknown>[]>(table);
  return rules.flatMap(versions => {
    const { defect, repaired, source, sometimes } = versionAt(versions, release, mode) ?? {};
    if (defect === undefined || repaired === undefined || source === undefined) return [];
    return [{ defect, source, ...(sometimes === undefined ? {} : { sometimes }) }];
  });
}

/** The releases in which a defect is what Kafka does, as `0.10 to 2.1, 2.8 to 3.9 (KRaft)`; none if in none. */
export function releasesWith<Rules extends object>(
  table: RuleTable<Rules>,
  defect: string,
): string | undefined {
  const rules = Object.values<readonly RuleVersion<unknown>[]>(table);
  const spans = rules.flatMap(versions =>
    versions.flatMap((version, index) => {
      return version.defect === defect ? [spanOf(version, versions.slice(index + 1))] : [];
    }),
  );
  return spans.length === 0 ? undefined : spans.join(', ');
}

function spanOf(version: RuleVersion<unknown>, later: readonly RuleVersion<unknown>[]): string {
  const since = sinceInWords(version);
  const next = later.find(({ mode }) => {
    return mode === undefined || version.mode === undefined || mode === version.mode;
  });
  const until = next === undefined ? [newestRelease] : sinceOf(next).map(releaseBefore);
  const span = since === until.join() ? since : `${since} to ${until.join(', ')}`;
  return version.mode === 'kraft' ? `${span} (KRaft)` : span;
}

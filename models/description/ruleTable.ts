import {
  hasSince,
  isEarlier,
  newestRelease,
  type Release,
  releaseBefore,
  releaseLines,
  releaseNamed,
} from './release.ts';

/** How brokers and controller keep what they agree on: a metadata log, or ZooKeeper until 3.9. */
export type MetadataMode = 'kraft' | 'zookeeper';

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

/** Release lines that follow each other and have the same rules, each being its first release. */
export interface ReleaseSpan {
  readonly first: string;
  readonly last: string;
}

/** The spans of the lines from one to another, oldest first. */
export function spansOf<Rules extends object>(
  table: RuleTable<Rules>,
  mode: MetadataMode,
  { first, last }: ReleaseSpan,
): ReleaseSpan[] {
  const [from, to] = [releaseNamed(first), releaseNamed(last)];
  const lines = releaseLines.filter(line => {
    const release = releaseNamed(line);
    return !isEarlier(release, from) && !isEarlier(to, release);
  });
  const spans: ReleaseSpan[] = [];
  const rulesIn = (line: string): ReleaseInMode => ({ release: releaseNamed(line), mode });
  for (const line of lines) {
    const before = spans.at(-1);
    const changed = before && changedRules(table, rulesIn(before.last), rulesIn(line));
    if (before !== undefined && changed?.length === 0)
      spans.splice(-1, 1, { ...before, last: line });
    else spans.push({ first: line, last: line });
  }
  return spans;
}

/** A rule that differs between two releases. */
export interface ChangedRule {
  readonly name: string;
  /** None where the rule is younger. */
  readonly before: RuleVersion<unknown> | undefined;
  readonly after: RuleVersion<unknown>;
}

/** A release in one of the two modes. */
type ReleaseInMode = Pick<RuleQuery, 'release' | 'mode'>;

/** The rules that a release has otherwise than another, in the order of the table. */
export function changedRules<Rules extends object>(
  table: RuleTable<Rules>,
  from: ReleaseInMode,
  to: ReleaseInMode,
): ChangedRule[] {
  const rules = Object.entries<readonly RuleVersion<unknown>[]>(table);
  return rules.flatMap(([name, versions]) => {
    const before = versionAt(versions, from.release, from.mode);
    const after = versionAt(versions, to.release, to.mode);
    return after === undefined || after.value === before?.value ? [] : [{ name, before, after }];
  });
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
export function sinceOf({ since }: RuleVersion<unknown>): readonly Release[] {
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
  /** The first releases without it: `3.9.1, 4.0.1`; none if there is none yet. */
  readonly goneSince?: string;
}

/** The mistakes of a release that can be repaired, each once, in the order of the table. */
export function mistakesAt<Rules extends object>(
  table: RuleTable<Rules>,
  { release, mode }: Pick<RuleQuery, 'release' | 'mode'>,
): KnownMistake[] {
  const rules = Object.values<readonly RuleVersion<unknown>[]>(table);
  const found = rules.flatMap((versions): KnownMistake[] => {
    const version = versionAt(versions, release, mode);
    const { defect, repaired, source, sometimes } = version ?? {};
    if (version === undefined || defect === undefined) return [];
    if (repaired === undefined || source === undefined) return [];
    const next = nextOf(version, versions, mode);
    return [
      {
        defect,
        source,
        ...(sometimes === undefined ? {} : { sometimes }),
        ...(next === undefined ? {} : { goneSince: sinceInWords(next) }),
      },
    ];
  });
  // Of several rules that are one mistake together the one that stays decides when it is gone.
  const stays = ({ defect }: KnownMistake): boolean =>
    found.some(each => each.defect === defect && each.goneSince === undefined);
  const lasting = found.filter(each => each.goneSince === undefined || !stays(each));
  return lasting.filter(
    ({ defect }, place) => lasting.findIndex(each => each.defect === defect) === place,
  );
}

/** The next version of a rule after this one, for whoever is in this mode. */
function nextOf(
  version: RuleVersion<unknown>,
  versions: readonly RuleVersion<unknown>[],
  mode: MetadataMode | undefined,
): RuleVersion<unknown> | undefined {
  return versions
    .slice(versions.indexOf(version) + 1)
    .find(later => later.mode === undefined || mode === undefined || later.mode === mode);
}

/** A version of a rule that is a mistake, or that a later one corrects, as some defect shows. */
export interface DefectSpan {
  readonly defect: string;
  readonly rule: string;
  readonly version: RuleVersion<unknown>;
  /** The version that corrects it; none if no release has. */
  readonly next: RuleVersion<unknown> | undefined;
}

/** Every version of a rule that some defect shows, in the order of the table. */
export function defectSpans<Rules extends object>(table: RuleTable<Rules>): DefectSpan[] {
  const rules = Object.entries<readonly RuleVersion<unknown>[]>(table);
  return rules.flatMap(([rule, versions]) =>
    versions.flatMap(version => {
      const { defect, mode } = version;
      return defect === undefined
        ? []
        : [{ defect, rule, version, next: nextOf(version, versions, mode) }];
    }),
  );
}

/** The releases in which a defect is what Kafka does, as `0.10 to 2.1, 2.8 to 3.9 (KRaft)`; none if in none. */
export function releasesWith<Rules extends object>(
  table: RuleTable<Rules>,
  defect: string,
): string | undefined {
  const spans = defectSpans(table).filter(span => span.defect === defect);
  return spans.length === 0 ? undefined : spans.map(spanInWords).join(', ');
}

/** The releases that have a version of a rule: `2.8 to 3.9 (KRaft)`. */
export function spanInWords({ version, next }: Omit<DefectSpan, 'defect' | 'rule'>): string {
  const since = sinceInWords(version);
  const until = next === undefined ? [newestRelease] : sinceOf(next).map(releaseBefore);
  const span = since === until.join() ? since : `${since} to ${until.join(', ')}`;
  return version.mode === 'kraft' ? `${span} (KRaft)` : span;
}

import { describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { newestRelease, releaseNamed } from '../../../models/description/release.ts';
import type { RuleVersion } from '../../../models/description/ruleTable.ts';
import {
  defaultConfig,
  preVotesIn,
  quietScope,
  validateKraft,
} from '../../../models/kraft/config.ts';
import { everyKraftDefect } from '../../../models/kraft/defects.ts';
import { isQuorumName } from '../../../models/kraft/release.ts';
import { kraftRulesAt, kraftRuleTable } from '../../../models/kraft/releaseRules.ts';
import type { KraftRules } from '../../../models/kraft/rules.ts';
import { isLong } from '../../long.ts';
import { kraftIn } from './scope.ts';

const at = (release: string): KraftRules => kraftRulesAt(releaseNamed(release));
/** The first release of each line that the model is for, and the patches with which a rule changed. */
const known = [
  ...['3.3', '3.4', '3.5', '3.5.1', '3.5.2', '3.6', '3.7', '3.8', '3.9'],
  ...['4.0', '4.1', '4.2', '4.3', '4.4'],
];

/** The releases in which every rule that is named is what it is here. */
function releasesLike(rules: Partial<KraftRules>): string[] {
  const names = Object.keys(rules) as (keyof KraftRules)[];
  return known.filter(release => names.every(name => at(release)[name] === rules[name]));
}

const defects = everyKraftDefect;

describe('the rules of a release', () => {
  test.each<[keyof KraftRules, readonly string[], readonly string[]]>([
    ['flushesSnapshots', ['3.3', '3.4.1', '3.5', '3.5.1'], ['3.5.2', '3.6', '3.6.2', '4.4']],
    ['leadersCheckQuorum', ['3.3', '3.6.2'], ['3.7', '3.9.1', '4.0']],
    ['asksForPreVotes', ['3.8', '3.9', '3.9.1'], ['4.0', '4.1', '4.4']],
    ['followerKeepsVote', ['3.3', '3.9.1'], ['4.0', '4.3.1']],
  ])('%s', (rule, without, having) => {
    expect(without.map(release => at(release)[rule])).toEqual(without.map(() => false));
    expect(having.map(release => at(release)[rule])).toEqual(having.map(() => true));
  });

  test('a controller is active from the start of its epoch until 3.5, and after it since 3.6', () => {
    expect(at('3.5.2').activeFrom(2, 2)).toBe(true);
    expect(at('3.5.2').activeFrom(1, 2)).toBe(false);
    expect(at('3.6').activeFrom(2, 2)).toBe(false);
    expect(at('3.6').activeFrom(3, 2)).toBe(true);
  });

  test('each has a source and says what it prevents', () => {
    for (const versions of Object.values(kraftRuleTable)) {
      for (const { source, prevents } of versions) {
        expect(source).not.toBe('');
        expect(prevents).not.toBe('');
      }
    }
  });

  test('what a repair puts in, no release has, or those since the mistake is gone', () => {
    const rules = Object.entries<readonly RuleVersion<unknown>[]>(kraftRuleTable);
    const repaired = rules.flatMap(([rule, versions]) =>
      versions.flatMap(version =>
        version.repaired === undefined ? [] : [{ [rule]: version.repaired }],
      ),
    );
    const since = repaired.map(each => [...Object.keys(each), releasesLike(each)[0]]);
    expect(since).toEqual([
      ['restartFollowsKnownLeader', undefined],
      ['leadersCheckQuorum', '3.7'],
      ['flushesSnapshots', '3.5.2'],
      ['readsReplacingVoters', undefined],
    ]);
  });
});

describe('a defect says in which releases it is the protocol', () => {
  test.each(defects)('$name', ({ rules, releases }) => {
    if (Object.keys(rules).length === 0) return;
    expect(releases).toBe(spanOf(releasesLike(rules)));
  });

  test.runIf(isLong)(
    'stands-again-after-following is not that of 3.9, where a follower has no vote in its file',
    async () => {
      const config = { kafka: '3.9.1', dynamicVoters: true, transport: 'rounds' } as const;
      const { model, properties } = kraftIn({ config, bounds: { crashes: 1, voterChanges: 2 } });
      const { verdict } = await exploreExhaustively(model, properties, { keepGoing: true });
      expect(verdict).toBe('holds');
    },
  );
});

/** The first and the last, where the last patch of a line says no more than the line. */
function spanOf(releases: readonly string[]): string | undefined {
  if (releases.length === 0) return undefined;
  const last = releases.at(-1) ?? '';
  return `${releases[0]} to ${last === '3.5.2' ? '3.5' : last}`;
}

describe('the release that is asked for', () => {
  const validate = (config: object) => () =>
    validateKraft({ ...defaultConfig, ...config }, quietScope);

  test.each(['3.3', '3.9.1', newestRelease, '4.x', 'upgrading'])('%s is one', name => {
    expect(isQuorumName(name)).toBe(true);
    expect(validate({ kafka: name })).not.toThrow();
  });

  test.each(['2.8', '3.2', '4.5', '3', 'newest'])('%s is none', name => {
    expect(validate({ kafka: name })).toThrow(
      /^kafka: expected a Kafka release from 3\.3 to 4\.4, .*, or one of upgrading, 4\.x, found /,
    );
  });

  test('has what it has: voters change since 3.9, nodes join by themselves since 4.2', () => {
    expect(validate({ kafka: '3.8', dynamicVoters: true })).toThrow(
      'dynamicVoters: expected false in Kafka 3.8: voters change since 3.9 (KIP-853), found true',
    );
    expect(validate({ kafka: '4.1', dynamicVoters: true, autoJoin: true })).toThrow(
      'autoJoin: expected false in Kafka 4.1: nodes join by themselves since 4.2, found true',
    );
    expect(preVotesIn('3.9.1')).toBe('none');
    expect(preVotesIn('upgrading')).toBe('allButLast');
    expect(preVotesIn('4.0')).toBe('all');
  });
});

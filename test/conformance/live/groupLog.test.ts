import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { groupLog } from '../../../conformance/live/groupLog.ts';
import { judged } from '../../../conformance/live/stories/groups.ts';
import { everyFew } from '../../long.ts';

const recorded = (name: string): string[] =>
  readFileSync(new URL(`./recorded/${name}.ndjson`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
const isExplained = (lines: readonly string[]): boolean =>
  judged(`${lines.join('\n')}\n`).verdict === 'confirmed';

/** The log with another number in a line: where a member begins, comes to, or has committed. */
function altered(lines: readonly string[]): { readonly name: string; readonly log: string[] }[] {
  return lines.slice(1).flatMap((line, index) => {
    const found = /"(protocol[^"]*(?:position|committed))":(\d+)/.exec(line);
    if (found === null) return [];
    return [-1, 1].flatMap(by => {
      const other = Number(found[2]) + by;
      if (other < 0) return [];
      const changed = line.replace(`"${found[1]}":${found[2]}`, `"${found[1]}":${other}`);
      const log = [...lines.slice(0, index + 1), changed, ...lines.slice(index + 2)];
      return [{ name: `line ${index + 2} with ${other}`, log }];
    });
  });
}

/** The log without the line in which a member is given a partition, or it is taken from it. */
function dropped(lines: readonly string[]): { readonly name: string; readonly log: string[] }[] {
  return lines.flatMap((line, index) =>
    index > 0 && line.includes('isOwned')
      ? [{ name: `without line ${index + 1}`, log: lines.toSpliced(index, 1) }]
      : [],
  );
}

describe.each(['classicGroup', 'consumerGroup'])('what was seen of a real group, %s', name => {
  const lines = recorded(name);

  test('is a run of the model', () => {
    expect(isExplained(lines)).toBe(true);
  });

  test.each(everyFew([...altered(lines), ...dropped(lines)], 9))('is none $name', ({ log }) => {
    expect(isExplained(log)).toBe(false);
  });

  test('is none where the next coordinator has lost a commit', () => {
    const moved = lines.findIndex(line => line.includes('failOver'));
    const later = lines.findIndex((line, index) => index > moved && line.includes('fetchOffset'));
    const line = lines[later] ?? expect.fail();
    const lost = line.replace(/"(\S+position)":\d+/, '"$1":0');
    expect(lost).not.toBe(line);
    expect(isExplained(lines.toSpliced(later, 1, lost))).toBe(false);
  });
});

test('what happens to all partitions of a member at once is one line', () => {
  const group = { kafka: '4.3.1', members: ['a', 'b'], partitions: 2, records: 1, brokers: 2 };
  const told = groupLog({ ...group, protocol: 'classic' }, [
    { member: 'a', kind: 'assigned', partition: 0 },
    { member: 'a', kind: 'assigned', partition: 1 },
    { member: 'a', kind: 'committed' },
    { kind: 'moved', to: 2 },
    { member: 'a', kind: 'revoked', partition: 0 },
    { member: 'a', kind: 'closed' },
    { member: 'b', kind: 'lost', partition: 1 },
  ]);
  const says = told.map(line => ('says' in line ? line.says : undefined));
  expect(says.slice(1)).toEqual([
    'a assigned partition 0, assigned partition 1',
    'broker-2 leads the partition of the group',
    'a revoked partition 0, closed',
    'b lost partition 1',
  ]);
  expect(told[0]).toMatchObject({ bounds: { leaves: 1, failovers: 1, records: 1 } });
});

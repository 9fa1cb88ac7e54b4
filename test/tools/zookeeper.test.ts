import { expect, test } from 'vitest';
import { compared, differing, scenesOf } from '../../tools/zookeeper/compared.ts';
import { type Came, sharedProperties } from '../../tools/zookeeper/explored.ts';
import { faults, systemName, systems } from '../../tools/zookeeper/faults.ts';
import { comparisonPage } from '../../tools/zookeeper/page.ts';

const [zooKeeper = '', kraft = '', newest = ''] = systems.map(systemName);

const came = (change: Partial<Came> = {}): Came => ({
  distinctStates: 7,
  beliefs: ['one leads; the other leads by what is over'],
  endings: ['both rest'],
  broken: [],
  ...change,
});

test('what is in some systems and not in all is told, whatever kind it is', () => {
  const rows = {
    [zooKeeper]: came({ broken: ['acknowledged-records-survive'], beliefs: ['one leads'] }),
    [kraft]: came({ endings: [] }),
  };
  expect(differing(rows)).toEqual([
    { kind: 'broken', what: 'acknowledged-records-survive' },
    { kind: 'ending', what: 'both rest' },
    { kind: 'belief', what: 'one leads' },
    { kind: 'belief', what: 'one leads; the other leads by what is over' },
  ]);
  expect(differing({ [zooKeeper]: came(), [kraft]: came() })).toEqual([]);
});

test('the page says of each fault where it loses records, by what was explored', () => {
  const lossy = came({ broken: ['acknowledged-records-survive'] });
  const page = (last: Came): string =>
    comparisonPage([
      {
        fault: 'a fault',
        came: { [zooKeeper]: lossy, [kraft]: lossy, [newest]: last },
        stories: [],
      },
    ]);
  expect(page(came())).toContain(
    `an acknowledged record can be lost in ${zooKeeper} and ${kraft}; in ${newest} every one survives.`,
  );
  expect(page(lossy)).toContain(`can be lost in ${zooKeeper} and ${kraft} and ${newest}.`);
  expect(page(came())).toContain('| a fault | `acknowledged-records-survive` (7 states) |');
  expect(page(came())).toContain('Two that lead at one time');
  expect(page(came({ beliefs: [] }))).not.toContain('Two that lead at one time');
});

test('both modes are asked for the same properties, and another controller changes nothing', async () => {
  expect(sharedProperties()).toHaveLength(17);
  const [moved] = faults;
  if (moved === undefined) throw new Error('there is no fault');
  const { came: found, stories } = await compared(moved);
  expect(Object.values(found).map(scenesOf)[0]).toEqual([
    { kind: 'ending', what: 'one follows, in the ISR; the other leads, in the ISR' },
    { kind: 'belief', what: 'one follows; the other leads' },
  ]);
  expect(stories).toEqual([]);
});

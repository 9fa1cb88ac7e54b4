import { expect, test } from 'vitest';
import { withoutOptions } from '../../cli/check/clusterView.ts';
import { legendSentences } from '../../cli/check/firstScreen.ts';

test('a page, which has no options, speaks of none', () => {
  const failure = {
    kind: 'power',
    title: 'power loss',
    what: 'one loses power',
    scopes: [],
  } as const;
  const cell = { failure, lost: 'kept before', stops: 'nothing', story: undefined } as const;
  const isAssumed = { factor: false, minimum: false };
  const said = legendSentences([{ cells: [cell], isAssumed }]);
  expect(said).toEqual(['^: as docs/guarantees.md has it; --long explores it.']);
  expect(said.map(withoutOptions)).toEqual(['^: as docs/guarantees.md has it.']);
  expect(withoutOptions('They stop (--explain clients).')).toBe('They stop.');
});

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { imageFamilies } from '../../../models/kafkaConfig/imageFamily.ts';
import { settingSources } from '../../../models/kafkaConfig/settingSources.ts';

const page = readFileSync(
  new URL('../../../docs/cluster-descriptions.md', import.meta.url),
  'utf8',
);

it('has the tables of the code in its page', () => {
  const rows = [
    ...settingSources.map(row => [row.setting, row.where, row.decidedBy, row.source]),
    ...imageFamilies.map(family => [family.name, family.startsFrom, family.source]),
  ];
  for (const row of rows) expect(page).toContain(`| ${row.join(' | ')} |\n`);
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generateTraceSchema } from '../../../checker/trace/schema/generate.ts';

const committed = new URL('../../../checker/trace/schema/trace.schema.json', import.meta.url);

describe('the schema of trace files', () => {
  it('is the one that the types give (after a change of the types: npm run schema)', () => {
    expect(generateTraceSchema()).toBe(readFileSync(committed, 'utf8'));
  });
});

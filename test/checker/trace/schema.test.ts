import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generateTraceSchema, traceSchemaModule } from '../../../checker/trace/schema/generate.ts';

const committed = (name: string): string =>
  readFileSync(new URL(`../../../checker/trace/schema/${name}`, import.meta.url), 'utf8');

describe('the schema of trace files', () => {
  it('is the one that the types give (after a change of the types: npm run schema)', () => {
    expect(generateTraceSchema()).toBe(committed('trace.schema.json'));
  });

  it('is the one that is read at run time', () => {
    expect(traceSchemaModule(generateTraceSchema())).toBe(committed('traceSchema.ts'));
  });
});

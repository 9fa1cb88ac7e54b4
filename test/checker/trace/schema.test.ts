import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { logFormat, schemaModule, traceFormat } from '../../../tools/schema/generate.ts';

// That the schema is the one that the types give is a check of its own: npm run schema:check.
describe.each([traceFormat, logFormat])('the schema of $of', format => {
  it('is the one that is read at run time', () => {
    const schema = readFileSync(format.schemaFile, 'utf8');
    expect(schemaModule(format, schema)).toBe(readFileSync(format.moduleFile, 'utf8'));
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  generateSchema,
  logFormat,
  schemaModule,
  traceFormat,
} from '../../../checker/trace/schema/generate.ts';

describe.each([traceFormat, logFormat])('the schema of $of', format => {
  it('is the one that the types give (after a change of the types: npm run schema)', () => {
    expect(generateSchema(format)).toBe(readFileSync(format.schemaFile, 'utf8'));
  });

  it('is the one that is read at run time', () => {
    const schema = generateSchema(format);
    expect(schemaModule(format, schema)).toBe(readFileSync(format.moduleFile, 'utf8'));
  });
});

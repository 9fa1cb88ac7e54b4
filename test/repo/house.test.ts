import { describe, expect, test } from 'vitest';
import { kafkaWordsIn, outsideUses } from './determinism.ts';
import { violations } from './imports.ts';
import { tooLarge } from './sizes.ts';
import { readSources, type SourceFiles, sourceFolders } from './sourceFiles.ts';

/* Every source is read and parsed once, for all rules of the house; each rule is tested beside this. */
const all = readSources([...sourceFolders, 'test']);
const unlimited = Number.POSITIVE_INFINITY;

function filesIn(...folders: readonly string[]): SourceFiles {
  return new Map([...all].filter(([path]) => folders.includes(path.split('/')[0] ?? '')));
}

describe('sources', () => {
  test('import one way, without cycles and without barrel files', () => {
    expect(all.size).toBeGreaterThan(1000);
    expect(violations(all)).toEqual([]);
  });

  test('use no clock, no chance, no timer and no machine in models, properties and the checker', () => {
    const files = filesIn('models', 'properties', 'checker');
    expect(files.size).toBeGreaterThan(20);
    expect(outsideUses(files)).toEqual([]);
  });

  test('contain no Kafka word in the checker', () => {
    expect(kafkaWordsIn(filesIn('checker'))).toEqual([]);
  });

  test('stay within 500 lines, functions of 70 lines and 5 parameters', () => {
    const limits = { fileLines: 500, functionLines: 70, parameters: 5, lineLength: 120 };
    const files = new Map(filesIn(...sourceFolders));
    // Nobody reads it, nor writes it by hand.
    expect(files.delete('checker/trace/schema/traceSchema.ts')).toBe(true);
    expect(files.delete('checker/validate/schema/logSchema.ts')).toBe(true);
    expect(tooLarge(files, limits)).toEqual([]);
  });

  test('of tests stay within 600 lines', () => {
    const limits = {
      fileLines: 600,
      functionLines: unlimited,
      parameters: 5,
      lineLength: unlimited,
    };
    expect(tooLarge(filesIn('test'), limits)).toEqual([]);
  });
});

import { type Document, isMap, isScalar, type ParsedNode, parseAllDocuments, visit } from 'yaml';
import { ConfigError } from './configError.ts';
import { oneLine } from './oneLine.ts';

/** How often aliases may be resolved in one document, before it is taken for an alias bomb. */
const MOST_ALIASES = 100;

/**
 * The documents of a YAML file as plain values: scalars, arrays, and Maps (never objects, so a key
 * such as `__proto__` is just a key). Anchors and merge keys (`<<`) are resolved.
 *
 * @throws ConfigError if the text is not YAML, repeats a key, nests too deeply, or resolves aliases
 *   without end.
 */
export function parseYaml(file: string, text: string): readonly unknown[] {
  try {
    const parsed = parseAllDocuments(text, {
      merge: true,
      prettyErrors: false,
      logLevel: 'silent',
      // The library compares every key with every other, quadratically; refuseRepeatedKeys does not.
      uniqueKeys: false,
    });
    const documents = Array.isArray(parsed) ? parsed : [];
    return documents.map(document => plainValue(file, text, document));
  } catch (error) {
    // The library reports some hostile input by plain errors: excessive aliases, exhausted stack.
    throw error instanceof ConfigError ? error : notYaml(file, '', error);
  }
}

function plainValue(file: string, text: string, document: Document.Parsed): unknown {
  const problem = document.errors[0];
  if (problem !== undefined) throw notYaml(file, lineOf(text, problem.pos[0]), problem);
  refuseRepeatedKeys(file, text, document.contents);
  const value: unknown = document.toJS({ mapAsMap: true, maxAliasCount: MOST_ALIASES });
  return value;
}

function refuseRepeatedKeys(file: string, text: string, contents: ParsedNode | null): void {
  visit(contents, {
    Map(_key, map) {
      if (!isMap(map)) return;
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key) || key.value === '<<') continue;
        if (seen.has(key.value)) {
          throw new ConfigError({
            file,
            place: lineOf(text, key.range?.[0] ?? 0),
            expected: 'every key once',
            found: `the key "${oneLine(String(key.value), 60)}" again`,
          });
        }
        seen.add(key.value);
      }
    },
  });
}

function lineOf(text: string, offset: number): string {
  return `line ${text.slice(0, offset).split('\n').length}`;
}

function notYaml(file: string, place: string, error: unknown): ConfigError {
  const reason = error instanceof Error ? error.message : String(error);
  const found = reason.includes('call stack') ? 'nesting too deep to read' : reason;
  return new ConfigError({ file, place, expected: 'valid YAML', found });
}

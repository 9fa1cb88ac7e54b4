import type { ConfigFile, FindFile } from './configFile.ts';

/** The path of a file that another one names, relative to the folder of that one. */
export function pathBeside(file: string, relative: string): string {
  const isAbsolute = /^([/\\]|[A-Za-z]:)/.test(relative);
  const folder = file.split(/[/\\]/).slice(0, -1);
  const parts = (isAbsolute ? [] : folder).concat(relative.split(/[/\\]/));
  const result: string[] = [];
  for (const [index, part] of parts.entries()) {
    if (part === '.' || (part === '' && index > 0)) continue;
    const before = result.at(-1);
    if (part === '..' && before !== undefined && before !== '..' && before !== '') result.pop();
    else result.push(part);
  }
  return result.join('/');
}

/**
 * Finds what the given files name: among the given ones by path, then beside the file that names it,
 * then among the given ones by its last name alone.
 */
export function companionsOf(given: readonly ConfigFile[], beside: FindFile): FindFile {
  const byPath = new Map(given.map(file => [pathBeside('', file.name), file]));
  return path => {
    const known = byPath.get(pathBeside('', path)) ?? beside(path);
    if (known !== undefined) return known;
    const last = lastName(path);
    const same = given.filter(file => lastName(file.name) === last);
    return same.length === 1 ? same[0] : undefined;
  };
}

/** The last part of a path. */
function lastName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

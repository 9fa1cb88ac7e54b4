import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Folders of sources, without tests. */
export const sourceFolders = [
  'models',
  'properties',
  'checker',
  'parallel',
  'corpus',
  'vitest',
  'catalogue',
  'application',
  'cli',
  'tools',
  'exports',
  'viewer',
  'site',
  'bench',
  'conformance',
] as const;

/** Source texts by their path from the root of the repository. */
export type SourceFiles = ReadonlyMap<string, string>;

/** Reads every TypeScript file in the folders. */
export function readSources(folders: readonly string[]): SourceFiles {
  const paths = folders.filter(folder => existsSync(root + folder)).flatMap(filesIn);
  return new Map(paths.sort().map(path => [path, readFileSync(root + path, 'utf8')]));
}

function filesIn(folder: string): string[] {
  return readdirSync(root + folder, { withFileTypes: true }).flatMap(entry => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory())
      return ['node_modules', 'dist'].includes(entry.name) ? [] : filesIn(path);
    return /\.[cm]?tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** Several checks look at one file. */
const parsed = new Map<string, ts.SourceFile>();

/** The syntax tree of a file, every node knowing its parent. */
export function parse(path: string, text: string): ts.SourceFile {
  const known = parsed.get(path);
  if (known?.text === text) return known;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  parsed.set(path, file);
  return file;
}

/** Calls `visit` with every node of a file, in the order of the text. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild(child => walk(child, visit));
}

/** Where a node starts, as editors and compilers write it. */
export function placeOf(file: ts.SourceFile, node: ts.Node): string {
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`;
}

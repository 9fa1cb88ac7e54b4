import ts from 'typescript';
import { specifiersOf } from './imports.ts';
import { parse, placeOf, type SourceFiles, walk } from './sourceFiles.ts';

/** What belongs to the console: the process that was started there, and reading its command line. */
const names = new Set(['process', 'console']);
const packages = new Set(['commander', 'node:process', 'node:tty', 'node:readline']);

/** Every use of the console, and every variable that outlives a call, one line each. */
export function consoleUses(files: SourceFiles): string[] {
  return [...files].flatMap(([path, text]) => {
    const uses = specifiersOf(path, text)
      .filter(specifier => packages.has(specifier))
      .map(specifier => `${path} imports ${specifier}`);
    const file = parse(path, text);
    walk(file, node => {
      if (ts.isIdentifier(node) && names.has(node.text) && !isNameOfMember(node)) {
        uses.push(`${placeOf(file, node)} uses ${node.text}`);
      }
      if (isGlobalVariable(node)) uses.push(`${placeOf(file, node)} is a global variable`);
    });
    return uses;
  });
}

/** `x.process` and `{ process: 1 }` name members of something else. */
function isNameOfMember(node: ts.Identifier): boolean {
  return 'name' in node.parent && node.parent.name === node;
}

function isGlobalVariable(node: ts.Node): boolean {
  if (!ts.isVariableStatement(node) || !ts.isSourceFile(node.parent)) return false;
  return (node.declarationList.flags & ts.NodeFlags.Const) === 0;
}

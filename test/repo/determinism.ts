import { builtinModules } from 'node:module';
import ts from 'typescript';
import { specifiersOf } from './imports.ts';
import { parse, placeOf, type SourceFiles, walk } from './sourceFiles.ts';

const outsideWorld = new Set([
  'Date',
  'performance',
  'process',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'crypto',
  'fetch',
  'globalThis',
]);

/** Every use of the clock, of chance, of timers or of the machine, one line each. */
export function outsideUses(files: SourceFiles): string[] {
  return [...files].flatMap(([path, text]) => usesIn(path, text));
}

function usesIn(path: string, text: string): string[] {
  const uses = specifiersOf(path, text)
    .filter(specifier => specifier.startsWith('node:') || builtinModules.includes(specifier))
    .map(specifier => `${path} imports ${specifier}`);
  const file = parse(path, text);
  walk(file, node => {
    const name = outsideName(node);
    if (name !== undefined) uses.push(`${placeOf(file, node)} uses ${name}`);
  });
  return uses;
}

function outsideName(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const text = node.getText();
    return text === 'Math.random' ? text : undefined;
  }
  if (!ts.isIdentifier(node) || !outsideWorld.has(node.text)) return undefined;
  return isNameOfMember(node) || isDeclaredHere(node) ? undefined : node.text;
}

/** Whether the name means something that the file itself declares or imports around `use`. */
function isDeclaredHere(use: ts.Identifier): boolean {
  let declared = false;
  walk(use.getSourceFile(), node => {
    declared ||=
      ts.isIdentifier(node) &&
      node.text === use.text &&
      declares(node) &&
      encloses(scopeOf(node), use);
  });
  return declared;
}

function declares(name: ts.Identifier): boolean {
  const { parent } = name;
  const isDeclaration =
    ts.isVariableDeclaration(parent) ||
    ts.isBindingElement(parent) ||
    ts.isParameter(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isNamespaceImport(parent);
  return isDeclaration && parent.name === name;
}

function scopeOf(declaration: ts.Identifier): ts.Node {
  let scope: ts.Node = declaration.parent.parent;
  while (!(ts.isSourceFile(scope) || ts.isBlock(scope) || ts.isFunctionLike(scope)))
    scope = scope.parent;
  return scope;
}

function encloses(scope: ts.Node, node: ts.Node): boolean {
  return scope.pos <= node.pos && node.end <= scope.end;
}

/** `x.process` and `{ process: 1 }` name members of something else. */
function isNameOfMember(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return false;
  return 'name' in parent && parent.name === node;
}

const kafkaWords = new Set([
  'kafka',
  'broker',
  'isr',
  'raft',
  'kraft',
  'replica',
  'leader',
  'partition',
]);

/** Every Kafka word, in comments, strings and inside names, one line each. */
export function kafkaWordsIn(files: SourceFiles): string[] {
  return [...files].flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) =>
      wordsOf(line)
        .filter(word => kafkaWords.has(word.toLowerCase().replace(/s$/, '')))
        .map(word => `${path}:${index + 1} says "${word}"`),
    ),
  );
}

/** The words of a text; `nextBrokerId` and `ISRSize` are several. */
function wordsOf(text: string): string[] {
  return text.match(/[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+/g) ?? [];
}

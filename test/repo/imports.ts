import { posix } from 'node:path';
import ts from 'typescript';
import { parse, type SourceFiles, walk } from './sourceFiles.ts';

/** For each folder, the folders that its files may import from. `test` may import everything. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  checker: ['checker'],
  parallel: ['parallel', 'checker'],
  corpus: ['corpus', 'checker'],
  vitest: ['vitest', 'corpus', 'checker'],
  models: ['models', 'checker'],
  properties: ['properties', 'models', 'checker'],
  viewer: ['viewer', 'checker/trace'],
  catalogue: ['catalogue', 'properties', 'models', 'checker'],
  application: [
    ...['application', 'catalogue', 'corpus', 'properties', 'models', 'parallel', 'checker'],
  ],
  cli: [
    ...['cli', 'application', 'catalogue', 'corpus', 'viewer'],
    ...['properties', 'models', 'parallel', 'checker'],
  ],
  tools: ['tools', 'cli', 'application', 'catalogue', 'corpus', 'properties', 'models', 'checker'],
  exports: [
    ...['vitest', 'application', 'catalogue', 'corpus'],
    ...['properties', 'models', 'parallel', 'checker'],
  ],
  conformance: [
    ...['conformance', 'application', 'catalogue', 'corpus', 'properties', 'models', 'checker'],
  ],
  // It offers what the console does, and what the package exports, in a page.
  site: [
    ...['site', 'exports', 'cli', 'viewer', 'application', 'catalogue', 'corpus'],
    ...['properties', 'models', 'checker'],
  ],
  // What is measured beside our own models is kept with the tests of the engine, and among the examples.
  bench: [
    ...['bench', 'tools', 'cli', 'application', 'catalogue', 'viewer', 'site'],
    ...['properties', 'models', 'parallel', 'checker', 'test', 'examples'],
  ],
};

/** Everything that a file imports, types and dynamic imports included, as it is written there. */
export function specifiersOf(path: string, text: string): string[] {
  const specifiers: string[] = [];
  walk(parse(path, text), node => {
    const specifier = specifierOf(node);
    if (specifier !== undefined && ts.isStringLiteralLike(specifier))
      specifiers.push(specifier.text);
  });
  return specifiers;
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  const imports = expression.kind === ts.SyntaxKind.ImportKeyword;
  const requires = ts.isIdentifier(expression) && expression.text === 'require';
  return imports || requires ? node.arguments[0] : undefined;
}

/** The files of ours that each file imports. */
function graphOf(files: SourceFiles): Map<string, string[]> {
  const edges = [...files].map(([path, text]): [string, string[]] => [
    path,
    specifiersOf(path, text)
      .filter(specifier => specifier.startsWith('.'))
      .map(specifier => posix.join(posix.dirname(path), specifier)),
  ]);
  return new Map(edges);
}

/** Everything that breaks the rules of the house, one line each. */
export function violations(files: SourceFiles): string[] {
  const graph = graphOf(files);
  return [
    ...arrowViolations(graph),
    ...sharedPredicates(files),
    ...cyclesIn(graph),
    ...folderCyclesIn(graph),
    ...barrelsIn(files),
  ];
}

function arrowViolations(graph: ReadonlyMap<string, readonly string[]>): string[] {
  return [...graph].flatMap(([from, targets]) => {
    const [folder = ''] = from.split('/');
    if (folder === 'test') return [];
    const folders = allowed[folder] ?? [];
    return targets
      .filter(target => !folders.some(each => target.startsWith(`${each}/`)))
      .map(target => `${from} imports ${target}: ${folder} may import only ${folders.join(', ')}`);
  });
}

/**
 * Files of models from which properties may take more than types: how a state is laid out, what is called how,
 * and which rules a scope has.
 */
const layout = [
  'schema.ts',
  'limits.ts',
  'config.ts',
  'context.ts',
  'nodes.ts',
  'recorders.ts',
  'partitionScope.ts',
  'rulesOf.ts',
  'protocol.ts',
];

/**
 * What properties decide by functions of the model that they are about: a fault there would blind the property that
 * is to notice it. Types, names and lifecycles they may have in common.
 */
function sharedPredicates(files: SourceFiles): string[] {
  return [...files].flatMap(([path, text]) => {
    if (!path.startsWith('properties/')) return [];
    return (
      valueImports(path, text)
        .map(specifier => posix.join(posix.dirname(path), specifier))
        // What a model refines is no rule of it, but what it is held to.
        .filter(target => !target.startsWith('models/abstraction/'))
        .filter(target => target.startsWith('models/') && !isLayout(target))
        .map(target => `${path} imports ${target}: properties have their own predicates`)
    );
  });
}

function isLayout(target: string): boolean {
  const [, folder = '', file = ''] = target.split('/');
  if (folder === 'lifecycle' || folder === 'description') return true;
  return layout.includes(file);
}

/** The files of which more than a type is imported. */
function valueImports(path: string, text: string): string[] {
  return parse(path, text).statements.flatMap(statement => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier))
      return [];
    const { importClause: clause, moduleSpecifier } = statement;
    if (clause?.isTypeOnly === true) return [];
    const named = clause?.namedBindings;
    const isOfTypes =
      named !== undefined &&
      ts.isNamedImports(named) &&
      named.elements.every(each => each.isTypeOnly);
    return isOfTypes && clause?.name === undefined ? [] : [moduleSpecifier.text];
  });
}

function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file);
    if (start >= 0) cycles.push(`import cycle: ${[...trail.slice(start), file].join(' -> ')}`);
    if (start >= 0 || done.has(file)) return;
    for (const target of graph.get(file) ?? []) visit(target, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return cycles;
}

/**
 * Cycles among what is in one folder: its files, and its folders each with all that is in it. Of those that import
 * each other no one can be read, or taken out, without the others.
 */
function folderCyclesIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  return [...importsByFolder(graph)].flatMap(([folder, members]) =>
    cyclesIn(members)
      .map(cycle => cycle.replace('import cycle: ', '').split(' -> '))
      // Cycles of files alone are found as such.
      .filter(cycle => !cycle.every(member => graph.has(member)))
      .map(cycle => `cycle in ${folder}: ${cycle.join(' -> ')}`),
  );
}

/** For each folder, which of its files and folders import which. */
function importsByFolder(
  graph: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, ReadonlyMap<string, string[]>> {
  const folders = new Map<string, Map<string, string[]>>();
  for (const [from, targets] of graph) {
    for (const target of targets) {
      const [folder, one, other] = whereTheyPart(from, target);
      // Whole tests are nobody's part.
      if (one === other || from.startsWith('test/')) continue;
      const members = folders.get(folder) ?? new Map<string, string[]>();
      folders.set(folder, members);
      members.set(one, [...(members.get(one) ?? []), other]);
    }
  }
  return folders;
}

/** The folder that two files have in common, and what of it each of them is in. */
function whereTheyPart(from: string, to: string): readonly [string, string, string] {
  const [one, other] = [from.split('/'), to.split('/')];
  const depth = one.findIndex((part, index) => part !== other[index]);
  const start = (parts: readonly string[]): string => parts.slice(0, depth + 1).join('/');
  return [one.slice(0, depth).join('/') || '.', start(one), start(other)];
}

/**
 * Files that only hand on what others export, and so hide where an import really goes. The package has
 * such files for its users, and nobody here imports them.
 */
function barrelsIn(files: SourceFiles): string[] {
  return [...files].flatMap(([path, text]) => {
    if (path.startsWith('exports/')) return [];
    const { statements } = parse(path, text);
    const isBarrel =
      statements.some(ts.isExportDeclaration) &&
      statements.every(each => ts.isExportDeclaration(each) || ts.isImportDeclaration(each));
    return isBarrel ? [`${path} only re-exports: import from where things are`] : [];
  });
}

import ts from 'typescript';
import {
  functionsAround,
  inOneLine,
  isCondition,
  valuesOf,
} from '../../test/properties/weakened/weaken.ts';

/** A small fault in a source of a model. */
export interface Mutant {
  /** The path from the root of the repository. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** The functions that it is in, the outermost first, or the state and the event of a lifecycle. */
  readonly within: string;
  /** What is written there, in one line. */
  readonly original: string;
  /** What stands in its place; empty where it is left out. */
  readonly replacement: string;
  /** Of a lifecycle: the transition that is another one, as coverage names it. It is there when modules load. */
  readonly transition?: string;
}

/** How a source that is compiled asks which mutant it is. */
export interface Probe {
  /** The rules of the protocol, by name. A rule that is switched is no mutant, but a defect of the museum. */
  readonly rules: ReadonlySet<string>;
  /** Whether it is this one, as an expression. */
  readonly isActive: (number: number) => ts.Expression;
  /** What is computed, or what this mutant has in its place. */
  readonly either: (
    number: number,
    replacement: ts.Expression,
    computed: ts.Expression,
  ) => ts.Expression;
}

const { factory } = ts;
const { SyntaxKind } = ts;

/**
 * A source that can be every one of its mutants while it runs, so that all mutants of a model are compiled once.
 *
 * @param known - Those of other sources, to which those of this one are added.
 */
export function mutate(path: string, text: string, known: Mutant[], probe: Probe): string {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const changed = ts.transform(file, [
    context => root => {
      const visit = (node: ts.Node): ts.Node => {
        const inner = ts.visitEachChild(node, visit, context);
        // What runs while modules load is the same for all mutants.
        if (!isInFunction(node)) return inner;
        if (ts.isExpressionStatement(node)) return removable(node, inner);
        if (!ts.isExpression(node)) return inner;
        if (isRule(node, probe.rules)) return inner;
        return replacementsOf(node).reduce(
          (computed, replacement) =>
            probe.either(note(node, nameOf(replacement)), replacement, computed),
          inner as ts.Expression,
        );
      };
      return ts.visitNode(root, visit, ts.isSourceFile);
    },
  ]);
  const [result] = changed.transformed;
  return result === undefined ? text : printer.printFile(result);

  function note(node: ts.Node, replacement: string): number {
    const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
    const original = inOneLine(node.getText(file));
    known.push({ file: path, line, within: functionsAround(node), original, replacement });
    return known.length - 1;
  }

  function removable(node: ts.Statement, inner: ts.Node): ts.Node {
    const isLeftOut = probe.isActive(note(node, ''));
    // In a block, or an `else` behind it would become its own.
    return factory.createBlock([
      factory.createIfStatement(factory.createLogicalNot(isLeftOut), inner as ts.Statement),
    ]);
  }

  function nameOf(replacement: ts.Expression): string {
    return inOneLine(printer.printNode(ts.EmitHint.Expression, replacement, file));
  }
}

const printer = ts.createPrinter();

/** What may stand in the place of an expression. */
function replacementsOf(node: ts.Expression): ts.Expression[] {
  return [...truths(node), ...neighbours(node), ...others(node)];
}

/** Whether it asks a rule: by name, for its value, or for its contrary. */
function isRule(node: ts.Expression, rules: ReadonlySet<string>): boolean {
  const inner = ts.isPrefixUnaryExpression(node) ? node.operand : node;
  const asked = /^([\w.]+\.)?(\w+)( [=!]== '\w+')?$/.exec(inner.getText())?.[2];
  return asked !== undefined && rules.has(asked);
}

/** A condition that is true, or false, for ever. */
function truths(node: ts.Expression): ts.Expression[] {
  if (!isCondition(node)) return [];
  return valuesOf(node).map(value => (value ? factory.createTrue() : factory.createFalse()));
}

/** A comparison that is off by one, a sum without its one. */
function neighbours(node: ts.Expression): ts.Expression[] {
  if (!ts.isBinaryExpression(node)) return [];
  const { left, right, operatorToken } = node;
  const kind = near.get(operatorToken.kind);
  if (kind !== undefined) return [factory.createBinaryExpression(left, kind, right)];
  const isSum = [SyntaxKind.PlusToken, SyntaxKind.MinusToken].includes(operatorToken.kind);
  return isSum && ts.isNumericLiteral(right) ? [left] : [];
}

const near: ReadonlyMap<ts.SyntaxKind, ts.BinaryOperator> = new Map([
  [SyntaxKind.LessThanToken, SyntaxKind.LessThanEqualsToken],
  [SyntaxKind.LessThanEqualsToken, SyntaxKind.LessThanToken],
  [SyntaxKind.GreaterThanToken, SyntaxKind.GreaterThanEqualsToken],
  [SyntaxKind.GreaterThanEqualsToken, SyntaxKind.GreaterThanToken],
]);

/** Names of which one is easily written for the other. */
const twins: ReadonlyMap<string, string> = new Map([
  ['leaderEpoch', 'partitionEpoch'],
  ['partitionEpoch', 'leaderEpoch'],
  ['min', 'max'],
  ['max', 'min'],
  ['some', 'every'],
  ['every', 'some'],
  ['add', 'delete'],
  ['delete', 'add'],
]);

const withOneEpoch = /^models\/(clients|groups|transactions|partitionLog)\//;

/** Another epoch, the other of two functions, the other truth where it is written down. */
function others(node: ts.Expression): ts.Expression[] {
  if (ts.isPropertyAccessExpression(node) && !isTarget(node)) {
    // What clients see of a partition has one epoch.
    if (withOneEpoch.test(node.getSourceFile().fileName)) return [];
    const twin = twins.get(node.name.text);
    if (twin === undefined || ts.isCallExpression(node.parent) !== !twin.endsWith('Epoch'))
      return [];
    return ts.isCallExpression(node.parent)
      ? []
      : [factory.createPropertyAccessExpression(node.expression, twin)];
  }
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { expression, name } = node.expression;
    const twin = twins.get(name.text);
    if (twin === undefined || twin.endsWith('Epoch')) return [];
    const callee = factory.createPropertyAccessExpression(expression, twin);
    return [factory.createCallExpression(callee, undefined, node.arguments)];
  }
  const isValue =
    ts.isBinaryExpression(node.parent) &&
    node.parent.operatorToken.kind === SyntaxKind.EqualsToken &&
    node.parent.right === node;
  if (!isValue) return [];
  if (node.kind === SyntaxKind.TrueKeyword) return [factory.createFalse()];
  return node.kind === SyntaxKind.FalseKeyword ? [factory.createTrue()] : [];
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment;
}

/** Whether something is assigned to it. */
function isTarget({ parent }: ts.Expression): boolean {
  return !ts.isBinaryExpression(parent)
    ? ts.isPostfixUnaryExpression(parent)
    : isAssignment(parent.operatorToken.kind);
}

function isInFunction(node: ts.Node): boolean {
  for (let { parent } = node; parent !== undefined; parent = parent.parent) {
    if (ts.isFunctionLike(parent)) return true;
  }
  return false;
}

import ts from 'typescript';
import { isCondition, valuesOf } from '../../test/properties/weakened/weaken.ts';

/** A small fault in a source of a model. */
export interface Mutant {
  /** The path from the root of the repository. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** What is written there, in one line. */
  readonly original: string;
  /** What stands in its place; empty where it is left out. */
  readonly replacement: string;
}

/** The variable that says which mutant is in force: its number, counted from 0. */
export const SWITCH = 'activeMutant';

const { factory } = ts;
const { SyntaxKind } = ts;

/**
 * A source that can be every one of its mutants while it runs, so that all mutants of a model are compiled once.
 *
 * @param known - Those of other sources, to which those of this one are added.
 */
export function mutate(path: string, text: string, known: Mutant[]): string {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const changed = ts.transform(file, [
    context => root => {
      const visit = (node: ts.Node): ts.Node => {
        const inner = ts.visitEachChild(node, visit, context);
        // What runs while modules load is the same for all mutants.
        if (!isInFunction(node)) return inner;
        if (ts.isExpressionStatement(node)) return removable(node, inner);
        if (!ts.isExpression(node)) return inner;
        return replacementsOf(node).reduce(
          (computed, replacement) => given(note(node, nameOf(replacement)), replacement, computed),
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
    known.push({ file: path, line, original: inOneLine(node.getText(file)), replacement });
    return known.length - 1;
  }

  function removable(node: ts.Statement, inner: ts.Node): ts.Node {
    const isOther = factory.createStrictInequality(
      factory.createIdentifier(SWITCH),
      factory.createNumericLiteral(note(node, '')),
    );
    // In a block, or an `else` behind it would become its own.
    return factory.createBlock([factory.createIfStatement(isOther, inner as ts.Statement)]);
  }

  function nameOf(replacement: ts.Expression): string {
    return inOneLine(printer.printNode(ts.EmitHint.Expression, replacement, file));
  }
}

const printer = ts.createPrinter();

function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

/** `activeMutant === number ? replacement : (expression)`. */
function given(number: number, replacement: ts.Expression, computed: ts.Expression): ts.Expression {
  return factory.createParenthesizedExpression(
    factory.createConditionalExpression(
      factory.createStrictEquality(
        factory.createIdentifier(SWITCH),
        factory.createNumericLiteral(number),
      ),
      undefined,
      replacement,
      undefined,
      factory.createParenthesizedExpression(computed),
    ),
  );
}

/**
 * What may stand in the place of an expression. A rule that is switched is none: that is a defect of the museum, of
 * which each has a property that notices.
 */
function replacementsOf(node: ts.Expression): ts.Expression[] {
  if (isRule(node)) return [];
  return [...truths(node), ...neighbours(node), ...others(node)];
}

function isRule(node: ts.Expression): boolean {
  const inner = ts.isPrefixUnaryExpression(node) ? node.operand : node;
  return /^([a-z]+\.)*rules\.\w+( [=!]== '\w+')?$/i.test(inner.getText());
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

/** Another epoch, the other of two functions, the other truth where it is written down. */
function others(node: ts.Expression): ts.Expression[] {
  if (ts.isPropertyAccessExpression(node) && !isTarget(node)) {
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

/** Whether something is assigned to it. */
function isTarget({ parent }: ts.Expression): boolean {
  return !ts.isBinaryExpression(parent)
    ? ts.isPostfixUnaryExpression(parent)
    : parent.operatorToken.kind === SyntaxKind.EqualsToken;
}

function isInFunction(node: ts.Node): boolean {
  for (let { parent } = node; parent !== undefined; parent = parent.parent) {
    if (ts.isFunctionLike(parent)) return true;
  }
  return false;
}

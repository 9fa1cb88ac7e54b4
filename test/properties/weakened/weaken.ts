import ts from 'typescript';

/** A condition in the source of a property, with its value given instead of computed. */
export interface Weakening {
  /** Where it is, from the root of the repository. */
  readonly path: string;
  /** The functions that it is in, the outermost first. */
  readonly within: string;
  /** The condition as it is written, in one line. */
  readonly condition: string;
  readonly value: boolean;
}

/** The name of the variable around all sources of which `number` says which weakening is in force, counted from 0. */
export const SWITCH = '$weakening';

/**
 * A source in which every conjunct, disjunct and single condition can be replaced by true and by false while it
 * runs: all weakenings of a program are compiled once.
 *
 * @param known - Those of other sources, to which those of this one are added.
 */
export function weaken(path: string, text: string, known: Weakening[]): string {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const changed = ts.transform(file, [
    context => root => {
      const visit = (node: ts.Node): ts.Node => {
        const inner = ts.visitEachChild(node, visit, context);
        return isCondition(node) ? switched(node, inner as ts.Expression) : inner;
      };
      return ts.visitNode(root, visit, ts.isSourceFile);
    },
  ]);
  const [result] = changed.transformed;
  return result === undefined ? text : ts.createPrinter().printFile(result);

  function switched(node: ts.Expression, computed: ts.Expression): ts.Expression {
    const condition = inOneLine(node.getText(file));
    const within = functionsAround(node);
    return valuesOf(node).reduce((expression, value) => {
      known.push({ path, within, condition, value });
      return given(known.length - 1, value, expression);
    }, computed);
  }
}

/** A text in one line. */
export function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

/** The names of the functions that a node is in, the outermost first. */
export function functionsAround(node: ts.Node): string {
  const names: string[] = [];
  for (let { parent } = node; parent !== undefined; parent = parent.parent) {
    if (ts.isFunctionDeclaration(parent) || ts.isMethodDeclaration(parent)) {
      if (parent.name !== undefined) names.unshift(parent.name.getText());
    }
    if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) {
      const { initializer, name } = parent;
      if (initializer !== undefined && ts.isFunctionLike(initializer))
        names.unshift(name.getText());
    }
  }
  return names.join('.');
}

/** `$weakening.number === number ? value : (expression)`. */
function given(number: number, value: boolean, expression: ts.Expression): ts.Expression {
  const { factory } = ts;
  const which = factory.createPropertyAccessExpression(factory.createIdentifier(SWITCH), 'number');
  return factory.createParenthesizedExpression(
    factory.createConditionalExpression(
      factory.createStrictEquality(which, factory.createNumericLiteral(number)),
      undefined,
      value ? factory.createTrue() : factory.createFalse(),
      undefined,
      factory.createParenthesizedExpression(expression),
    ),
  );
}

/** Whether a node is a condition that is made of no others by "and" and "or". */
export function isCondition(node: ts.Node): node is ts.Expression {
  if (!ts.isExpression(node) || isJunction(node) || ts.isParenthesizedExpression(node))
    return false;
  if (isText(node) || isOfMaking(node)) return false;
  let place: ts.Node = node;
  while (ts.isParenthesizedExpression(place.parent)) place = place.parent;
  const { parent } = place;
  if (isJunction(parent)) return true;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) return parent.expression === place;
  if (ts.isConditionalExpression(parent)) return parent.condition === place;
  const isResult =
    ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === place);
  return isResult && isComparison(node);
}

function isJunction(node: ts.Node): node is ts.BinaryExpression {
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken;
}

/** A text behind "or" is what a property says where its condition is false. */
function isText(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

const comparisons: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
]);

/**
 * The values that a condition is given. Not the one by which a loop would go on for ever, and not the one by which
 * what is undefined would be used: the compiler asks for that condition, whatever came before it.
 */
export function valuesOf(node: ts.Expression): boolean[] {
  if (isInLoop(node)) return [false];
  if (!ts.isBinaryExpression(node) || node.right.getText() !== 'undefined') return [true, false];
  const { kind } = node.operatorToken;
  if (kind === ts.SyntaxKind.EqualsEqualsEqualsToken) return [true];
  return kind === ts.SyntaxKind.ExclamationEqualsEqualsToken ? [false] : [true, false];
}

/**
 * Whether the condition is one of how a property is made, and not of what it says: it stands in the function that
 * returns the property, in none of those that the property has.
 */
function isOfMaking(node: ts.Node): boolean {
  let { parent } = node;
  while (parent !== undefined && !ts.isFunctionLike(parent)) parent = parent.parent;
  return (
    parent !== undefined &&
    ts.isFunctionDeclaration(parent) &&
    /\bsource: |return goal\(/.test(parent.getText())
  );
}

/** Whether an expression can only be true or false, as far as its form tells. */
function isComparison(node: ts.Expression): boolean {
  if (ts.isBinaryExpression(node)) return comparisons.has(node.operatorToken.kind);
  if (ts.isPrefixUnaryExpression(node)) return node.operator === ts.SyntaxKind.ExclamationToken;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  return ['has', 'some', 'every', 'isSubsetOf', 'includes'].includes(node.expression.name.text);
}

/** Whether the node is part of what a loop goes on by. */
function isInLoop(node: ts.Node): boolean {
  for (let child = node; child.parent !== undefined; child = child.parent) {
    const { parent } = child;
    if (ts.isWhileStatement(parent) || ts.isForStatement(parent)) {
      return parent.statement !== child;
    }
    if (ts.isStatement(parent)) return false;
  }
  return false;
}

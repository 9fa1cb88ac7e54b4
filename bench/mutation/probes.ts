import ts from 'typescript';
import type { Probe } from './mutate.ts';

const { factory } = ts;
const named = (name: string): ts.Identifier => factory.createIdentifier(name);
const numbered = (number: number): ts.Expression => factory.createNumericLiteral(number);

type Places = Omit<Probe, 'rules'>;

/** Of the program that can be every mutant. */
export const choosing: Places = {
  isActive: number => factory.createStrictEquality(named('activeMutant'), numbered(number)),
  either: (number, replacement, computed) =>
    given(choosing.isActive(number), replacement, computed),
};

/** Of the program that is the model as it is, and notes of which mutants it would have computed something else. */
export const noting: Places = {
  isActive: number =>
    factory.createParenthesizedExpression(
      factory.createComma(
        factory.createAssignment(
          factory.createElementAccessExpression(named('comeBy'), numbered(number)),
          numbered(1),
        ),
        factory.createFalse(),
      ),
    ),
  either: (number, replacement, computed) =>
    mayChangeSomething(replacement)
      ? given(noting.isActive(number), replacement, computed)
      : factory.createCallExpression(named('noteOther'), undefined, [
          numbered(number),
          computed,
          factory.createArrowFunction(undefined, undefined, [], undefined, undefined, replacement),
        ]),
};

/** What both programs begin with. */
export function declarations(mutants: number): string {
  return [
    "import { workerData as begunWith } from 'node:worker_threads';",
    'let activeMutant = begunWith?.mutant ?? -1;',
    `const comeBy = new Uint8Array(${mutants});`,
    // Always computed: what is read must not hang on what was noted before.
    'const noteOther = (mutant, value, replaced) => {',
    '  try {',
    '    if (!Object.is(value, replaced())) comeBy[mutant] = 1;',
    '  } catch {',
    '    comeBy[mutant] = 1;',
    '  }',
    '  return value;',
    '};',
  ].join('\n');
}

/** Whether a replacement may be no matter of its value alone. */
function mayChangeSomething(replacement: ts.Expression): boolean {
  return ts.isCallExpression(replacement);
}

/** `is the mutant ? replacement : (expression)`. */
export function given(
  isMutant: ts.Expression,
  replacement: ts.Expression,
  computed: ts.Expression,
): ts.Expression {
  return factory.createParenthesizedExpression(
    factory.createConditionalExpression(
      isMutant,
      undefined,
      replacement,
      undefined,
      factory.createParenthesizedExpression(computed),
    ),
  );
}

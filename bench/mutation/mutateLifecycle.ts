import ts from 'typescript';
import { inOneLine } from '../../test/properties/weakened/weaken.ts';
import type { Mutant, Probe } from './mutate.ts';
import { given } from './probes.ts';

const { factory } = ts;

/**
 * A lifecycle that can be every one of its mutants when its module loads: a transition that is left out or leads
 * nowhere else, an effect of one that is left out.
 *
 * @param known - Those of other sources, to which those of this one are added.
 */
export function mutateLifecycle(
  path: string,
  text: string,
  known: Mutant[],
  { isActive }: Pick<Probe, 'isActive'>,
): string {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const machine = /\bid: '(\w+)'/.exec(text)?.[1] ?? '';
  const changed = ts.transform(file, [
    context => root => {
      const visit = (node: ts.Node): ts.Node => {
        const place = placeOf(node);
        const inner = ts.visitEachChild(node, visit, context);
        return place === undefined ? inner : mutated(node, inner, place);
      };
      return ts.visitNode(root, visit, ts.isSourceFile);
    },
  ]);
  const [result] = changed.transformed;
  return result === undefined ? text : ts.createPrinter().printFile(result);

  function mutated(node: ts.Node, inner: ts.Node, place: Place): ts.Node {
    const mutant = (replacement: string): ts.Expression => isActive(note(node, place, replacement));
    if (ts.isPropertyAssignment(node) && node.parent.parent === place.transitions) {
      const kept = factory.createObjectLiteralExpression([inner as ts.PropertyAssignment]);
      const none = factory.createObjectLiteralExpression();
      return factory.createSpreadAssignment(given(mutant(''), none, kept));
    }
    if (!ts.isStringLiteral(node)) return inner;
    const { parent } = node;
    if (ts.isArrayLiteralExpression(parent)) {
      const kept = factory.createArrayLiteralExpression([inner as ts.StringLiteral]);
      const none = factory.createArrayLiteralExpression();
      return factory.createSpreadElement(given(mutant(''), none, kept));
    }
    if (!ts.isPropertyAssignment(parent)) return inner;
    const field = parent.name.getText(file);
    if (field === 'actions') {
      const none = factory.createArrayLiteralExpression();
      return given(mutant(''), none, inner as ts.StringLiteral);
    }
    if (field !== 'target' || node.text === place.state) return inner;
    const same = factory.createStringLiteral(place.state, true);
    return given(mutant(`'${place.state}'`), same, inner as ts.StringLiteral);
  }

  function note(node: ts.Node, { state, event, target }: Place, replacement: string): number {
    const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
    const within = `${state} -${event}->`;
    const original = inOneLine(node.getText(file));
    const transition = `${machine}: ${state} -${event}-> ${target}`;
    known.push({ file: path, line, within, original, replacement, transition });
    return known.length - 1;
  }
}

/** Where in the states of a machine a node is. */
interface Place {
  readonly state: string;
  readonly event: string;
  readonly target: string;
  /** The property with all transitions of the state. */
  readonly transitions: ts.PropertyAssignment;
}

function placeOf(node: ts.Node): Place | undefined {
  for (let child = node; child.parent !== undefined; child = child.parent) {
    const transitions = child.parent.parent;
    if (!ts.isPropertyAssignment(child) || !ts.isPropertyAssignment(transitions)) continue;
    if (transitions.name.getText() !== 'on') continue;
    const state = transitions.parent.parent;
    if (!ts.isPropertyAssignment(state)) return undefined;
    const target = /target: '(\w+)'/.exec(child.getText())?.[1] ?? '';
    return { state: state.name.getText(), event: child.name.getText(), target, transitions };
  }
  return undefined;
}

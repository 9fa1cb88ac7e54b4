import type { TakenAction } from '../../checker/model/property.ts';
import type { RaftNode, ReadonlyProtocol } from '../../models/kraft/schema.ts';
import type { KraftScope, KraftStepProperty } from './kraftScope.ts';
import type { KraftFacts } from './scopeFacts.ts';

/**
 * Where a link is cut, nothing new gets through: no request is on it that was not before, and no answer comes over
 * it. What was on its way still arrives.
 */
export function nothingCrossesCut(facts: KraftFacts): KraftStepProperty {
  const { node: nodes } = facts;
  return {
    name: 'nothing-crosses-a-cut',
    kind: 'step',
    statement: 'No request and no answer is sent over a link that is cut.',
    loss: 'A verdict on network partitions says nothing: who is cut off goes on as if it were not.',
    source: 'the network is that of the model',
    needs: 'partitions',
    when: ({ protocol }) => nodes.all.some(from => nodes.all.some(to => isCut(protocol, from, to))),
    holds(before, after, action) {
      for (const from of nodes.all) {
        for (const to of nodes.all) {
          if (from === to) continue;
          const wrong = crossing(facts, { before, after, action }, from, to);
          if (wrong !== undefined) return wrong;
        }
      }
      return true;
    },
  };
}

interface Step {
  readonly before: KraftScope;
  readonly after: KraftScope;
  readonly action: TakenAction;
}

/** What the one sends the other, or the other answers, across a cut. */
function crossing(
  { node: nodes }: KraftFacts,
  { before, after, action }: Step,
  from: RaftNode,
  to: RaftNode,
): string | undefined {
  const [one, other] = [nodes.nameOf(from), nodes.nameOf(to)];
  const was = before.protocol.connections.get(from, to).phase;
  const is = after.protocol.connections.get(from, to).phase;
  const exchanged = answerIn(action, one, other);
  const asks = (is === 'request' || exchanged !== undefined) && was !== 'request';
  if (asks && isCut(before.protocol, from, to)) {
    return `a request goes from ${one} to ${other} across a cut`;
  }
  const answers = (is === 'response' && was !== 'response') || exchanged === 'arrives';
  if (answers && isCut(before.protocol, to, from)) {
    return `an answer goes from ${other} to ${one} across a cut`;
  }
  return undefined;
}

function isCut({ cutLinks }: ReadonlyProtocol, from: RaftNode, to: RaftNode): boolean {
  return from !== to && cutLinks.get(from, to).cut;
}

/** Where a request, its handling and its answer are one step of these two: what becomes of the answer. */
function answerIn({ name, params }: TakenAction, from: string, to: string): string | undefined {
  if (!name.startsWith('exchange') || params['from'] !== from || params['to'] !== to) {
    return undefined;
  }
  return String(params['answer']);
}

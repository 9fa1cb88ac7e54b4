import type { TakenAction } from '../../checker/model/property.ts';
import type { RaftNode, ReadonlyNodeView, ReadonlyProtocol } from '../../models/kraft/schema.ts';
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

/** What comes late, or was there twice, arrives once: it is gone then, or is the answer that goes back. */
export function messagesArriveOnce(_: KraftFacts): KraftStepProperty {
  return {
    name: 'messages-arrive-once',
    kind: 'step',
    statement: 'A message that arrives late is not on its way any more.',
    loss: 'A verdict on late messages says something of messages that come again and again.',
    source: 'the network is that of the model',
    needs: 'delayedMessages or duplicatedMessages',
    when: (_before, _after, { name }) => name === 'deliverStray',
    holds(before, after, { params }) {
      const [were, are] = [before.protocol.strays, after.protocol.strays];
      if (are.length < were.length) return true;
      const index = Number(params['stray']);
      const isAnswered = were.get(index).phase === 'request' && are.get(index).phase === 'response';
      return isAnswered || `stray message ${index} has arrived, and is still on its way`;
    },
  };
}

/** Whoever handles a request that was sent in an older epoch than its own refuses it, whatever it asks. */
export function olderRequestsAreRefused({ node: nodes }: KraftFacts): KraftStepProperty {
  const handled = (
    before: KraftScope,
    after: KraftScope,
    from: RaftNode,
    to: RaftNode,
  ): boolean => {
    if (from === to) return false;
    const { phase, epoch, rpc } = before.protocol.connections.get(from, to);
    const view = before.protocol.nodes.get(to);
    const isOlder = phase === 'request' && epoch < view.epoch && isAsked(rpc, view);
    return isOlder && after.protocol.connections.get(from, to).phase === 'response';
  };
  return {
    name: 'older-requests-are-refused',
    kind: 'step',
    statement: 'A request of an older epoch than that of whoever handles it is refused.',
    loss: 'What was asked in one epoch is granted in another: two leaders, or a leader that is not up to date.',
    source: 'KafkaRaftClient.validateVoterOnlyRequest (FENCED_LEADER_EPOCH)',
    needs: 'a second epoch, and a request of the first',
    when: (before, after) =>
      nodes.all.some(from => nodes.all.some(to => handled(before, after, from, to))),
    holds(before, after) {
      for (const from of nodes.all) {
        for (const to of nodes.all) {
          if (!handled(before, after, from, to)) continue;
          const { result } = after.protocol.connections.get(from, to);
          if (result === 'refused') continue;
          const names = `${nodes.nameOf(to)} answers a request of ${nodes.nameOf(from)}`;
          return `${names} of an older epoch with ${result}`;
        }
      }
      return true;
    },
  };
}

/** Whoever knows no pre-votes says so, whatever the epoch. */
function isAsked(rpc: string, { preVoteSupported }: ReadonlyNodeView): boolean {
  return rpc !== 'preVote' || preVoteSupported;
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

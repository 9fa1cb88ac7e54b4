import type { InFlight } from '../../checker/model/model.ts';
import type { KraftContext } from './context.ts';
import { rpcWords } from './rpc/rpcWords.ts';
import type { RaftNode, ReadonlyMessage, ReadonlyProtocol } from './schema.ts';

type Names = (node: RaftNode) => string;

/** Who asked whom, and whether the request or the answer to it is on its way. */
interface Passage {
  readonly from: RaftNode;
  readonly to: RaftNode;
  readonly phase: 'request' | 'response';
}

/** Every request and answer that is in flight between nodes: on connections, and strays. */
export function inFlight({ node }: KraftContext, protocol: ReadonlyProtocol): InFlight[] {
  const { connections, strays } = protocol;
  const links = node.all.flatMap(from =>
    node.all.filter(to => to !== from).map(to => ({ from, to })),
  );
  const connected = links.flatMap(({ from, to }) => {
    const message = connections.get(from, to);
    const { phase } = message;
    return phase === 'idle' ? [] : [messageOf(node.nameOf, { from, to, phase }, message)];
  });
  const strayed = Array.from({ length: strays.length }, (_, index) => {
    const stray = strays.get(index);
    return messageOf(node.nameOf, stray, stray);
  });
  return [...connected, ...strayed];
}

function messageOf(
  nameOf: Names,
  { from, to, phase }: Passage,
  message: ReadonlyMessage,
): InFlight {
  const name = rpcWords[message.rpc];
  const [asker, asked] = [nameOf(from), nameOf(to)];
  if (phase === 'request') {
    return { name, from: asker, to: asked, content: inRequest(nameOf, message) };
  }
  return { name: `${name} answer`, from: asked, to: asker, content: inAnswer(nameOf, message) };
}

function inRequest(nameOf: Names, message: ReadonlyMessage): string {
  const { rpc, epoch, leader, directory, offset, offsetEpoch } = message;
  const after = offset === 0 ? 'offset 0' : `offset ${offset} after epoch ${offsetEpoch}`;
  switch (rpc) {
    case 'preVote':
    case 'vote':
      return `log ends at ${after}; epoch ${epoch}`;
    case 'beginQuorumEpoch':
    case 'endQuorumEpoch':
      return epochAndLeader(nameOf, epoch, leader);
    case 'fetch':
      return `from ${after}; epoch ${epoch}`;
    case 'fetchSnapshot':
      return `snapshot at offset ${offset} of epoch ${offsetEpoch}; epoch ${epoch}`;
    default:
      return `directory id ${directory}; epoch ${epoch}`;
  }
}

function inAnswer(nameOf: Names, message: ReadonlyMessage): string {
  return `${resultOf(message)}; ${epochAndLeader(nameOf, message.epoch, message.leader)}`;
}

function resultOf(message: ReadonlyMessage): string {
  const { result, offset, offsetEpoch, highWatermark } = message;
  switch (result) {
    case 'records':
      return `${entryIn(message)} at offset ${offset}, high watermark ${highWatermark}`;
    case 'diverging':
      return `logs diverge: epoch ${offsetEpoch} ends at offset ${offset}`;
    case 'snapshot':
      return `snapshot at offset ${offset} of epoch ${offsetEpoch}`;
    default:
      return result;
  }
}

function entryIn({ hasEntry, entry }: ReadonlyMessage): string {
  if (!hasEntry) return 'nothing new';
  const { kind, value, epoch } = entry;
  if (kind === 'record') return `record ${value} of epoch ${epoch}`;
  return `${kind === 'leaderChange' ? 'leader change' : 'voter set'} of epoch ${epoch}`;
}

function epochAndLeader(nameOf: Names, epoch: number, leader: RaftNode | undefined): string {
  return leader === undefined ? `epoch ${epoch}` : `epoch ${epoch} of leader ${nameOf(leader)}`;
}

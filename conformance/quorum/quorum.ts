import type { TakenAction } from '../../checker/model/property.ts';
import type { JsonValue } from '../../checker/state/json.ts';
import { type KraftBounds, type KraftConfig, preVotesIn } from '../../models/kraft/config.ts';
import type { Counterpart, Projection, Step } from '../lockstep/counterpart.ts';
import type { Driver } from '../lockstep/driver.ts';
import {
  idOf,
  type KafkaQuorum,
  type ModelNode,
  ofKafka,
  ofModel,
  type QuorumState,
} from './projection.ts';

/** By action of the model, in rounds: the request as Kafka names it. */
const requests: Readonly<Record<string, string>> = {
  exchangePreVote: 'PRE_VOTE',
  exchangeVote: 'VOTE',
  exchangeBeginQuorumEpoch: 'BEGIN_QUORUM_EPOCH',
  exchangeEndQuorumEpoch: 'END_QUORUM_EPOCH',
  exchangeFetch: 'FETCH',
  exchangeFetchSnapshot: 'FETCH_SNAPSHOT',
};

/** Requests that the model may repeat, where Kafka does not once they were answered. */
const repeated = ['exchangeBeginQuorumEpoch', 'exchangeEndQuorumEpoch'];

/** What Kafka answers to an administrator while the leader cannot ask the new voter for its versions. */
const BUSY = 'is not ready to receive requests';
const busy = 'another request is on its way to the voter';

/** How many epochs of a scope are left to what Kafka does in the same breath. */
const SPARE_EPOCHS = 3;
const timers = ['electionTimeout', 'fetchTimeout'];

/** Real KafkaRaftClients beside `kraft` in rounds. */
export class QuorumCounterpart implements Counterpart<QuorumState> {
  readonly #driver: Driver;
  readonly #config: KraftConfig;
  /** Elections end here; the model has some epochs more, for what Kafka does of its own accord. */
  readonly #lastEpoch: number;
  #quorum: KafkaQuorum = { result: '', nodes: {}, messages: [] };
  /** Nodes whose high watermark Kafka has forgotten with the state that they were in. */
  readonly #forgetful = new Set<string>();

  constructor(driver: Driver, config: KraftConfig, bounds: KraftBounds) {
    this.#driver = driver;
    this.#config = config;
    this.#lastEpoch = bounds.epochs - SPARE_EPOCHS;
  }

  async begin(): Promise<void> {
    const { voters, observers, dynamicVoters: isDynamic } = this.#config;
    this.#forgetful.clear();
    await this.#ask({ do: 'format', voters, observers, isDynamic, seed: 1 });
  }

  weightOf({ name, params }: TakenAction, state: QuorumState): number {
    const { nodes } = state.protocol;
    const isLast = Object.values(nodes).some(({ epoch }) => epoch >= this.#lastEpoch);
    if (isLast && (timers.includes(name) || name === 'resign')) return 0;
    if (name === 'exchangeFetch' && !this.#isSteered(params, state)) return 0;
    if (name === 'addVoter') return isCaughtUp(state, params) ? 1 : 0;
    // Kafka asks for the snapshot again; the model fetches first, and is told of it once more.
    if (name === 'exchangeFetchSnapshot' && params['answer'] === 'lost') return 0;
    if (name === 'takeSnapshot') return this.#forgetful.has(String(params['node'])) ? 0 : 1;
    if (name === 'crash') return params['sent'] === 'arrives' ? 1 : 0;
    if (requests[name] !== undefined)
      return (params['answer'] === 'lost' ? 0.3 : 1) * (isOfNobody(state, params) ? 0.05 : 1);
    return commands[name] === undefined ? 0 : 1;
  }

  /**
   * Whether Kafka can be told to fetch. A follower whose leader is away asks a bootstrap server that nobody can choose
   * for it. Who knows no leader asks voters, which are the bootstrap servers.
   */
  #isSteered({ from, to }: TakenAction['params'], { protocol }: QuorumState): boolean {
    const asking = protocol.nodes[String(from)];
    if (asking?.state !== 'unattached') return asking?.leader === to;
    return idOf(String(to)) <= this.#config.voters;
  }

  /** Whatever is drawn. */
  hasPartIn(): boolean {
    return true;
  }

  async take(step: Step<QuorumState>): Promise<string | undefined> {
    const { name, params } = step.taken;
    if (name === 'takeSnapshot' && this.#forgetful.has(String(params['node'])))
      return 'nothing is known to be committed';
    if (this.#isAskedInVain(step)) return 'it cannot win, and asks nobody again';
    await this.#ask(this.#commandFor(step));
    const { result } = this.#quorum;
    const isNotSent = result === 'not sent';
    const why = isNotSent ? this.#whyNotSent(step) : result.includes(BUSY) ? busy : undefined;
    if (why !== undefined) this.#quorum = { ...this.#quorum, result: 'done' };
    return why;
  }

  /**
   * Whether a candidate that cannot win asks a voter again, whose answer was lost. Kafka asks nobody then
   * (`KafkaRaftClient.maybeSendVoteRequests`, `EpochElection.isVoteRejected`), in 3.9.1 it waits until it stands again
   * (`pollCandidate`, `CandidateState.isVoteRejected`). The model does not remember whose answer was lost, and has to
   * have the step for a request from before, which is still answered. With three voters nobody is left to be asked.
   */
  #isAskedInVain({ taken: { name, params }, before }: Step<QuorumState>): boolean {
    const [from, to] = [String(params['from']), String(params['to'])];
    const asker = before.protocol.nodes[from];
    if (name !== 'exchangeVote' || asker === undefined || !isVoteRejected(asker)) return false;
    return !this.#quorum.messages.includes(`${idOf(from)} -> ${idOf(to)} VOTE`);
  }

  /** Why Kafka need not have sent a request of the model. */
  #whyNotSent({ taken: { name, params }, before }: Step<QuorumState>): string | undefined {
    if (repeated.includes(name)) return 'not sent again';
    const [from, to] = [String(params['from']), String(params['to'])];
    const asksFor = `${idOf(from)} -> ${idOf(to)} FETCH_SNAPSHOT`;
    if (name === 'exchangeFetch' && this.#quorum.messages.includes(asksFor))
      return 'it asks for the snapshot again';
    // The model has it on its way as soon as the leader has named it, and whatever becomes of the follower.
    const isWanted = before.protocol.connections[`${from}->${to}`]?.awaited === true;
    return name === 'exchangeFetchSnapshot' && !isWanted ? 'not wanted any more' : undefined;
  }

  #commandFor(step: Step<QuorumState>): JsonValue {
    const { name, params } = step.taken;
    const kind = requests[name];
    const node = (param: string): number => idOf(String(params[param]));
    if (kind === undefined) return commands[name]?.(node, step, this.#quorum) ?? null;
    const answer = String(params['answer']);
    return { do: 'exchange', kind, from: node('from'), to: node('to'), answer };
  }

  async #ask(command: JsonValue): Promise<void> {
    // The driver says just that.
    this.#quorum = (await this.#driver.ask(command)) as KafkaQuorum;
    for (const [name, { role, highWatermark }] of Object.entries(this.#quorum.nodes)) {
      if (highWatermark != null || role === 'stopped' || role === 'exited')
        this.#forgetful.delete(name);
      else if (role === 'leader' || role === 'resigned') this.#forgetful.add(name);
    }
  }

  folded({ taken, after }: Step<QuorumState>): readonly TakenAction[] {
    const { name, params } = taken;
    const timer = (action: string, node: string): TakenAction => ({
      name: action,
      actor: node,
      params: { node },
    });
    // Its first successor does not wait.
    if (name === 'exchangeEndQuorumEpoch') return [timer('fetchTimeout', String(params['to']))];
    // Without pre-votes a candidate that has lost stands again after a time that may be none.
    const hasPreVotes = preVotesIn(this.#config.kafka) === 'all';
    if (name === 'exchangeVote')
      return hasPreVotes ? [] : [timer('electionTimeout', String(params['from']))];
    // Whoever gives up asking for pre-votes, and knows no leader, asks again at once.
    const node = String(params['node']);
    const isUnattached = after.protocol.nodes[node]?.state === 'unattached';
    return name === 'electionTimeout' && isUnattached ? [timer('electionTimeout', node)] : [];
  }

  ofModel(state: QuorumState): Projection {
    return { ...ofModel(state, this.#forgetful), step: 'done' };
  }

  ofKafka(): Projection {
    return { ...ofKafka(this.#quorum), step: this.#quorum.result };
  }

  note(): string {
    const { messages, nodes } = this.#quorum;
    const exits = Object.entries(nodes).flatMap(([name, { fatal }]) =>
      fatal === null ? [] : [`${name} has exited: ${fatal}`],
    );
    return [...exits, `on their way: ${messages.join(', ') || 'nothing'}`].join('; ');
  }

  close(): Promise<void> {
    return this.#driver.close();
  }
}

type CommandOf = (
  node: (param: string) => number,
  step: Step<QuorumState>,
  quorum: KafkaQuorum,
) => JsonValue;

/** By action of the model: what the driver is told. */
const commands: Readonly<Record<string, CommandOf>> = {
  electionTimeout: node => ({ do: 'expire', node: node('node') }),
  fetchTimeout: node => ({ do: 'expire', node: node('node') }),
  append: (node, { after }) => ({
    do: 'append',
    node: node('leader'),
    value: String(after.protocol.client.sent),
  }),
  resign: node => ({ do: 'resign', node: node('leader') }),
  takeSnapshot: node => ({ do: 'takeSnapshot', node: node('node') }),
  cleanLog: node => ({ do: 'cleanLog', node: node('node') }),
  restart: node => ({ do: 'start', node: node('node') }),
  addVoter: node => ({ do: 'addVoter', node: node('leader'), voter: node('voter') }),
  removeVoter: node => ({ do: 'removeVoter', node: node('leader'), voter: node('voter') }),
  crash: (node, { taken }, { nodes }) => {
    const { log = [], start = 0 } = nodes[String(taken.params['node'])] ?? {};
    const kept = log[Number(taken.params['kept']) - start - 1]?.end ?? start;
    return { do: 'crash', node: node('node'), kept };
  },
};

/** Most of what nodes ask that know no leader leads nowhere. */
function isOfNobody({ protocol }: QuorumState, { from }: TakenAction['params']): boolean {
  return protocol.nodes[String(from)]?.state === 'unattached';
}

/** Kafka takes in only who has been at the end of the log; the model, who has fetched. */
function isCaughtUp({ protocol }: QuorumState, params: TakenAction['params']): boolean {
  const leader = protocol.nodes[String(params['leader'])];
  const end = leader === undefined ? 0 : leader.logStartOffset + leader.log.length;
  return leader?.fetchOffsets[String(params['voter'])] === end;
}

/** Whether those who have not refused are no majority. */
function isVoteRejected({ voters, rejected }: ModelNode): boolean {
  const left = voters.filter(voter => !rejected.includes(voter)).length;
  return left <= voters.length / 2;
}

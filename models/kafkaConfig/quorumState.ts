import { ConfigError } from './configError.ts';

/** Where the metadata quorum of a running cluster stood, as `kafka-metadata-quorum describe` tells it. */
export interface QuorumState {
  readonly leader: number | undefined;
  readonly voters: readonly QuorumVoter[];
  /** Whether voters can be added and removed (KIP-853); undefined where the output does not tell. */
  readonly isDynamic: boolean | undefined;
  readonly where: string;
}

/** One voter of a running quorum. */
interface QuorumVoter {
  readonly id: number;
  /**
   * How long before the leader was asked it had last fetched, in ms; `never` if it has not since that leads. Undefined
   * where the output does not tell.
   */
  readonly silentMs: number | 'never' | undefined;
}

/**
 * A follower that has not fetched for so long, in ms, is taken to be down or cut off: the default of
 * `controller.quorum.fetch.timeout.ms`, after which a leader doubts that it is one.
 */
const SILENT_AFTER = 2000;

/** The voters that take no part, as far as can be seen. */
export function silentVoters({ voters, leader }: QuorumState): readonly QuorumVoter[] {
  return voters.filter(({ id, silentMs = 0 }) => {
    return id !== leader && (silentMs === 'never' || silentMs > SILENT_AFTER);
  });
}

/**
 * What several outputs tell of one quorum: that which tells when voters last fetched, with what others tell besides.
 *
 * @throws ConfigError if they tell of different voters.
 */
export function mergedQuorum(states: readonly QuorumState[]): QuorumState | undefined {
  const [first] = states;
  if (first === undefined) return undefined;
  const idsOf = ({ voters }: QuorumState) =>
    voters
      .map(({ id }) => id)
      .sort((a, b) => a - b)
      .join(', ');
  const other = states.find(state => idsOf(state) !== idsOf(first));
  if (other !== undefined) {
    throw new ConfigError({
      file: other.where,
      place: '',
      expected: `the voters of ${first.where}: ${idsOf(first)}`,
      found: idsOf(other),
    });
  }
  const timed = states.find(({ voters }) => voters.some(({ silentMs }) => silentMs !== undefined));
  const isDynamic = states.find(state => state.isDynamic !== undefined)?.isDynamic;
  return { ...(timed ?? first), isDynamic };
}

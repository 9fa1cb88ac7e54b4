import { type ClusterSource, EMPTY_SOURCE, MOST_NODES } from './clusterSource.ts';
import { ConfigError } from './configError.ts';
import { quoted } from './oneLine.ts';
import type { QuorumState } from './quorumState.ts';
import type { TextFormat } from './textFormat.ts';
import { LARGEST_ID } from './voters.ts';

/** The lines of `--status`, and the head of the table of `--replication` (without a directory before 3.9). */
const STATUS = /^(LeaderId|CurrentVoters):\s*(.*)$/;
const TABLE = /^NodeId\s+(?:DirectoryId\s+)?LogEndOffset\s+Lag\s+LastFetchTimestamp\b/;
const ROW =
  /^(\d+)\s+(?:\S+\s+)??(-?\d+)\s+(\d+)\s+(-?\d+(?: ms ago)?)\s+(-?\d+(?: ms ago)?)\s+(Leader|Follower|Observer)\s*$/;

/** What `kafka-metadata-quorum describe` prints, with `--status` or `--replication`, of any release since 3.3. */
export const quorumDescribe: TextFormat = {
  isIn: text => linesOf(text).some(line => TABLE.test(line) || /^CurrentVoters:/.test(line)),
  read: readQuorumDescribe,
};

interface Line {
  readonly text: string;
  readonly place: string;
}

/**
 * Reads where the metadata quorum stands: who leads, who votes, and who has not fetched for long.
 *
 * Source: MetadataQuorumCommand, `handleDescribeStatus` and `handleDescribeReplication`.
 *
 * @throws ConfigError if what is there is not what Kafka prints.
 */
function readQuorumDescribe(file: string, text: string): ClusterSource {
  const lines = linesOf(text).map(
    (line, index): Line => ({ text: line, place: `line ${index + 1}` }),
  );
  const status = ofStatus(file, lines);
  const replication = ofReplication(file, lines);
  const found = replication ?? status;
  if (found === undefined) return EMPTY_SOURCE;
  const isDynamic = status?.isDynamic ?? replication?.isDynamic;
  return { ...EMPTY_SOURCE, quorum: { ...found, isDynamic } };
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/).map(line => line.trim());
}

function ofStatus(file: string, lines: readonly Line[]): QuorumState | undefined {
  const values = new Map(
    lines.flatMap(line => {
      const [, name, value = ''] = STATUS.exec(line.text) ?? [];
      return name === undefined ? [] : [[name, { text: value, place: line.place }] as const];
    }),
  );
  const listed = values.get('CurrentVoters');
  if (listed === undefined) return undefined;
  const at = { file, place: listed.place };
  // 3.9 and later print an object for each voter, earlier ones print ids alone.
  const texts = listed.text.includes('{')
    ? [...listed.text.matchAll(/"id":\s*(\d+)/g)].map(([, id = '']) => id)
    : listed.text.replace(/^\[|\]$/g, '').split(',');
  const voters = texts.map(id => ({ id: idIn(id.trim(), at), silentMs: undefined }));
  const leader = values.get('LeaderId')?.text ?? '';
  return {
    leader: /^\d+$/.test(leader) ? Number(leader) : undefined,
    voters: limited(voters, at),
    isDynamic: listed.text.includes('{') ? /"directoryId":\s*"/.test(listed.text) : false,
    where: `${file}: ${listed.place}`,
  };
}

function ofReplication(file: string, lines: readonly Line[]): QuorumState | undefined {
  const head = lines.find(line => TABLE.test(line.text));
  if (head === undefined) return undefined;
  const rows = lines.flatMap(line => {
    const parts = ROW.exec(line.text);
    return parts === null ? [] : [{ parts, place: line.place }];
  });
  const leading = rows.find(({ parts }) => parts[6] === 'Leader');
  const voting = rows.filter(({ parts }) => parts[6] !== 'Observer');
  const now = leading === undefined ? undefined : momentIn(leading.parts[4]);
  const voters = voting.map(({ parts, place }) => {
    const id = idIn(parts[1] ?? '', { file, place });
    if (now === undefined) return { id, silentMs: undefined };
    const moment = momentIn(parts[4]);
    return { id, silentMs: moment === undefined ? ('never' as const) : Math.max(0, now - moment) };
  });
  const leader = leading?.parts[1];
  return {
    leader: leader === undefined ? undefined : Number(leader),
    voters: limited(voters, { file, place: head.place }),
    isDynamic: undefined,
    where: `${file}: ${head.place}`,
  };
}

/** A moment in ms, of which only differences count; -1 is never. */
function momentIn(text: string | undefined): number | undefined {
  const ago = /^(\d+) ms ago$/.exec(text ?? '')?.[1];
  if (ago !== undefined) return -Number(ago);
  const at = Number(text ?? Number.NaN);
  return at >= 0 ? at : undefined;
}

interface Place {
  readonly file: string;
  readonly place: string;
}

function idIn(text: string, at: Place): number {
  if (/^\d{1,10}$/.test(text) && Number(text) <= LARGEST_ID) return Number(text);
  throw new ConfigError({ ...at, expected: 'the id of a voter', found: quoted(text) });
}

function limited<T>(voters: readonly T[], at: Place): readonly T[] {
  if (voters.length > 0 && voters.length <= MOST_NODES) return voters;
  const expected = `from 1 to ${MOST_NODES} voters`;
  throw new ConfigError({ ...at, expected, found: String(voters.length) });
}

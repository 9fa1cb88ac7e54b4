import { MOST_NODES } from './clusterSource.ts';
import { ConfigError } from './configError.ts';
import { type FoundProperty, listOf, mismatch } from './foundProperty.ts';
import { quoted } from './oneLine.ts';

/** Largest node id: Kafka's node ids are non-negative Java ints. */
export const LARGEST_ID = 2 ** 31 - 1;

/**
 * The ids in `controller.quorum.voters` (`id@host:port,...`). Only the part before `@` matters here;
 * hosts may be placeholders, even broken ones.
 *
 * Source: `org.apache.kafka.raft.QuorumConfig.parseVoterConnections`.
 *
 * @throws ConfigError if an entry has no id, an id is repeated, or there is no entry.
 */
export function votersOf(found: FoundProperty): readonly number[] {
  const ids = listOf(found).map(entry => voterId(found, entry));
  const repeated = firstRepeated(ids);
  if (ids.length === 0 || ids.length > MOST_NODES || repeated !== undefined) {
    const expected = `from 1 to ${MOST_NODES} entries id@host:port with different ids`;
    const what = repeated === undefined ? `${ids.length} entries` : `the id ${repeated} twice`;
    throw new ConfigError({ file: found.file, place: found.place, expected, found: what });
  }
  return ids;
}

function firstRepeated(ids: readonly number[]): number | undefined {
  const seen = new Set<number>();
  for (const id of ids) {
    if (seen.has(id)) return id;
    seen.add(id);
  }
  return undefined;
}

function voterId(found: FoundProperty, entry: string): number {
  const id = Number(/^(\d{1,10})@./.exec(entry)?.[1] ?? Number.NaN);
  if (id <= LARGEST_ID) return id;
  throw new ConfigError({
    file: found.file,
    place: found.place,
    expected: 'voters as id@host:port, separated by commas',
    found: quoted(entry),
  });
}

/**
 * The addresses in `controller.quorum.bootstrap.servers` (dynamic quorum, KIP-853), which names
 * controllers without their ids.
 *
 * @throws ConfigError if there is none.
 */
export function bootstrapServersOf(found: FoundProperty): readonly string[] {
  const servers = listOf(found).filter(server => server !== '');
  if (servers.length > 0 && servers.length <= MOST_NODES) return servers;
  throw mismatch(found, `from 1 to ${MOST_NODES} controllers as host:port, separated by commas`);
}

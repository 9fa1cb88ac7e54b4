import { builtInModel } from '../../catalogue/models.ts';
import { releaseNamed } from '../../models/description/release.ts';
import { mistakesAt } from '../../models/description/ruleTable.ts';
import { quietScope, type ReplicationBounds } from '../../models/replication/config.ts';
import { replicationDefects } from '../../models/replication/defects.ts';
import { type ProtocolSettings, resolveProtocol } from '../../models/replication/protocol.ts';
import { ruleTable } from '../../models/replication/releases/table.ts';
import { boundWords } from './boundWords.ts';

/** The known mistakes that a release still has, one sentence each: what it is, and in which scope it shows. */
export function knownMistakes(settings: ProtocolSettings): string[] {
  const { kafka, zooKeeper } = resolveProtocol(settings);
  const mode = zooKeeper ? 'zookeeper' : 'kraft';
  return mistakesAt(ruleTable, { release: releaseNamed(kafka), mode }).flatMap(mistake => {
    const known = replicationDefects.find(({ name }) => name === mistake.defect);
    if (known === undefined) return [];
    const when = mistake.sometimes === undefined ? '' : ` It ${mistake.sometimes}.`;
    return [
      `Kafka ${kafka} still has ${known.name}: ${known.statement}${when} ` +
        `A scope with ${eventsOf(known.bounds ?? {})} has room for it. Source: ${known.source}.`,
    ];
  });
}

/** What has to happen for a defect to show. */
function eventsOf(bounds: Partial<ReplicationBounds>): string {
  const events = boundWords(builtInModel('replication'), { ...quietScope, ...bounds, records: 0 });
  return events.length === 0 ? 'nothing but a record' : events.join(', ');
}

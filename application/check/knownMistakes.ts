import { releaseNamed } from '../../models/description/release.ts';
import { mistakesAt } from '../../models/description/ruleTable.ts';
import { keysOf } from '../../models/description/settings.ts';
import { replicationDefects } from '../../models/replication/defects.ts';
import { type ProtocolSettings, resolveProtocol } from '../../models/replication/protocol.ts';
import { ruleTable } from '../../models/replication/releases/table.ts';
import { boundWords } from '../../models/replication/words.ts';

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
function eventsOf(bounds: Partial<Record<keyof typeof boundWords, number>>): string {
  const events = keysOf(boundWords).flatMap(name => {
    const most = bounds[name] ?? 0;
    if (most === 0 || name === 'records') return [];
    const { one, several } = boundWords[name];
    return [`${most} ${most === 1 ? one : several}`];
  });
  return events.length === 0 ? 'nothing but a record' : events.join(', ');
}

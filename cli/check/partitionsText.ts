import { listed } from '../../application/check/listed.ts';
import { counted } from '../../checker/results/numbers.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import {
  type PartitionStanding,
  partitionStandings,
} from '../../models/kafkaConfig/partitionStandings.ts';
import type { Standing } from '../../models/kafkaConfig/partitionState.ts';

/** More partitions than this that do not stand well are counted, not told. */
const MOST_TOLD = 20;

const worstFirst: readonly Standing[] = [
  'offline',
  'below the minimum',
  'at the minimum',
  'under-replicated',
];

/** Where the partitions of a running cluster stand, the worst first, and what the next failure does. */
export function partitionSentences(cluster: ClusterDescription): string[] {
  const all = partitionStandings(cluster);
  if (all.length === 0) return [];
  const told = worstFirst.flatMap(standing => all.filter(each => each.standing === standing));
  const rest = told.length - MOST_TOLD;
  return [
    ...told.slice(0, MOST_TOLD).map(sentenceOf),
    ...(rest > 0 ? [`... and ${rest} more that are not in sync; --json has them all.`] : []),
    ...inSync(all.filter(({ standing }) => standing === 'in sync')),
    'Seen at the moment of the output. What is explored below begins with every replica in sync.',
  ];
}

function inSync(standings: readonly PartitionStanding[]): string[] {
  if (standings.length === 0) return [];
  const topics = [...new Set(standings.map(({ state }) => state.topic))];
  return [
    `Every replica is in sync in ${counted(standings.length, 'partition')} of ${listed(topics)}.`,
  ];
}

function sentenceOf(each: PartitionStanding): string {
  const { state, standing } = each;
  const name = `${state.topic}-${state.partition}`;
  if (standing === 'offline')
    return `${name} is offline: no leader, so neither writes nor reads. ${wayBack(each)}`;
  return `${name}: ${countsOf(each)} ${writesOf(each)} ${outOfSync(each)}`.trim();
}

function countsOf({ state, minimum }: PartitionStanding): string {
  const { isr, replicas } = state;
  return `${isr.length} of ${replicas.length} replicas in sync (${brokers(isr)}), min.insync.replicas ${minimum}:`;
}

function writesOf(each: PartitionStanding): string {
  const { state, standing, minimum } = each;
  const [last] = state.isr;
  const isLast = state.isr.length === 1;
  if (standing === 'below the minimum') {
    const next = isLast
      ? `the next failure, that of broker ${last}, `
      : `${state.isr.length} failures `;
    return `acks=all writes are refused. ${capital(next)}${isLast ? 'makes' : 'make'} it offline${unless(each)}.`;
  }
  if (isLast) {
    return (
      `acks=all writes go on, on broker ${last} alone. Its failure makes the partition offline${unless(each)}; ` +
      'its power loss or lost disk may lose acknowledged records.'
    );
  }
  if (standing === 'at the minimum') return 'the next failure in the ISR stops acks=all writes.';
  return `acks=all writes go on with ${counted(state.isr.length - minimum, 'more failure')}.`;
}

/** What is elected although the ISR has nobody left. */
function unless({ state, electsUncleanly }: PartitionStanding): string {
  if (state.elr.length > 0)
    return `, unless one of its ELR (${brokers(state.elr)}) is up and elected`;
  if (!electsUncleanly) return '';
  return ', or, as unclean election is on, led by a replica out of sync, and acknowledged records may be lost';
}

function wayBack(each: PartitionStanding): string {
  const { isr, elr, lastKnownElr, replicas } = each.state;
  const waited = [...new Set([...isr, ...elr])];
  const others = replicas.filter(id => !waited.includes(id));
  const unclean =
    each.electsUncleanly && others.length > 0
      ? ` Unclean election is on: ${comesFirst(others)} leads without what it lacks, and acknowledged records ` +
        'may be lost.'
      : '';
  if (waited.length > 0) {
    const sets = [...(isr.length > 0 ? ['ISR'] : []), ...(elr.length > 0 ? ['ELR'] : [])];
    const one = waited.length > 1 ? ' (one of them)' : '';
    const who = `${capital(brokers(waited))}, its ${sets.join(' and ')}, must come back${one}`;
    return `${who}; what it lost with its power or disk is lost.${unclean}`;
  }
  const last =
    lastKnownElr.length > 0
      ? `the last known leader, ${brokers(lastKnownElr)}, must come back.`
      : 'only an unclean election gives it a leader.';
  return `Its ISR and ELR are empty: ${last}${unclean}`;
}

function comesFirst(ids: readonly number[]): string {
  if (ids.length === 1) return `${brokers(ids)}, if it comes back first,`;
  return `whichever of ${brokers(ids)} comes back first`;
}

function outOfSync({ state }: PartitionStanding): string {
  const out = state.replicas.filter(id => !state.isr.includes(id) && !state.adding.includes(id));
  const adding = state.adding.filter(id => !state.isr.includes(id));
  return [
    ...(out.length === 0 ? [] : [`Out of sync: ${brokers(out)}.`]),
    ...(adding.length === 0 ? [] : [`A reassignment adds ${brokers(adding)}.`]),
    ...(state.offline.length === 0 ? [] : [`Offline: ${brokers(state.offline)}.`]),
  ].join(' ');
}

/** "broker 2", "brokers 1 and 3", "brokers 1, 2 and 3". */
function brokers(ids: readonly number[]): string {
  if (ids.length === 0) return 'nobody';
  if (ids.length === 1) return `broker ${ids[0]}`;
  return `brokers ${ids.slice(0, -1).join(', ')} and ${ids.at(-1)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

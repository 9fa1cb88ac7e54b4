import type { Place } from '../place.ts';
import { nothing, plain, said, setWords, shortNames, spaced } from '../view/said.ts';
import type { Chip, Fact, NodeRow } from '../view/view.ts';
import { brokerStrip } from './brokerLogs.ts';
import {
  believesToLead,
  brokerView,
  currentLeader,
  isUp,
  type PartitionPlace,
  replicaLane,
  replicaOf,
} from './replicationState.ts';

/** Every broker with its log. */
export function brokerRows(partition: PartitionPlace): readonly NodeRow[] {
  return partition.protocol.at('brokers').keys.map(name => ({
    name,
    condition: replicaLane(partition, name).condition,
    chips: brokerChips(partition, name),
    strip: brokerStrip(partition, name),
    facts: brokerFacts(partition, name),
  }));
}

function brokerChips(partition: PartitionPlace, name: string): readonly Chip[] {
  const { protocol } = partition;
  const broker = protocol.at('brokers', name);
  const process = broker.at('process');
  const lane = replicaLane(partition, name);
  const isRunning = process.text === 'running';
  const state = protocol.at('registrations', name, 'state');
  const isActive = state.text === 'unfenced';
  const words = (place: Place) => spaced(plain(place));
  return [
    ...(isUp(broker) ? [roleChip(partition, name)] : []),
    {
      ...said(process, words, { hint: 'the process' }),
      ...(isRunning ? {} : { tone: lane.condition === 'down' ? 'bad' : 'warn' }),
    },
    ...(broker.at('paused').isSet || broker.past.at('paused').isSet
      ? [
          said(broker.at('paused'), paused => (paused.isSet ? 'paused' : 'goes on'), {
            tone: 'warn',
            hint: 'a paused process neither answers nor acts',
          }),
        ]
      : []),
    {
      ...said(state, words, { hint: 'how the controller has it registered' }),
      ...(isActive ? {} : { tone: 'warn' }),
    },
  ];
}

function roleChip(partition: PartitionPlace, name: string): Chip {
  const { leads, epoch } = replicaLane(partition, name);
  const isCurrent = currentLeader(partition) === name;
  return {
    ...said(partition.protocol, protocol => roleWords({ ...partition, protocol }, name)),
    ...(epoch === undefined ? {} : { epoch }),
    ...(leads ? { leads } : {}),
    ...(leads && !isCurrent ? { tone: 'warn' } : {}),
    hint: leads && !isCurrent ? 'it takes itself for the leader' : 'in its own view',
  };
}

function roleWords(partition: PartitionPlace, name: string): string {
  const replica = spaced(plain(replicaOf(partition, name).at('role')));
  const epoch = plain(brokerView(partition, name).at('leaderEpoch'));
  const isStale = believesToLead(partition, name) && currentLeader(partition) !== name;
  return `${isStale ? 'believes to lead' : replica}, epoch ${epoch}`;
}

function brokerFacts(partition: PartitionPlace, name: string): readonly Fact[] {
  const broker = partition.protocol.at('brokers', name);
  const replica = replicaOf(partition, name);
  return [
    fact('HW', replica.at('highWatermark'), plain, 'high watermark'),
    { label: 'LEO', ...said(replica.at('log'), logEnd, { hint: 'log end offset' }) },
    fact(
      'flushed to',
      replica.at('flushedOffset'),
      plain,
      'below it, records survive a power loss',
    ),
    fact(
      'HW on disk',
      replica.at('checkpointedHighWatermark'),
      plain,
      'checkpointed high watermark',
    ),
    ...ifAny(fact('topic id', replica.at('topicId'), plain, 'which topic of the name it is of'), [
      '0',
    ]),
    ...ifAny(fact('log start', replica.at('logStartOffset')), ['0']),
    ...ifAny(fact('epochs start', replica.at('epochCache'), epochWords, 'leader epoch cache')),
    ...ifAny(fact('broker epoch', broker.at('brokerEpoch')), []),
    ...ifAny(fact('incarnation', broker.at('incarnation')), ['0']),
    ...ifAny(fact('clean shutdown file', broker.at('cleanShutdownFile'), shutdownWords)),
    ...leaderFacts(replica, name),
  ];
}

/** What only a leader keeps; shown in the step too that ends it. */
function leaderFacts(replica: Place, name: string): readonly Fact[] {
  const led = [replica, replica.past].some(place => place.at('role').text === 'leading');
  if (!led) return [];
  const pending = replica.at('pendingIsr');
  return [
    fact(
      'epoch start',
      replica.at('epochStartOffset'),
      plain,
      'where the log ended at its election',
    ),
    {
      label: 'followers',
      ...said(replica.at('followers'), followers => followerWords(followers, name), {
        hint: 'log end offsets as of their last fetches',
      }),
    },
    ...ifAny(fact('waiting produce', replica.at('waitingProduce'), offsetWords)),
    ...ifAny(fact('pending ISR', pending, pendingWords, 'proposed and not known to be decided')),
  ];
}

function fact(
  label: string,
  place: Place,
  words: (place: Place) => string = plain,
  hint = label,
): Fact {
  return { label, ...said(place, words, { hint }) };
}

/** The fact, if there is something to say now or was before the step. */
function ifAny(one: Fact, trivial: readonly string[] = [nothing]): Fact[] {
  const isTrivial = [nothing, ...trivial].includes(one.text);
  return isTrivial && !one.changed ? [] : [one];
}

function logEnd(log: Place): string {
  return log.isList ? String(log.list.length) : nothing;
}

function epochWords(cache: Place): string {
  const entries = cache.list.map(
    entry => `${plain(entry.at('epoch'))} at ${plain(entry.at('startOffset'))}`,
  );
  return entries.join(', ') || nothing;
}

function shutdownWords(file: Place): string {
  return file.now === null ? nothing : `broker epoch ${plain(file)}`;
}

function followerWords(followers: Place, leader: string): string {
  const others = followers.keys.filter(name => name !== leader);
  const short = shortNames(others);
  const ends = others.map((name, index) => {
    const end = followers.at(name, 'logEndOffset');
    return `${short[index]}: ${end.number === undefined ? 'unknown' : plain(end)}`;
  });
  return ends.join(', ') || nothing;
}

function offsetWords(waiting: Place): string {
  return waiting.list.map(offset => `offset ${plain(offset)}`).join(', ') || nothing;
}

function pendingWords(pending: Place): string {
  const change = pending.at('change').text ?? 'none';
  return change === 'none' ? nothing : `${change} to ${setWords(pending.at('isr'))}`;
}

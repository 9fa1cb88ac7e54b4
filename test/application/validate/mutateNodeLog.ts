import type { RandomSource } from '../../../checker/core/randomSource.ts';
import { messageIn, type NodeMessage } from '../../../models/kafkaLog/nodes/messages.ts';
import type { Mutant, Mutation } from './mutateDump.ts';

/** The log of a node with one event left out, exchanged with the next, or altered: of a replica, an ISR, or a record. */
export function mutateNodeLog(
  text: string,
  mutation: Mutation,
  random: RandomSource,
): Mutant | undefined {
  const lines = text.split('\n');
  const messages = lines.map(messageIn);
  const events = messages.flatMap((message, index) => (isEvent(message) ? [index] : []));
  if (events.length < 2) return undefined;
  const nth = random.below(mutation === 'swapped' ? events.length - 1 : events.length);
  const at = events[nth] as number;
  const line = lines[at] as string;
  if (mutation === 'dropped') {
    return {
      mutation,
      what: line,
      text: lines.filter((_, index) => index !== at).join('\n'),
      becauseIndependent: whyUnsaid(messages, at),
    };
  }
  if (mutation === 'swapped') {
    const next = events[nth + 1] as number;
    const other = lines[next] as string;
    if (line === other) return undefined;
    return {
      mutation,
      what: `${line} <> ${other}`,
      text: lines.with(at, other).with(next, line).join('\n'),
      becauseIndependent: whyInAnyOrder(messages, at, next),
    };
  }
  const changed = altered(line, random);
  if (changed === undefined) return undefined;
  return { mutation, what: `${line} -> ${changed}`, text: lines.with(at, changed).join('\n') };
}

type Messages = readonly (NodeMessage | undefined)[];

function isEvent(message: NodeMessage | undefined): boolean {
  const kind = message?.kind;
  return kind === 'replica' || kind === 'isr' || kind === 'replayed';
}

/** Why Kafka may have said nothing. */
function whyUnsaid(messages: Messages, at: number): string | undefined {
  // Partition.handleAlterPartitionUpdate says nothing if the record has been replayed before the answer.
  if (messages[at]?.kind === 'isr') return 'the record came before the answer';
  const next = messages.slice(at + 1).find(each => isNext(each, messages[at]?.kind));
  const isLast = next === undefined || (next.kind === 'role' && next.starts);
  return isLast ? 'the process was killed, or the log ends, before it was said' : undefined;
}

/** Whether a message tells that what comes before it is over: another update, another record, another process. */
function isNext(message: NodeMessage | undefined, kind: NodeMessage['kind'] | undefined): boolean {
  if (message?.kind === 'role') return message.starts;
  return message?.kind === (kind === 'replica' ? 'publishes' : kind);
}

/** Why Kafka could have said two things in the other order. */
function whyInAnyOrder(messages: Messages, at: number, next: number): string | undefined {
  const [a, b] = [messages[at], messages[next]];
  const partitionOf = (each: NodeMessage | undefined): string | undefined =>
    each?.kind === 'replica' || each?.kind === 'isr' ? each.partition : undefined;
  const [p, q] = [partitionOf(a), partitionOf(b)];
  if (p === undefined || q === undefined) return undefined;
  // Answers to AlterPartition come in a thread of their own.
  if (a?.kind !== b?.kind || a?.kind === 'isr') return 'two threads';
  if (p === q) return undefined;
  const isOneUpdate = !messages.slice(at, next).some(each => each?.kind === 'publishes');
  // ReplicaManager.applyDelta goes through maps of partitions.
  return isOneUpdate ? 'two partitions of one update' : undefined;
}

/** A number of the protocol is another, or a member more or less. */
function altered(line: string, random: RandomSource): string | undefined {
  const places = [...line.matchAll(value)];
  const place = places[random.below(Math.max(1, places.length))];
  if (place === undefined) return undefined;
  const [found, name = '', old = ''] = place;
  const at = place.index + name.length;
  return line.slice(0, at) + otherThan(old) + line.slice(place.index + found.length);
}

const value =
  /(leaderEpoch=|partitionEpoch=|brokerEpoch=|\bleader=|leader epoch |partition epoch |Current leader is |version updated to |isr=|ISR |elr=)(-?\d+(?![\d,])|\[[\d, ]*\])/g;

function otherThan(old: string): string {
  if (!old.startsWith('[')) return String(Number(old) + 1);
  const members = old.match(/\d+/g) ?? [];
  const without = members.filter(each => each !== '12');
  return `[${(without.length < members.length ? without : [...members, '12']).join()}]`;
}

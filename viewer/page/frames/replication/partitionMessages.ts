import { linkEnds } from '../links.ts';
import type { Place } from '../place.ts';
import { plain, setWords } from '../view/said.ts';
import type { MessageRow } from '../view/view.ts';
import { recordWords } from './brokerLogs.ts';
import { partitionAt, partitionsOf } from './replicationState.ts';

/** The messages that a state has in flight; which partition one is about is said where there are several. */
export function partitionMessages(protocol: Place, controller: string): readonly MessageRow[] {
  const partitions = partitionsOf(protocol);
  const ofEach = (rows: (partition: Place) => readonly MessageRow[]): readonly MessageRow[] =>
    partitions.flatMap(partition => {
      const prefix = partitions.length > 1 ? `${partition.id}: ` : '';
      const own = rows(partitionAt(partition));
      return own.map(row => ({ ...row, content: `${prefix}${row.content}` }));
    });
  return [
    ...ofEach(partition =>
      partition
        .at('alterPartition')
        .entries.flatMap(([broker, request]) => alterPartition(request, broker, controller)),
    ),
    ...protocol
      .at('registrationAnswers')
      .entries.flatMap(([broker, answer]) => registrationAnswer(answer, broker, controller)),
    ...ofEach(partition =>
      partition.at('fetchRequests').entries.flatMap(([link, request]) => fetch(request, link)),
    ),
    ...ofEach(partition =>
      partition.at('fetchResponses').entries.flatMap(([link, answer]) => fetchAnswer(answer, link)),
    ),
  ];
}

function alterPartition(request: Place, broker: string, controller: string): MessageRow[] {
  const state = request.at('inFlight');
  if (state.text === undefined || state.text === 'none') return [];
  const partitionEpoch = plain(request.at('partitionEpoch'));
  const epochs = `leader epoch ${plain(request.at('leaderEpoch'))}, partition epoch ${partitionEpoch}`;
  const isRequest = state.text === 'request';
  return [
    {
      from: isRequest ? broker : controller,
      to: isRequest ? controller : broker,
      name: isRequest ? 'AlterPartition' : 'AlterPartition answer',
      content:
        state.text === 'ineligibleReplica'
          ? 'ineligible replica'
          : `ISR ${setWords(request.at('isr'))}, ${epochs}`,
      isNew: state.changed,
    },
  ];
}

function registrationAnswer(answer: Place, broker: string, controller: string): MessageRow[] {
  if (!answer.at('inFlight').isSet) return [];
  return [
    {
      from: controller,
      to: broker,
      name: 'registration answer',
      content: `broker epoch ${plain(answer.at('brokerEpoch'))}, incarnation ${plain(answer.at('incarnation'))}`,
      isNew: answer.at('inFlight').changed,
    },
  ];
}

function fetch(request: Place, link: string): MessageRow[] {
  const ends = linkEnds(link);
  if (ends === undefined || !request.at('inFlight').isSet) return [];
  const content = `from offset ${plain(request.at('fetchOffset'))}, leader epoch ${plain(request.at('leaderEpoch'))}`;
  return [{ ...ends, name: 'fetch', content, isNew: request.at('inFlight').changed }];
}

function fetchAnswer(answer: Place, link: string): MessageRow[] {
  const ends = linkEnds(link);
  const kind = answer.at('kind').text;
  if (ends === undefined || kind === undefined || kind === 'none') return [];
  const content = `${answerWords(answer, kind)}, leader epoch ${plain(answer.at('leaderEpoch'))}`;
  return [{ ...ends, name: 'fetch answer', content, isNew: answer.changed }];
}

function answerWords(answer: Place, kind: string): string {
  const end = plain(answer.at('endOffset'));
  if (kind === 'diverging') {
    return `diverging: epoch ${plain(answer.at('divergingEpoch'))} ends at ${end}`;
  }
  if (kind === 'outOfRange') return `out of range: the log ends at ${end}`;
  const record = answer.at('record');
  const what =
    record.number === undefined
      ? 'nothing new'
      : `${recordWords(record.number)} of epoch ${plain(answer.at('recordEpoch'))}`;
  return `${what} at offset ${plain(answer.at('fetchOffset'))}, HW ${plain(answer.at('highWatermark'))}`;
}

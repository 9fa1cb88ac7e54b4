import { linkEnds } from '../links.ts';
import type { Place } from '../place.ts';
import { nothing, plain, spaced } from '../view/said.ts';
import type { MessageRow } from '../view/view.ts';
import { entryWords } from './entry.ts';

const ASKS_FOR_VOTE = new Set(['preVote', 'vote']);

/** What the connections of a quorum have in flight, and what has fallen behind. */
export function quorumMessages(quorum: Place): readonly MessageRow[] {
  return [
    ...quorum.at('connections').entries.flatMap(([link, message]) => {
      const ends = linkEnds(link);
      return ends === undefined ? [] : rowOf(message, ends.from, ends.to, '');
    }),
    ...quorum
      .at('strays')
      .list.flatMap(stray =>
        rowOf(stray, plain(stray.at('from')), plain(stray.at('to')), 'stray '),
      ),
  ];
}

/** An answer goes back to the one who has asked. */
function rowOf(message: Place, asker: string, asked: string, prefix: string): MessageRow[] {
  const phase = message.at('phase').text;
  if (phase !== 'request' && phase !== 'response') return [];
  const rpc = spaced(plain(message.at('rpc')));
  const isAnswer = phase === 'response';
  const unawaited = message.at('awaited').isSet ? '' : ', nobody waits for it';
  return [
    {
      from: isAnswer ? asked : asker,
      to: isAnswer ? asker : asked,
      name: `${prefix}${rpc}${isAnswer ? ' answer' : ''}`,
      content: `${contentOf(message, isAnswer)}${unawaited}`,
      isNew: message.changed,
    },
  ];
}

function contentOf(message: Place, isAnswer: boolean): string {
  const rpc = message.at('rpc').text ?? '';
  const [offset, offsetEpoch] = [plain(message.at('offset')), plain(message.at('offsetEpoch'))];
  const result = message.at('result').text ?? 'none';
  const parts = [
    ...(isAnswer && result !== 'none' ? [spaced(result)] : []),
    `epoch ${plain(message.at('epoch'))}`,
    ...leaderWords(message.at('leader')),
    ...(!isAnswer && ASKS_FOR_VOTE.has(rpc)
      ? [`log ends at ${offset} in epoch ${offsetEpoch}`]
      : []),
    ...(rpc.startsWith('fetch')
      ? fetchWords(message, isAnswer, `${offset} (epoch ${offsetEpoch})`)
      : []),
  ];
  return parts.join(', ');
}

function leaderWords(leader: Place): string[] {
  const words = plain(leader);
  return words === nothing ? [] : [`leader ${words}`];
}

function fetchWords(message: Place, isAnswer: boolean, where: string): string[] {
  const highWatermark = `HW ${plain(message.at('highWatermark'))}`;
  if (!isAnswer) return [`from offset ${where}`, highWatermark];
  const entry = message.at('hasEntry').isSet ? entryWords(message.at('entry')) : 'no entry';
  return [`${entry} at ${where}`, highWatermark];
}

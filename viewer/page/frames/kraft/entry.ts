import type { Place } from '../place.ts';
import { plain, setWords } from '../view/said.ts';

/** What a client's record of the metadata log stands for; the number is its value. */
export type ValueWords = (value: number) => string;

/** What tells two entries at one offset apart. */
export function entryKey(entry: Place): string {
  const { epoch, kind, value, voters } = {
    epoch: plain(entry.at('epoch')),
    kind: plain(entry.at('kind')),
    value: plain(entry.at('value')),
    voters: entry.at('voters').texts,
  };
  return JSON.stringify([epoch, kind, value, ...voters]);
}

/** The entry in few characters. */
export function entryLabel(entry: Place): string {
  const kind = entry.at('kind').text;
  if (kind === 'leaderChange') return 'leader';
  if (kind === 'voters') return 'voters';
  return kind === 'record' ? `r${plain(entry.at('value'))}` : '?';
}

/** The entry in words. */
export function entryWords(entry: Place, valueWords?: ValueWords): string {
  const kind = entry.at('kind').text;
  if (kind === 'leaderChange') return 'a leader takes over';
  if (kind === 'voters') return `voters ${setWords(entry.at('voters'))}`;
  const value = entry.at('value').number;
  if (kind !== 'record' || value === undefined) return 'no entry';
  const meaning = valueWords?.(value);
  return meaning === undefined ? `record ${value}` : `record ${value}: ${meaning}`;
}

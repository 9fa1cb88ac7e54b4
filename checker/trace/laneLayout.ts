import { printable } from './renderParts.ts';

/** A lane of a diagram of characters. */
export interface Lane {
  readonly title: string;
  /** The column of its line. */
  readonly centre: number;
}

/** Where the lanes of a diagram of characters are. */
export interface LaneLayout {
  /** By the name of who is in it; those who share one are not here. */
  readonly lanes: ReadonlyMap<string, Lane>;
  /** The lane of all others, if they share one. */
  readonly others: Lane | undefined;
  /** The columns of all lanes. */
  readonly span: number;
}

/** What the lane of all for whom there is no room is called. */
export const OTHERS = 'others';
const MOST_LANES = 8;
/** Room for the head of an arrow between two lanes. */
const NARROWEST_LANE = 4;

/**
 * Puts lanes side by side: under full names if these fit into `room` columns, otherwise under short
 * ones. Those for whom there is no room even in `mostRoom` columns, or who come after the eighth,
 * share one.
 */
export function layOutLanes(
  names: readonly string[],
  { room, mostRoom }: { readonly room: number; readonly mostRoom: number },
): LaneLayout {
  const full = names.map(printable);
  for (const gap of [2, 1]) {
    const { lanes, span } = inRow(full, gap);
    const fits = names.length <= MOST_LANES && span <= room;
    if (fits) return { lanes: byName(names, lanes), others: undefined, span };
  }
  return layOutShort(names, mostRoom);
}

function layOutShort(names: readonly string[], room: number): LaneLayout {
  const titles = shortNames(names);
  for (let count = Math.min(MOST_LANES, names.length); ; count--) {
    const isShared = count < names.length;
    const named = titles.slice(0, isShared ? count - 1 : count);
    const { lanes, span } = inRow(isShared ? [...named, OTHERS] : named, 1);
    if (span > room && count > 2) continue;
    const others = isShared ? lanes.at(-1) : undefined;
    return { lanes: byName(names, lanes.slice(0, named.length)), others, span };
  }
}

function byName(names: readonly string[], lanes: readonly Lane[]): Map<string, Lane> {
  return new Map(lanes.map((lane, index) => [names[index] ?? '', lane]));
}

function inRow(titles: readonly string[], gap: number): { lanes: Lane[]; span: number } {
  let end = -gap;
  const lanes = titles.map(title => {
    const start = end + gap;
    const width = Math.max(title.length, NARROWEST_LANE - gap);
    end = start + width;
    return { title, centre: start + Math.floor(width / 2) };
  });
  return { lanes, span: Math.max(0, end) };
}

/** "s1" for "server-1", "con" for "controller"; numbers where that would be ambiguous. */
function shortNames(names: readonly string[]): string[] {
  const short = names.map(name => {
    const text = printable(name);
    const number = /\d+$/.exec(text)?.[0];
    return number === undefined ? text.slice(0, 3) : `${text.slice(0, 1)}${number}`.slice(0, 4);
  });
  const isUnique = new Set(short).size === short.length && !short.includes('');
  return isUnique ? short : names.map((_, index) => `#${index + 1}`);
}

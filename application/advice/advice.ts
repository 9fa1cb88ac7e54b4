import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import type { ClassCell } from '../answer/cells.ts';
import type { ClusterAnswer } from '../answer/clusterAnswer.ts';
import { candidatesFor } from './candidates.ts';
import { type Change, efforts } from './change.ts';
import type { Variants } from './variants.ts';

/** What a change turns into nothing, or what of that it makes anew. */
export interface Difference {
  /** The title of the failure; `controllers` where it is about the metadata plane. */
  readonly failure: string;
  readonly what: 'lost' | 'stops' | 'unusable';
  readonly topics: readonly string[];
}

/** A change that was explored and helps. */
export interface Advice extends Change {
  readonly buys: readonly Difference[];
  /** What is lost or stops then and did not before. */
  readonly worse: readonly Difference[];
  readonly answer: ClusterAnswer;
}

/** As many are worth reading. */
const MOST_ADVICE = 3;

/** The cheapest changes that turn a loss or a stop into none, each explored as if it were made. */
export async function adviceFor(
  described: ClusterDescription,
  answer: ClusterAnswer,
  variants: Variants,
): Promise<readonly Advice[]> {
  const helping: Advice[] = [];
  const wrong = new Set([...wrongIn(answer), ...unusableIn(described)].flatMap(keysOf));
  const candidates = [...candidatesFor(described)].sort(
    (one, other) => rankOf(one) - rankOf(other),
  );
  for (const [index, change] of candidates.entries()) {
    // What all is mended by is not mended again by what is dearer.
    const isDearer = index > 0 && rankOf(change) > rankOf(candidates[index - 1] ?? change);
    if (wrong.size === 0 && isDearer) break;
    const after = await variants.answer(change.changed);
    if (after === undefined) continue;
    const buys = [...differences(answer, after), ...usable(described, change.changed)];
    const worse = differences(after, answer);
    if (buys.length === 0 || worse.some(({ what }) => what === 'lost')) continue;
    for (const key of buys.flatMap(keysOf)) wrong.delete(key);
    helping.push({ ...change, buys, worse, answer: after });
  }
  const ranked = helping.sort(
    (one, other) => rankOf(one) - rankOf(other) || weight(other) - weight(one),
  );
  return worthwhile(ranked).slice(0, MOST_ADVICE);
}

function rankOf({ effort }: Pick<Change, 'effort'>): number {
  return efforts.indexOf(effort);
}

function weight({ buys }: Advice): number {
  return buys.reduce(
    (sum, { what, topics }) => sum + (what === 'lost' ? 10 : 1) * topics.length,
    0,
  );
}

/** Without those that buy no more than what a cheaper one buys. */
function worthwhile(ranked: readonly Advice[]): readonly Advice[] {
  return ranked.filter((each, index) => {
    const cheaper = ranked.slice(0, index).map(({ buys }) => new Set(buys.flatMap(keysOf)));
    return !cheaper.some(known => each.buys.flatMap(keysOf).every(key => known.has(key)));
  });
}

function keysOf({ failure, what, topics }: Difference): string[] {
  return topics.map(topic => JSON.stringify([failure, what, topic]));
}

/** What is lost or stops before and not after. */
function differences(before: ClusterAnswer, after: ClusterAnswer): readonly Difference[] {
  return wrongIn(before).flatMap(each => {
    const topics = each.topics.filter(topic => isMended(each, topic, after));
    return topics.length === 0 ? [] : [{ ...each, topics }];
  });
}

const CONTROLLERS = 'one controller';

function isMended({ failure, what }: Difference, topic: string, after: ClusterAnswer): boolean {
  if (failure === CONTROLLERS) return (after.controllersMayFail ?? 0) > 0;
  const cell = cellOf(after, topic, failure);
  return what === 'lost' ? isKept(cell) : cell?.stops === 'nothing';
}

/** What is lost or stops. */
function wrongIn({ classes, controllersMayFail }: ClusterAnswer): readonly Difference[] {
  const found = new Map<string, Difference>();
  const add = (failure: string, what: Difference['what'], topics: readonly string[]): void => {
    const key = JSON.stringify([failure, what]);
    const known = found.get(key)?.topics ?? [];
    found.set(key, { failure, what, topics: [...known, ...topics] });
  };
  for (const { topics, cells } of classes) {
    for (const cell of cells) {
      const { title, kind } = cell.failure;
      if (isLost(cell)) add(title, 'lost', topics);
      // What the others stop is that of a node, or there is no other way.
      const isOfNodes = ['node', 'zone', 'host'].includes(kind);
      if (isOfNodes && (cell.stops === 'writes' || cell.stops === 'everything')) {
        add(title, 'stops', topics);
      }
    }
  }
  if (controllersMayFail === 0) add(CONTROLLERS, 'stops', ['the metadata plane']);
  return [...found.values()];
}

function isLost({ lost }: ClassCell): boolean {
  return lost === 'acknowledged' || lost === 'read';
}

function isKept(cell: ClassCell | undefined): boolean {
  return cell !== undefined && ['nothing', 'kept before'].includes(cell.lost);
}

function cellOf({ classes }: ClusterAnswer, topic: string, title: string): ClassCell | undefined {
  const own = classes.find(({ topics }) => topics.includes(topic));
  return own?.cells.find(({ failure }) => failure.title === title);
}

/** Topics that can be used then, and could not be before. */
function usable(before: ClusterDescription, after: ClusterDescription): readonly Difference[] {
  const left = unusableIn(after).flatMap(({ topics }) => topics);
  return unusableIn(before).flatMap(each => {
    const topics = each.topics.filter(topic => !left.includes(topic));
    return topics.length === 0 ? [] : [{ ...each, topics }];
  });
}

function unusableIn({ topics, internalTopics }: ClusterDescription): readonly Difference[] {
  const all = [...topics, ...internalTopics].filter(each => each.unusable !== undefined);
  if (all.length === 0) return [];
  return [{ failure: 'as it is', what: 'unusable', topics: all.map(({ topic }) => topic) }];
}

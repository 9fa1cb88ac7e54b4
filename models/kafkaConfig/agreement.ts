import type { Setting } from './clusterDescription.ts';
import type { NodeSource } from './clusterSource.ts';
import { type FoundProperty, settingFrom, whereOf } from './foundProperty.ts';

/** A setting that every node has for itself, and how to choose when they differ. */
export interface NodeSetting<T> {
  readonly name: string;
  readonly read: (found: FoundProperty) => T;
  readonly fallback: Setting<T>;
  /** Whether the first value promises less than the second. */
  readonly isWeaker: (left: T, right: T) => boolean;
}

/** The value that holds for the cluster, and a warning if the nodes disagree. */
export interface Agreed<T> {
  readonly setting: Setting<T>;
  readonly warnings: readonly string[];
}

interface Candidate<T> {
  readonly setting: Setting<T>;
  readonly where: string;
}

/**
 * The weakest value that any of the nodes has. Which node's value counts depends on who leads or who
 * receives a request, so only the weakest one is safe to rely on.
 */
export function agreeOn<T>(nodes: readonly NodeSource[], wanted: NodeSetting<T>): Agreed<T> {
  const candidates = nodes.map(node => candidateOf(node, wanted));
  let weakest: Candidate<T> = candidates[0] ?? { setting: wanted.fallback, where: '' };
  for (const candidate of candidates.slice(1)) {
    const { setting } = candidate;
    const isWeaker = wanted.isWeaker(setting.value, weakest.setting.value);
    // Of two equal values, the one that somebody wrote down says more.
    const isBetterKnown =
      setting.value === weakest.setting.value && rank(setting) > rank(weakest.setting);
    if (isWeaker || isBetterKnown) weakest = candidate;
  }
  const other = candidates.find(candidate => candidate.setting.value !== weakest.setting.value);
  if (other === undefined) return { setting: weakest.setting, warnings: [] };
  const warning =
    `The nodes disagree about ${wanted.name}: ${shown(weakest)} and ${shown(other)}; ` +
    `the weaker value ${String(weakest.setting.value)} is taken.`;
  return { setting: weakest.setting, warnings: [warning] };
}

function candidateOf<T>(node: NodeSource, wanted: NodeSetting<T>): Candidate<T> {
  const found = node.properties.get(wanted.name);
  return found === undefined
    ? { setting: wanted.fallback, where: `${whereOf(node)} (not set)` }
    : { setting: settingFrom(found, wanted.read(found)), where: whereOf(found) };
}

function rank<T>(setting: Setting<T>): number {
  return setting.origin === 'file' ? 1 : 0;
}

function shown<T>(candidate: Candidate<T>): string {
  return `${String(candidate.setting.value)} at ${candidate.where}`;
}

/** What may fail together. */
export interface Outage {
  readonly brokers: number;
  readonly zones: number;
  readonly controllers: number;
}

const PART = /^(\d+)\s+(broker|node|zone|rack|controller)s?$/;

/** "1 broker + 1 zone" as numbers; undefined where it is something else. */
export function outageIn(text: string): Outage | undefined {
  const outage = { brokers: 0, zones: 0, controllers: 0 };
  for (const part of text.split(/\+|,|\band\b/)) {
    const [, number = '', what = ''] = PART.exec(part.trim()) ?? [];
    if (number === '') return undefined;
    if (what === 'zone' || what === 'rack') outage.zones += Number(number);
    else if (what === 'controller') outage.controllers += Number(number);
    else {
      outage.brokers += Number(number);
      // Of nodes it may be any: brokers, or controllers.
      if (what === 'node') outage.controllers += Number(number);
    }
  }
  return outage.brokers + outage.zones + outage.controllers > 0 ? outage : undefined;
}

/** What is asked of a cluster that is to be planned. */
export interface Wanted {
  readonly outage: Outage;
  /** Whether acks=all writes are to go on meanwhile. */
  readonly isWritable: boolean;
  /** Whether controllers are brokers as well. */
  readonly isCombined: boolean;
  /** So many zones there are; as many as are best if absent. */
  readonly zones: number | undefined;
}

/** A cluster by its numbers. */
export interface Layout {
  readonly zones: number;
  readonly brokers: number;
  readonly voters: number;
  readonly replicationFactor: number;
  readonly minInsyncReplicas: number;
  /** Replicas of a partition that the outage takes at worst. */
  readonly replicasLost: number;
  readonly votersLost: number;
}

/** More zones, copies and voters than these are not looked at. */
const MOST = { zones: 9, copies: 15, voters: 15 };

/**
 * The smallest clusters that survive an outage whose nodes lose their power together, one for each number of zones that
 * makes it smaller, the fewest zones first. Every acknowledged record is then on a replica that is left, for the
 * minimum is above what is lost; replicas and voters are spread over zones evenly, as `StripedReplicaPlacer` does.
 */
export function layoutsFor(wanted: Wanted): readonly Layout[] {
  const { outage } = wanted;
  const least = outage.zones + 1;
  const numbers =
    wanted.zones === undefined
      ? Array.from({ length: MOST.zones - least + 1 }, (_, index) => least + index)
      : [wanted.zones];
  const found: Layout[] = [];
  for (const zones of numbers) {
    const layout = smallest(wanted, zones);
    const isSmaller = found.every(
      other => layout !== undefined && sizeOf(layout, wanted) < sizeOf(other, wanted),
    );
    if (layout !== undefined && isSmaller) found.push(layout);
  }
  return found;
}

/** How many processes it has. */
export function sizeOf(
  { brokers, voters }: Layout,
  { isCombined }: Pick<Wanted, 'isCombined'>,
): number {
  return isCombined ? Math.max(brokers, voters) : brokers + voters;
}

function smallest({ outage, isWritable, isCombined }: Wanted, zones: number): Layout | undefined {
  if (outage.zones >= zones) return undefined;
  const copies = range(1, MOST.copies).find(factor => {
    const lost = lostOf(factor, zones, outage.zones, outage.brokers);
    return isWritable ? factor - lost >= lost + 1 : factor >= lost + 1;
  });
  const nodesLost = isCombined ? Math.max(outage.controllers, outage.brokers) : outage.controllers;
  const voters = range(1, MOST.voters).find(count => {
    const lost = lostOf(count, zones, outage.zones, nodesLost);
    return count - lost > count / 2;
  });
  if (copies === undefined || voters === undefined) return undefined;
  const replicasLost = lostOf(copies, zones, outage.zones, outage.brokers);
  return {
    zones,
    // A zone without a broker would be none: as many as there are, and one of each copy.
    brokers: Math.max(copies, zones, isCombined ? voters : 0),
    voters,
    replicationFactor: copies,
    minInsyncReplicas: replicasLost + 1,
    replicasLost,
    votersLost: lostOf(voters, zones, outage.zones, nodesLost),
  };
}

/** Of things that are spread over zones evenly, how many the fullest zones and so many more take. */
function lostOf(count: number, zones: number, zonesLost: number, more: number): number {
  const full = Math.floor(count / zones);
  const fuller = count % zones;
  const inZones = zonesLost * full + Math.min(zonesLost, fuller);
  return Math.min(count, inZones + more);
}

function range(least: number, most: number): readonly number[] {
  return Array.from({ length: most - least + 1 }, (_, index) => least + index);
}

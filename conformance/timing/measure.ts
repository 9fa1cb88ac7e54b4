import { type Cluster, pauseFor } from '../live/cluster.ts';
import type { Scene } from '../live/scene.ts';
import type { MeasuredFault } from './faults.ts';

/** How long everything that is awaited took after a kill, in milliseconds, by name. */
export type Failover = Readonly<Record<string, number>>;

const HALF_A_DAY = 12 * 60 * 60 * 1000;

/**
 * When a line was logged, in milliseconds since 1970: it begins with that, or before Kafka 4, whose log4j knows no such
 * format, with the time of the day, which is one near `around`.
 */
export function timeOf(line: string, around: number): number {
  const [milliseconds] = /^\d{13}/.exec(line) ?? [];
  if (milliseconds !== undefined) return Number(milliseconds);
  const [, hours, minutes, seconds, rest] = /^(\d\d):(\d\d):(\d\d)\.(\d{3})/.exec(line) ?? [];
  const day = new Date(around);
  const time = day.setHours(Number(hours), Number(minutes), Number(seconds), Number(rest));
  return time < around - HALF_A_DAY ? time + 2 * HALF_A_DAY : time;
}

/** Kills a node, and looks in the logs of the others for what comes of it; then it is started again. */
export async function measureFailover(
  scene: Scene,
  { awaited, victim }: MeasuredFault,
  random: () => number,
): Promise<Failover> {
  const { cluster } = scene;
  const all = cluster.shape.brokers.length;
  await scene.untilIsr(all, 120);
  const killed = await victim(scene);
  await scene.untilIsr(all, 120);
  // In any phase of heartbeats, of looking for sessions, and of the records of an idle quorum.
  await pauseFor(2000 + Math.floor(1000 * random()));
  const others = cluster.ids.filter(id => id !== killed);
  const before = new Map(others.map(id => [id, cluster.logged(id).length]));
  const at = Date.now();
  await cluster.kill(killed);
  const found: Record<string, number> = {};
  for (const { name, line } of awaited) {
    const logged = (): number | undefined => firstSince(cluster, before, line, at);
    found[name] = (await cluster.until(name, logged, 60)) - at;
  }
  await cluster.startAndWait(killed);
  return found;
}

/** When one of these nodes has first logged such a line since then. */
function firstSince(
  cluster: Cluster,
  before: ReadonlyMap<number, number>,
  line: RegExp,
  since: number,
): number | undefined {
  const times = [...before].flatMap(([id, length]) =>
    cluster
      .logged(id)
      .slice(Math.max(0, length - 1))
      .filter(each => line.test(each))
      .map(each => timeOf(each, since))
      .filter(time => time >= since),
  );
  return times.length === 0 ? undefined : Math.min(...times);
}

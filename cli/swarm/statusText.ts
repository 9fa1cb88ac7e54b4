import type { QueueStatus, SwarmStatus } from '../../application/swarm/queue/status.ts';
import { counted, grouped } from '../../checker/results/numbers.ts';
import { duration } from '../output/numbers.ts';

/** A line for each swarm of a queue, and one for its workers. */
export function statusText({ queue, workers, swarms }: QueueStatus): string[] {
  const connected = `queue ${queue}: ${counted(workers, 'worker')}`;
  if (swarms.length === 0) return [connected, 'no swarms'];
  return [connected, ...swarms.map(statusLine)];
}

/** How a swarm stands, in one line. */
export function statusLine(status: SwarmStatus): string {
  const { id, parts, steps, active, failure } = status;
  const left = timeLeft(status);
  return [
    `${id}: ${status.state}`,
    `${grouped(parts.done)} of ${counted(parts.of, 'job')}`,
    ...(active.length === 0 ? [] : [`${active.length} played now`]),
    counted(steps, 'step'),
    brokenText(status),
    ...(failure === null ? [] : [failure]),
    ...(left === undefined ? [] : [`about ${duration(left)} left`]),
  ].join(', ');
}

function brokenText({ broken, state }: SwarmStatus): string {
  if (broken.length === 0) return state === 'done' ? 'nothing broke' : 'nothing broke so far';
  return broken.map(({ property, seed }) => `${property} broken by seed ${seed}`).join(', ');
}

/** Seconds, as far as what is done tells; undefined where nothing is. */
function timeLeft({ state, parts, seconds }: SwarmStatus): number | undefined {
  if (state !== 'at work' || parts.done === 0) return undefined;
  return (seconds / parts.done) * (parts.of - parts.done);
}

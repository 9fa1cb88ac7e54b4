import type { QueueStatus, SwarmStatus } from '../../application/swarm/queue/status.ts';
import { counted, grouped } from '../../checker/results/numbers.ts';
import { duration } from '../output/numbers.ts';
import { xmlText } from '../reporters/escape.ts';
import { statusLine } from './statusText.ts';

const style = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1a1a1a; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-bottom: 0.25rem; }
progress { width: 100%; height: 1.2rem; }
table { border-collapse: collapse; } td, th { padding: 0.1rem 1rem 0.1rem 0; text-align: left; }
.broken { color: #a40000; }
@media (prefers-color-scheme: dark) { body { background: #161616; color: #e6e6e6; } .broken { color: #ff8a80; } }
`;

/** How the swarms of a queue stand, as a page in one file, which a browser reads again every five seconds. */
export function statusPage({ queue, workers, swarms }: QueueStatus): string {
  const title = `Swarms of ${queue}`;
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="5">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${xmlText(title)}</title><style>${style}</style></head><body>`,
    `<h1>${xmlText(title)}</h1>`,
    `<p>${counted(workers, 'worker')}</p>`,
    ...(swarms.length === 0 ? ['<p>No swarms.</p>'] : swarms.map(swarmSection)),
    '</body></html>',
    '',
  ].join('\n');
}

function swarmSection(status: SwarmStatus): string {
  const { id, parts, active, broken, seconds } = status;
  const rows = active.map(
    ({ worker, seeds, steps }) =>
      `<tr><td>${xmlText(worker)}</td><td>${grouped(seeds)}</td><td>${grouped(steps)}</td></tr>`,
  );
  const table = `<table><tr><th>worker</th><th>seeds</th><th>steps</th></tr>${rows.join('')}</table>`;
  return [
    `<section><h2>${xmlText(id)}</h2>`,
    `<progress value="${parts.done}" max="${parts.of}" aria-label="jobs that are over"></progress>`,
    `<p>${xmlText(statusLine(status))}; ${duration(seconds)}</p>`,
    ...broken.map(
      ({ property, seed, clause }) =>
        `<p class="broken">${xmlText(`${property}, seed ${seed}: ${clause}`)}</p>`,
    ),
    ...(rows.length === 0 ? [] : [table]),
    '</section>',
  ].join('\n');
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../tools/build/bundle.mjs';
import { record } from './record.ts';

/*
 * A swarm of three worker processes, two of which are killed on the way, beside the same seeds in one process: the two
 * documents must be equal. npm run bench:swarm -- --seeds <n> --runs <n> --max-steps <n> --model <name>
 * --record <name>. Needs a redis-server, which is started for it alone.
 */
const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'replication' },
    seeds: { type: 'string', default: '12' },
    runs: { type: 'string', default: '200' },
    'max-steps': { type: 'string', default: '200' },
    record: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'highwater-swarm-'));
const redis = join(folder, 'redis.sock');
const program = join(root, 'cli/highwater.mjs');
const extent = ['--seeds', `1-${values.seeds}`, '--runs', values.runs];
const scope = [values.model, ...extent, '--max-steps', values['max-steps'], '--keep-going'];
/** Milliseconds without a word after which a worker counts as dead, and between two looks at the status. */
const STALLED = 5000;
const LOOK_EVERY = 500;

const server = spawn('redis-server', [
  '--port',
  '0',
  '--unixsocket',
  redis,
  '--save',
  '',
  '--dir',
  folder,
]);
// It says what it does until it is ready.
await once(server.stdout, 'data');
try {
  const swarm = await played();
  const start = performance.now();
  const alone = documentOf(['swarm', 'run', ...scope]);
  const secondsAlone = (performance.now() - start) / 1000;
  const [result, expected] = [swarm.document, alone].map(({ command: _, ...rest }) => rest);
  if (JSON.stringify(result) !== JSON.stringify(expected)) throw new Error('the results differ');
  const { steps, runs, verdict, chain } = alone;
  const seconds = { swarm: swarm.seconds, alone: secondsAlone };
  const figures = { scope, workers: 3, killed: swarm.killed, steps, runs, verdict, chain, seconds };
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  record(figures);
} finally {
  server.kill();
  await once(server, 'exit');
  rmSync(folder, { recursive: true });
}

/** Plays the swarm: one worker is killed when a third of the jobs are done, one when two thirds are. */
async function played() {
  const { id, parts } = documentOf(['swarm', 'submit', ...scope, '--redis', redis]);
  const start = performance.now();
  const workers = Array.from({ length: 3 }, () => startWorker(id));
  const killed: { readonly afterJobs: number }[] = [];
  for (let done = 0; done < parts; await new Promise(next => setTimeout(next, LOOK_EVERY))) {
    done = documentOf(['swarm', 'status', id, '--redis', redis]).swarms[0].parts.done;
    if (killed.length === 2 || done < (parts * (killed.length + 1)) / 3 || done === parts) continue;
    workers.shift()?.kill('SIGKILL');
    killed.push({ afterJobs: done });
  }
  const document = documentOf(['swarm', 'result', id, '--wait', '--redis', redis]);
  await Promise.all(workers.map(worker => worker.exitCode ?? once(worker, 'exit')));
  if (killed.length < 2) throw new Error('the swarm was over before two workers were killed');
  return { document, killed, seconds: (performance.now() - start) / 1000 };
}

function startWorker(id: string): ChildProcess {
  const how = ['--redis', redis, '--stalled-after', `${STALLED}ms`, '--quiet'];
  return spawn(process.execPath, [program, 'swarm', 'work', id, ...how], { stdio: 'inherit' });
}

/** The JSON document that a command prints, whatever its verdict is. */
function documentOf(argv: readonly string[]) {
  const options = { encoding: 'utf8', maxBuffer: 2 ** 28 } as const;
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...argv, '--json'], options);
  if (stdout === '') throw new Error(`${argv.join(' ')}: ${stderr}`);
  return JSON.parse(stdout);
}

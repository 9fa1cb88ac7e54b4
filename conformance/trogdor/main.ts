import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FaultScript } from '../../application/faultScript/faultScript.ts';
import { writeTrogdor } from '../../application/faultScript/trogdor.ts';
import { compileDriver, KafkaUnavailable, kafkaJars, trogdorJars } from '../kafka/jars.ts';

/*
 * Kafka's own agent runs a spec that was written from a script: a process is stopped for two seconds, and goes on.
 * `npm run conformance:trogdor`.
 */

/** What jcmd lists the process under; no other is meant. */
const NAME = 'HighwaterSleeper';
const NODE = 'broker-1';
const script: FaultScript = {
  brokers: 1,
  steps: [
    { do: 'pause', broker: 1, atMs: 0 },
    { do: 'resume', broker: 1, atMs: 2000 },
  ],
};

/** One letter: `T` is stopped. */
function stateOf(process: ChildProcess): string {
  const stat = readFileSync(`/proc/${process.pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
}

async function main(): Promise<number> {
  const [agentJars, kafka] = [trogdorJars(), kafkaJars('4.3.1')];
  const source = fileURLToPath(new URL(`./${NAME}.java`, import.meta.url));
  const classes = compileDriver(kafka, [source]);
  const folder = mkdtempSync(join(tmpdir(), 'highwater-trogdor-'));
  const sleeper = spawn('java', ['-Xmx32m', '-cp', classes, NAME], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    await new Promise(resolve => sleeper.stdout.once('data', resolve));
    return await runAgent(agentJars, folder, sleeper);
  } finally {
    sleeper.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
}

async function runAgent(jars: string, folder: string, sleeper: ChildProcess): Promise<number> {
  const [spec] = writeTrogdor(script).specs;
  writeFileSync(join(folder, 'spec.json'), JSON.stringify({ ...spec, javaProcessName: NAME }));
  writeFileSync(join(folder, 'trogdor.json'), JSON.stringify(config));
  const args = [
    '-c',
    join(folder, 'trogdor.json'),
    '-n',
    NODE,
    '--exec',
    join(folder, 'spec.json'),
  ];
  const agent = spawn('java', [
    '-Xmx64m',
    '-cp',
    jars,
    'org.apache.kafka.trogdor.agent.Agent',
    ...args,
  ]);
  let printed = '';
  for (const stream of [agent.stdout, agent.stderr]) stream.on('data', data => (printed += data));
  const states = new Set<string>();
  const watch = setInterval(() => states.add(stateOf(sleeper)), 50);
  const code = await new Promise(resolve => agent.once('exit', resolve));
  clearInterval(watch);
  const after = stateOf(sleeper);
  const isDone = code === 0 && states.has('T') && after !== 'T' && /Task succeeded/.test(printed);
  process.stdout.write(
    isDone
      ? 'the agent of Trogdor 4.3.1 has run the spec: the process stood still, and goes on\n'
      : `the agent ended with ${code}; states seen: ${[...states].join()}, at the end ${after}\n${printed}\n`,
  );
  return isDone ? 0 : 1;
}

const config = {
  platform: 'org.apache.kafka.trogdor.basic.BasicPlatform',
  nodes: {
    [NODE]: {
      hostname: 'localhost',
      'trogdor.agent.port': 8888,
      'trogdor.coordinator.port': 8889,
    },
  },
};

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof KafkaUnavailable)) throw error;
  process.stderr.write(`Trogdor cannot be run here: ${error.message}\n`);
  process.exitCode = 1;
}

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from './measured.ts';
import { cache, programs } from './peers.ts';

/** Something that plays two-phase commit with eight managers at random, and looks at the property at each step. */
export interface Player {
  readonly name: string;
  readonly command: Command;
  /** Steps that were taken. */
  readonly read: (output: string) => number;
}

/** The longest run, in steps. */
const LONGEST = 100;
/** Runs of each that take some seconds. */
const RUNS = { highwater: 40_000, commands: 1500, quint: 200 };

/** This engine, `fc.commands` and Quint's simulator. */
export async function allPlayers(): Promise<readonly Player[]> {
  const [engine, commands] = await programs();
  const node = process.execPath;
  const quint = join(cache, 'quint/node_modules/.bin/quint');
  const source = join(import.meta.dirname, 'quint/twoPhase.qnt');
  const samples = ['--max-samples', String(RUNS.quint), '--max-steps', String(LONGEST)];
  const how = ['--backend', 'typescript', '--seed', '1', '--invariant', 'consistent'];
  return [
    {
      name: 'Highwater, simulate',
      command: {
        argv: [node, fileURLToPath(engine), 'two-phase', '8', 'simulate', ...runsOf('highwater')],
      },
      read: readSteps,
    },
    {
      name: 'fast-check, fc.commands',
      command: { argv: [node, fileURLToPath(commands), '8', ...runsOf('commands')] },
      read: readSteps,
    },
    {
      name: 'Quint, TypeScript backend',
      command: { argv: [quint, 'run', ...how, ...samples, source] },
      read: readQuint,
    },
  ];
}

function runsOf(name: keyof typeof RUNS): readonly [string, string] {
  return [String(RUNS[name]), String(LONGEST)];
}

/** What our own programs print. */
function readSteps(output: string): number {
  // Of highwater.ts and commands.ts alone.
  const { steps, broken } = JSON.parse(output) as { steps: number; broken: readonly string[] };
  if (broken.length > 0) throw new Error(`broken: ${broken.join(', ')}`);
  return steps;
}

/** Quint prints how long its traces were, in states. */
function readQuint(output: string): number {
  const states = /average=([\d.]+)/.exec(output)?.[1];
  if (states === undefined || !output.includes('No violation found')) {
    throw new Error(`Quint did not end well: ${output.slice(-2000)}`);
  }
  return Math.round((Number(states) - 1) * RUNS.quint);
}

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { built } from '../../tools/build/built.mjs';
import { root } from '../../tools/build/bundle.mjs';
import type { Outcome, Peer } from './peer.ts';
import { spinPeer } from './spin.ts';

/** Where `install.sh` puts what it builds. */
export const cache: string = join(root, 'node_modules/.cache/peers');

/** This engine as it is published, with so many workers. */
async function highwater(workers: number): Promise<Peer> {
  const [program] = await programs();
  return {
    name: workers === 1 ? 'Highwater' : `Highwater, ${workers} workers`,
    does: () => true,
    prepare({ model, scope, symmetry }) {
      const path = fileURLToPath(program);
      const how = ['explore', symmetry ? 'on' : 'off', String(workers)];
      return { argv: [process.execPath, path, model, scope.join(','), ...how] };
    },
    read: readJson,
  };
}

/** The programs of this folder as they would be published: no loader rewrites them while they are measured. */
export async function programs(): Promise<readonly [highwater: string, commands: string]> {
  const [engine = '', , , commands = ''] = await built([
    'bench/peers/highwater.ts',
    'bench/peers/specify.ts',
    'parallel/worker.ts',
    'bench/peers/commands.ts',
  ]);
  return [engine, commands];
}

function stateright(form: 'natural' | 'packed'): Peer {
  const path = join(cache, 'stateright/release/stateright-peer');
  return {
    name: form === 'natural' ? 'Stateright, as one writes it' : 'Stateright, packed bytes',
    does: () => true,
    prepare: ({ model, scope, symmetry }) => ({
      argv: [path, model, form, scope.join(','), symmetry ? 'on' : 'off'],
    }),
    read: readJson,
  };
}

/** What our own programs print. */
function readJson(output: string): Outcome {
  // Of highwater.ts and of stateright/src/main.rs alone.
  const { distinct, generated, broken } = JSON.parse(output) as {
    readonly distinct: number;
    readonly generated: number;
    readonly broken: readonly string[];
  };
  return { distinct, generated, broken: broken.length > 0 };
}

/** Every peer that is there without being given anything. */
export async function allPeers(): Promise<readonly Peer[]> {
  return [
    await highwater(1),
    await highwater(2),
    stateright('natural'),
    stateright('packed'),
    spinPeer('depth first', cache),
    spinPeer('breadth first', cache),
  ];
}

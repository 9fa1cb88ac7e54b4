import { mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Peer } from './peer.ts';
import type { Subject } from './work.ts';

/** What TLC is run with. */
export interface TlcOptions {
  /** The path of tla2tools.jar. */
  readonly jar: string;
  /**
   * Folders with the published modules: TwoPhase.tla and TCommit.tla of tlaplus/Examples
   * (specifications/transaction_commit), and hachikuji/kafka-specification.
   */
  readonly modules: readonly string[];
}

/** TLC with one worker on the published modules themselves. */
export function tlcPeer({ jar, modules }: TlcOptions): Peer {
  return {
    name: 'TLC',
    does: () => true,
    prepare(search) {
      const folder = mkdtempSync(join(tmpdir(), 'highwater-tlc-'));
      for (const from of modules) {
        for (const file of readdirSync(from).filter(each => each.endsWith('.tla'))) {
          symlinkSync(resolve(from, file), join(folder, file));
        }
      }
      const { module, constants, configuration } = textsOf(search);
      const all = `${configuration}${search.symmetry ? 'SYMMETRY Renamed\n' : ''}${constants}`;
      writeFileSync(join(folder, 'Peer.tla'), module);
      writeFileSync(join(folder, 'Peer.cfg'), all);
      const java = ['java', '-XX:+UseParallelGC', '-cp', resolve(jar), 'tlc2.TLC'];
      return { argv: [...java, '-workers', '1', '-deadlock', 'Peer'], folder };
    },
    read(output) {
      const found = /(\d+) states generated, (\d+) distinct states found, 0 states left/.exec(
        output,
      );
      if (found === null) throw new Error(`TLC did not end: ${output.slice(-2000)}`);
      const [generated = 0, distinct = 0] = found.slice(1).map(Number);
      return { distinct, generated, broken: !output.includes('No error has been found') };
    },
  };
}

function textsOf({ model, scope }: Subject) {
  const nodes = Array.from({ length: scope[0] ?? 0 }, (_, index) => `n${index + 1}`);
  const set = `{${nodes.join(', ')}}`;
  const values = nodes.map(node => `${node} = ${node}\n`).join('');
  if (model === 'two-phase') {
    return {
      module: moduleText('TwoPhase', 'RM', 'Consistent == TC!TCConsistent'),
      configuration: 'INIT TPInit\nNEXT TPNext\nINVARIANT Consistent\n',
      constants: `CONSTANTS\nRM = ${set}\n${values}`,
    };
  }
  const [, logSize, records, lastEpoch] = scope;
  const sizes = `LogSize = ${logSize}\nMaxRecords = ${records}\nMaxLeaderEpoch = ${lastEpoch}\n`;
  return {
    module: moduleText('Kip320', 'Replicas', ''),
    configuration: 'INIT Init\nNEXT Next\nINVARIANTS WeakIsr StrongIsr\n',
    constants: `CONSTANTS\nReplicas = ${set}\n${sizes}${values}`,
  };
}

function moduleText(published: string, nodes: string, more: string): string {
  const lines = [`EXTENDS ${published}, TLC`, `Renamed == Permutations(${nodes})`, more];
  return ['---- MODULE Peer ----', ...lines, '====', ''].join('\n');
}

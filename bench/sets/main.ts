import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { exploreExhaustively } from '../../checker/exhaustive/exhaustive.ts';
import { paxos } from '../../examples/models/paxos/paxos.ts';
import { record } from '../record.ts';
import { paxosOfFlags } from './flags.ts';

/*
 * What a set of records costs beside a flag for each message: Paxos with three acceptors, two values and three ballots,
 * each in a process of its own, in turns; the least CPU seconds of three times.
 */
const forms = { set: paxos, flags: paxosOfFlags } as const;
type Form = keyof typeof forms;
const TIMES = 3;

interface Figures {
  readonly distinct: number;
  readonly generated: number;
  readonly cpuSeconds: number;
}

async function once(form: Form, symmetry: boolean): Promise<Figures> {
  const { model, properties } = forms[form]({ values: 2, ballots: 3 });
  const before = process.cpuUsage();
  const result = await exploreExhaustively(model, properties, { symmetry });
  const { user, system } = process.cpuUsage(before);
  const { distinctStates: distinct, generatedStates: generated } = result;
  return { distinct, generated, cpuSeconds: (user + system) / 1e6 };
}

function inProcess(form: Form, symmetry: boolean): Figures {
  const own = [...process.execArgv, fileURLToPath(import.meta.url), '--once', form];
  const text = execFileSync(process.execPath, [...own, String(symmetry)], { encoding: 'utf8' });
  return JSON.parse(text);
}

const [, , mode, form, symmetry] = process.argv;
if (mode === '--once' && (form === 'set' || form === 'flags')) {
  process.stdout.write(JSON.stringify(await once(form, symmetry === 'true')));
} else {
  const rows = [false, true].map(symmetry => {
    const turns = Array.from({ length: TIMES }, () => ({
      set: inProcess('set', symmetry),
      flags: inProcess('flags', symmetry),
    }));
    const least = (form: Form): number => Math.min(...turns.map(turn => turn[form].cpuSeconds));
    const [first] = turns;
    const counts = [first?.set, first?.flags].map(one => [one?.distinct, one?.generated].join());
    if (counts[0] !== counts[1]) throw new Error(`they differ: ${counts.join(' and ')}`);
    const [set, flags] = [least('set'), least('flags')];
    const [distinct, generated] = [first?.set.distinct, first?.set.generated];
    return { symmetry, distinct, generated, set, flags, ratio: Number((set / flags).toFixed(2)) };
  });
  for (const row of rows) process.stdout.write(`${JSON.stringify(row)}\n`);
  record({ times: TIMES, unit: 'CPU seconds', rows });
}

import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { type FaultScript, stepWords } from '../../application/faultScript/faultScript.ts';
import { scopeOfScript } from '../../application/faultScript/scopeOfScript.ts';
import { scriptOfTrace } from '../../application/faultScript/scriptOfTrace.ts';
import { readTrogdor, writeTrogdor } from '../../application/faultScript/trogdor.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import { readTrace } from '../../checker/trace/readTrace.ts';
import { addOutputOptions, type OutputOptions } from '../options/common.ts';
import type { CommandIo } from '../output/io.ts';
import { printJson } from '../output/printJson.ts';

const help = `
Of a trace of replication it prints the specs of Trogdor, Kafka's framework for faults and load, that do
the same: ProcessStopFaultSpec, NetworkPartitionFaultSpec, ProduceBenchSpec, ConsumeBenchSpec. What
Trogdor has nothing for (it kills no process and loses no disk) is named on the standard error.

Of such specs, one or a list of them, it prints the steps in their order, and the scope of replication
in which all of them may happen. highwater live --trogdor plays them on a real cluster.

Exit codes: 0; 2 the file cannot be read, or a real cluster cannot be made to do what the trace tells.`;

/** Adds `trogdor`. */
export function addTrogdorCommand(program: Command, io: CommandIo): void {
  const command = program
    .command('trogdor')
    .summary('read and write specs of Trogdor')
    .description('write a trace as specs of Trogdor, or read such specs as a script of faults')
    .argument('<file>', 'a trace, or specs');
  addOutputOptions(command);
  command.addHelpText('after', help);
  command.action((file: string, { json }: OutputOptions) => {
    const text = textOf(file);
    if (/"format"\s*:\s*"highwater-trace"/.test(text)) writeSpecs(scriptIn(file, text), io);
    else tellSpecs(readTrogdor(file, text), json === true, io);
  });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`${file}: cannot be read`);
  }
}

function scriptIn(file: string, text: string): FaultScript {
  const script = scriptOfTrace(readTrace(file, text));
  if ('steps' in script) return script;
  const where = script.step === 0 ? '' : `step ${script.step}: `;
  throw new UsageError(`${file}: cannot be steered: ${where}${script.problem}`);
}

function writeSpecs(script: FaultScript, { stdout, stderr }: CommandIo): void {
  const { specs, left } = writeTrogdor(script);
  stdout.write(`${JSON.stringify(specs, null, 2)}\n`);
  for (const step of left) stderr.write(`left out: Trogdor does not ${stepWords(step)}\n`);
}

/** What the JSON document says of specs: their steps, and a scope in which these may happen. */
export type TrogdorJson = FaultScript & ReturnType<typeof scopeOfScript>;

function tellSpecs(script: FaultScript, json: boolean, { stdout }: CommandIo): void {
  const { settings, bounds } = scopeOfScript(script);
  if (json) {
    const content: TrogdorJson = { ...script, settings, bounds };
    printJson(stdout, 'trogdor', content);
    return;
  }
  for (const step of script.steps) {
    stdout.write(`${String(step.atMs ?? 0).padStart(8)} ms  ${stepWords(step)}\n`);
  }
  const options = [
    ...Object.entries(settings).map(([name, value]) => `--set ${name}=${value}`),
    ...Object.entries(bounds).map(([name, value]) => `--bound ${name}=${value}`),
  ];
  stdout.write(`\nhighwater explore replication ${options.join(' ')}\n`);
}

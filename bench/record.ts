import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Says what the machine is, and keeps figures as the command line asks for it: `--json`, `--record <name>`. */
export function record(figures: Readonly<Record<string, unknown>>): void {
  const machine = `${cpus()[0]?.model ?? 'unknown'} x ${cpus().length}, Node ${process.version}`;
  const text = `${JSON.stringify({ machine, ...figures }, null, 2)}\n`;
  process.stdout.write(process.argv.includes('--json') ? text : `${machine}\n`);
  const name = recordName();
  if (name === undefined) return;
  writeFileSync(fileURLToPath(new URL(`./results/${name}.json`, import.meta.url)), text);
}

/** The name that `--record <name>` gives, if it is there. */
function recordName(): string | undefined {
  const at = process.argv.indexOf('--record');
  const name = at < 0 ? undefined : process.argv[at + 1];
  return name !== undefined && /^[\w.-]+$/.test(name) ? name : undefined;
}

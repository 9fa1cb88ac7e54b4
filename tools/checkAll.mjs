import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/*
 * Runs every check of this repository, whatever comes of those before it. The last line counts them; the
 * exit code is not 0 if any of them failed.
 */
const root = fileURLToPath(new URL('../', import.meta.url));
const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
/** What is generated, or formatted, must be as it would be made now. */
const drift = Object.keys(scripts).filter(name => name.endsWith(':check'));
const steps = ['typecheck', 'lint', ...drift, 'test', 'check:short', 'conformance:short'];

/** @type {string[]} */
const failed = [];
for (const name of steps) {
  process.stdout.write(`\n=== ${name}: ${scripts[name]}\n`);
  const { status } = spawnSync('npm', ['run', '--silent', name], { cwd: root, stdio: 'inherit' });
  if (status !== 0) failed.push(name);
  process.stdout.write(`--- ${name}: ${status === 0 ? 'ok' : 'FAILED'}\n`);
}
if (failed.length > 0) process.stdout.write(`\nfailed: ${failed.join(', ')}`);
process.stdout.write(`\n${steps.length - failed.length} passed, ${failed.length} failed\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

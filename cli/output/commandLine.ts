import { isCheckout } from '../../application/packageRoot.ts';

/** How the command is called. */
const PROGRAM = isCheckout ? 'npm run -s highwater --' : 'npx highwater';

/** A command to copy, quoted for a POSIX shell. */
export function commandLine(argv: readonly string[]): string {
  return [PROGRAM, ...argv.map(quoted)].join(' ');
}

function quoted(argument: string): string {
  if (/^[A-Za-z0-9_./:=,@%+-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", "'\\''")}'`;
}

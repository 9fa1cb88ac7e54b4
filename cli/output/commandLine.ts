/** How the command is called from a checkout. */
const PROGRAM = 'npm run -s highwater --';

/** A command to copy, quoted for a POSIX shell. */
export function commandLine(argv: readonly string[]): string {
  return [PROGRAM, ...argv.map(quoted)].join(' ');
}

function quoted(argument: string): string {
  if (/^[A-Za-z0-9_./:=,@%+-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", "'\\''")}'`;
}

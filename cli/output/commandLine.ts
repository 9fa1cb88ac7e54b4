import { isCheckout } from '../../application/packageRoot.ts';

/** How the command is called. */
const PROGRAM = isCheckout ? 'npm run -s highwater --' : 'npx highwater';

/** A command to copy, quoted for a POSIX shell. */
export function commandLine(argv: readonly string[]): string {
  return [PROGRAM, ...argv.map(quoted)].join(' ');
}

/**
 * A command to copy that reads the same configuration file as the one with these arguments, which named it.
 *
 * @param argv - The arguments of the command that was run.
 */
export function nextCommandLine(argv: readonly string[], next: readonly string[]): string {
  return commandLine([...next, ...configIn(argv)]);
}

function configIn(argv: readonly string[]): string[] {
  const at = argv.findLastIndex(
    argument => argument === '--config' || argument.startsWith('--config='),
  );
  return at < 0 ? [] : argv.slice(at, argv[at] === '--config' ? at + 2 : at + 1);
}

function quoted(argument: string): string {
  if (/^[A-Za-z0-9_./:=,@%+-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", "'\\''")}'`;
}

import { ConfigError } from './configError.ts';

/** One file as the operator wrote it: a name to quote in messages, and its text. */
export interface ConfigFile {
  readonly name: string;
  readonly text: string;
}

/** Finds a file that one of the given ones names; undefined where there is none. */
export type FindFile = (path: string) => ConfigFile | undefined;

/** Longest file that is read, in UTF-16 units; real descriptions are a hundred times smaller. */
export const LONGEST_FILE = 256 * 1024;

/** Most files that one cluster may be described by. */
export const MOST_FILES = 100;

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The file's text without a byte order mark.
 *
 * @throws ConfigError if the file is empty, larger than {@link LONGEST_FILE}, or not text.
 */
export function checkedText(file: ConfigFile): string {
  const text = file.text.startsWith(BYTE_ORDER_MARK) ? file.text.slice(1) : file.text;
  if (text.length > LONGEST_FILE) {
    throw new ConfigError({
      file: file.name,
      place: '',
      expected: `at most ${LONGEST_FILE} characters (${LONGEST_FILE / 1024} KiB)`,
      found: `${text.length} characters`,
    });
  }
  if (text.trim() === '') {
    throw new ConfigError({
      file: file.name,
      place: '',
      expected: 'a docker-compose file, a server.properties file or Strimzi resources',
      found: 'an empty file',
    });
  }
  refuseBinary(file.name, text);
  return text;
}

function refuseBinary(name: string, text: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const at = text.search(/[\u0000-\u0008\u000e-\u001f\u007f]/);
  if (at < 0) return;
  const line = text.slice(0, at).split('\n').length;
  const code = text.charCodeAt(at).toString(16).padStart(4, '0');
  throw new ConfigError({
    file: name,
    place: `line ${line}`,
    expected: 'text',
    found: `the control character U+${code.toUpperCase()} (a binary file?)`,
  });
}

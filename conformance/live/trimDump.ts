/** What of a record is about hosts, software and disks, and of no use to anybody else. */
const local = new Set(['endPoints', 'features', 'listeners', 'logDirs', 'directories', 'rack']);

/**
 * A dump of the metadata log with what `validate` reads of it: batches, offsets and payloads, without host names,
 * directories and supported features. Control records of the quorum keep their place and lose their content.
 */
export function trimDump(dump: string): string {
  const lines = dump.split('\n').flatMap(line => {
    const batch = /^baseOffset: \d+ lastOffset: \d+ count: \d+ /.exec(line)?.[0];
    if (batch !== undefined) return [batch];
    const [, offset, rest = ''] = /^\| offset: (\d+) (.*)$/.exec(line) ?? [];
    if (offset === undefined) return line.startsWith('Log starting') ? [line] : [];
    const json = /payload: (\{.*\})$/.exec(rest)?.[1];
    const control = /\b(?:LeaderChange|KRaft\w+|Snapshot\w+|controlType)\b/.exec(rest)?.[0];
    return [
      `| offset: ${offset} ${json === undefined ? `${control}: {}` : `payload: ${payload(json)}`}`,
    ];
  });
  return `${lines.join('\n')}\n`;
}

function payload(json: string): string {
  return JSON.stringify(JSON.parse(json, (key, value) => (local.has(key) ? undefined : value)));
}

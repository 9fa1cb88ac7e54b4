import { messageIn } from '../../models/kafkaLog/nodes/messages.ts';

/** Lists of hosts, directories and software that a record prints of itself. */
const local = new RegExp(
  [
    ', (?:endPoints|listeners|features|supportedFeatures|logDirs|cordonedLogDirs|\\w*[dD]irectories)',
    '=(?:\\[[^\\]]*\\]|\\{[^}]*\\}|null)',
  ].join(''),
  'g',
);

/** What is behind the offset of an image. */
const clocks = /(Provenance\W\w*[oO]ffset=\d+), .*\]/;

/**
 * Of what a node has logged the lines that `validate` reads, from the name of who says it on, without hosts,
 * directories and clocks.
 */
export function trimNodeLog(lines: readonly string[]): string {
  const kept = lines
    .filter(line => messageIn(line) !== undefined)
    .map(line =>
      trimRole(
        line
          .slice(line.search(/\[[A-Z]\w+ /))
          .replace(local, '')
          .replace(clocks, '$1]'),
      ),
    );
  return `${kept.join('\n')}\n`;
}

/** Of a role the name, the epoch and the leader. */
function trimRole(line: string): string {
  const [, head, now = '', before] =
    /^(.*Completed transition to \w+)\((.*) from (null$|\w+\()/.exec(line) ?? [];
  if (head === undefined) return line;
  const said = [/\bepoch=\d+/, /\bleader(?:Id)?=(?:OptionalInt\[\d+|\d+)/].flatMap(
    each => each.exec(now)?.[0] ?? [],
  );
  return `${head}(${said.join(', ')}) from ${before}`;
}

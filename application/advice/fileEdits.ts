import type { ConfigFile } from '../../models/kafkaConfig/configFile.ts';
import type { WantedProperty } from './change.ts';

/** One line of a file that is replaced, or one that is added after it. */
export interface LineEdit {
  readonly file: string;
  /** Counted from 1, in the file as it is; the new line is after it where nothing is replaced. */
  readonly line: number;
  readonly before: string | undefined;
  readonly after: string;
}

/** Lines that set these properties, in every file that describes nodes whose value counts. */
export function editsFor(
  files: readonly ConfigFile[],
  wanted: readonly WantedProperty[],
): readonly LineEdit[] {
  return files.flatMap(({ name, text }) => {
    const lines = text.split(/\r?\n/);
    const edits = wanted.flatMap(each => editsIn(lines, each));
    return edits.map(edit => ({ file: name, ...edit }));
  });
}

/** The files with these edits made. */
export function edited(
  files: readonly ConfigFile[],
  edits: readonly LineEdit[],
): readonly ConfigFile[] {
  return files.map(({ name, text }) => {
    const own = edits.filter(({ file }) => file === name);
    if (own.length === 0) return { name, text };
    const lines = text.split('\n').flatMap((line, index) => {
      const here = own.filter(edit => edit.line === index + 1);
      const replacing = here.find(({ before }) => before !== undefined);
      const end = line.endsWith('\r') ? '\r' : '';
      const added = here.filter(({ before }) => before === undefined);
      const kept = replacing === undefined ? line : `${replacing.after}${end}`;
      return [kept, ...added.map(({ after }) => `${after}${end}`)];
    });
    return { name, text: lines.join('\n') };
  });
}

type Edit = Omit<LineEdit, 'file'>;

function editsIn(lines: readonly string[], wanted: WantedProperty): readonly Edit[] {
  if (typeof wanted.of !== 'string') return topicEdits(lines, wanted, wanted.of.topic);
  if (isOfYaml(lines)) {
    return lines.some(line => /^kind:\s*["']?Kafka\b/.test(line))
      ? mapEdits(lines, wanted)
      : composeEdits(lines, wanted);
  }
  return propertyEdits(lines, wanted);
}

function isOfYaml(lines: readonly string[]): boolean {
  return lines.some(line => /^(services|kind|x-[\w.-]+):/.test(line));
}

/** A properties file: the last line that has it, else one more at the end. */
function propertyEdits(
  lines: readonly string[],
  { property, value, of }: WantedProperty,
): readonly Edit[] {
  const roles = lines.findLast(line => /^\s*process\.roles\s*[=:]/.test(line));
  const isMeant =
    roles === undefined
      ? lines.some(line => /^\s*(broker\.id|zookeeper\.connect)\s*[=:]/.test(line))
      : roles.includes(of === 'brokers' ? 'broker' : 'controller');
  if (!isMeant) return [];
  const has = new RegExp(`^\\s*${escaped(property)}\\s*[=:]`);
  const at = lines.findLastIndex(line => has.test(line));
  const after = `${property}=${value}`;
  if (at >= 0) return [{ line: at + 1, before: lines[at], after }];
  const last = lines.findLastIndex(line => line.trim() !== '');
  return [{ line: last + 1, before: undefined, after }];
}

const VARIABLE = /^(\s*)(-\s*)?(["']?)(KAFKA_(?:CFG_)?[A-Z0-9_]+)(\s*[:=]\s*)/;
/** What a service of a node sets, and a shared block of settings as well. */
const SIBLINGS = [
  ...['PROCESS_ROLES', 'NODE_ID', 'BROKER_ID', 'ZOOKEEPER_CONNECT', 'ADVERTISED_LISTENERS'],
  ...['CONTROLLER_QUORUM_VOTERS', 'CONTROLLER_QUORUM_BOOTSTRAP_SERVERS'],
];

/** The variables of a compose file: every line that has it, and one more in every environment that has not. */
function composeEdits(
  lines: readonly string[],
  { property, value }: WantedProperty,
): readonly Edit[] {
  const upper = property.toUpperCase().replaceAll('.', '_').replaceAll('-', '___');
  const blocks = blocksOf(lines);
  return blocks.flatMap((block): Edit[] => {
    const variables = block.flatMap(index => {
      const [, indent = '', dash = '', quote = '', name = '', sign = ''] =
        VARIABLE.exec(lines[index] ?? '') ?? [];
      return [{ index, indent, dash, quote, name, sign }];
    });
    const own = variables.filter(({ name }) => name.replace(/^KAFKA_(CFG_)?/, '') === upper);
    const like = variables.find(({ name }) =>
      SIBLINGS.includes(name.replace(/^KAFKA_(CFG_)?/, '')),
    );
    const textOf = (
      { indent, dash, quote, sign }: (typeof variables)[number],
      name: string,
    ): string => `${indent}${dash}${quote}${name}${sign}${value}${dash === '' ? '' : quote}`;
    if (own.length > 0) {
      return own.map(each => ({
        line: each.index + 1,
        before: lines[each.index],
        after: textOf(each, each.name),
      }));
    }
    if (like === undefined) return [];
    const prefix = like.name.startsWith('KAFKA_CFG_') ? 'KAFKA_CFG_' : 'KAFKA_';
    return [{ line: like.index + 1, before: undefined, after: textOf(like, `${prefix}${upper}`) }];
  });
}

/** The lines of variables of Kafka that stand together under one key, by their numbers from 0. */
function blocksOf(lines: readonly string[]): readonly (readonly number[])[] {
  const blocks: number[][] = [];
  let indent: number | undefined;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || /^\s*#/.test(line)) continue;
    const own = VARIABLE.exec(line)?.[1]?.length;
    const depth = /^\s*/.exec(line)?.[0].length ?? 0;
    if (own !== undefined && own === indent) blocks.at(-1)?.push(index);
    else if (own !== undefined) {
      blocks.push([index]);
      indent = own;
    } else if (indent !== undefined && depth < indent) indent = undefined;
  }
  return blocks;
}

/** The `config` of a Strimzi `Kafka` resource. */
function mapEdits(lines: readonly string[], { property, value }: WantedProperty): readonly Edit[] {
  const has = new RegExp(`^(\\s+)(["']?)${escaped(property)}\\2:\\s`);
  const at = lines.findIndex(line => has.test(line));
  if (at >= 0) {
    const [, indent = '', quote = ''] = has.exec(lines[at] ?? '') ?? [];
    const after = `${indent}${quote}${property}${quote}: ${value}`;
    return [{ line: at + 1, before: lines[at], after }];
  }
  const config = lines.findIndex(line => /^\s+config:\s*$/.test(line));
  const indent = /^\s*/.exec(lines[config + 1] ?? '')?.[0];
  if (config < 0 || indent === undefined) return [];
  return [{ line: config + 1, before: undefined, after: `${indent}${property}: ${value}` }];
}

/** A Strimzi `KafkaTopic`: its replicas, or a line of its `config`. */
function topicEdits(
  lines: readonly string[],
  { property, value }: WantedProperty,
  topic: string,
): readonly Edit[] {
  const starts = lines.flatMap((line, index) => (line.startsWith('---') ? [index] : []));
  const bounds = [-1, ...starts, lines.length];
  return bounds.slice(0, -1).flatMap((start, part) => {
    const end = bounds[part + 1] ?? lines.length;
    const own = lines.slice(start + 1, end);
    const isTopic = own.some(line => /^kind:\s*KafkaTopic\b/.test(line));
    const isNamed = own.some(line =>
      new RegExp(`\\bname:\\s*["']?${escaped(topic)}\\b`).test(line),
    );
    if (!isTopic || !isNamed) return [];
    const has = new RegExp(`^(\\s+)(["']?)${escaped(property)}\\2:\\s`);
    const at = own.findIndex(line => has.test(line));
    const [, indent = '', quote = ''] = has.exec(own[at] ?? '') ?? [];
    if (at >= 0) {
      const after = `${indent}${quote}${property}${quote}: ${value}`;
      return [{ line: start + at + 2, before: own[at], after }];
    }
    const config = own.findIndex(line => /^\s+config:\s*$/.test(line));
    const inner = /^\s*/.exec(own[config + 1] ?? '')?.[0];
    if (config < 0 || inner === undefined) return [];
    const line = start + config + 2;
    return [{ line, before: undefined, after: `${inner}${property}: ${value}` }];
  });
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

import { ConfigError } from './configError.ts';
import type { FoundProperty } from './foundProperty.ts';
import { oneLine } from './oneLine.ts';
import { child, isYamlMap, type Located } from './yamlShape.ts';

/** Variables by name, with where each is. */
type Variables = ReadonlyMap<string, Located>;

/** A group of hosts, each with variables of its own. */
interface Group {
  readonly hosts: ReadonlyMap<string, Variables>;
  readonly vars: Variables;
  readonly children: readonly string[];
}

/** The groups of an Ansible inventory by their names, `all` among them. */
export type Inventory = ReadonlyMap<string, Group>;

/** A host of a group with the variables that hold there: its own above the group's above those of all. */
export interface InventoryHost {
  readonly name: string;
  readonly variables: Variables;
}

/** Deepest nesting of groups in groups. */
const DEEPEST = 8;

/** An inventory in YAML. */
export function yamlInventory(document: Located): Inventory {
  const groups = new Map<string, Group>();
  const read = (at: Located, depth: number): void => {
    if (!isYamlMap(at.value) || depth === 0) return;
    for (const name of at.value.keys()) {
      if (typeof name !== 'string') continue;
      const group = child(at, name);
      const before = groups.get(name);
      groups.set(name, {
        hosts: new Map([...(before?.hosts ?? []), ...hostsIn(child(group, 'hosts'))]),
        vars: new Map([...(before?.vars ?? []), ...variablesIn(child(group, 'vars'))]),
        children: [...(before?.children ?? []), ...keysOf(child(group, 'children'))],
      });
      read(child(group, 'children'), depth - 1);
    }
  };
  read(document, DEEPEST);
  return groups;
}

function keysOf({ value }: Located): readonly string[] {
  return isYamlMap(value) ? [...value.keys()].filter(key => typeof key === 'string') : [];
}

function variablesIn(at: Located): Map<string, Located> {
  return new Map(keysOf(at).map(name => [name, child(at, name)]));
}

function hostsIn(at: Located): readonly [string, Variables][] {
  return keysOf(at).flatMap(name =>
    namesIn(name).map((host): [string, Variables] => [host, variablesIn(child(at, name))]),
  );
}

/** Most hosts that one range stands for. */
const MOST_HOSTS = 1000;

/** The hosts of a range, `kafka[1:3].example`. */
function namesIn(name: string): readonly string[] {
  const [, before = '', first = '', last = '', after = ''] =
    /^(.*?)\[(\d{1,6}):(\d{1,6})\](.*)$/.exec(name) ?? [];
  const count = Number(last) - Number(first) + 1;
  if (first === '' || count < 1 || count > MOST_HOSTS) return [name];
  const width = first.startsWith('0') ? first.length : 0;
  return Array.from({ length: count }, (_, index) => {
    return before + String(Number(first) + index).padStart(width, '0') + after;
  });
}

interface MutableGroup extends Group {
  readonly hosts: Map<string, Variables>;
  readonly vars: Map<string, Located>;
  readonly children: string[];
}

/**
 * An inventory in the form of INI files.
 *
 * @throws ConfigError if a section is neither of hosts, of variables nor of groups.
 */
export function iniInventory(file: string, text: string): Inventory {
  const groups = new Map<string, MutableGroup>();
  const groupNamed = (name: string): MutableGroup => {
    const known = groups.get(name) ?? { hosts: new Map(), vars: new Map(), children: [] };
    groups.set(name, known);
    return known;
  };
  let [section, part] = ['ungrouped', 'hosts'];
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const place = `line ${index + 1}`;
    const plain = line.replace(/(^|\s)[#;].*$/, '').trim();
    if (plain === '') continue;
    const head = /^\[([^\]:]+)(?::(\w+))?\]$/.exec(plain);
    if (head !== null) {
      [section, part] = [head[1] ?? '', head[2] ?? 'hosts'];
      if (!['hosts', 'vars', 'children'].includes(part)) {
        const expected = 'a section of hosts, vars or children';
        throw new ConfigError({ file, place, expected, found: oneLine(plain, 60) });
      }
      continue;
    }
    const group = groupNamed(section);
    if (part === 'children') group.children.push(plain);
    else if (part === 'vars') {
      for (const [name, found] of assignments(plain, file, place)) group.vars.set(name, found);
    } else {
      const [host = '', ...rest] = plain.split(/\s+/);
      const vars = new Map(rest.flatMap(each => assignments(each, file, place)));
      for (const name of namesIn(host)) group.hosts.set(name, vars);
    }
  }
  return groups;
}

function assignments(text: string, file: string, place: string): readonly [string, Located][] {
  const [, name, value = ''] = /^([\w.-]+)\s*=\s*(.*)$/.exec(text) ?? [];
  if (name === undefined) return [];
  return [
    [name, { file, place: `${place}: ${name}`, value: value.replace(/^(["'])(.*)\1$/, '$2') }],
  ];
}

/** The hosts of a group and of those inside it, each once. */
export function hostsOfGroup(inventory: Inventory, name: string): readonly InventoryHost[] {
  const found = new Map<string, InventoryHost>();
  const everywhere = inventory.get('all')?.vars ?? new Map();
  const collect = (group: string, above: Variables, depth: number): void => {
    const known = inventory.get(group);
    if (known === undefined || depth === 0) return;
    const vars = new Map([...above, ...known.vars]);
    for (const [host, own] of known.hosts) {
      const variables = new Map([...vars, ...ownOf(inventory, host), ...own]);
      if (!found.has(host)) found.set(host, { name: host, variables });
    }
    for (const inner of known.children) collect(inner, vars, depth - 1);
  };
  collect(name, everywhere, DEEPEST);
  return [...found.values()];
}

/** What a host has of its own in any group that it is in. */
function ownOf(inventory: Inventory, host: string): readonly [string, Located][] {
  return [...inventory.values()].flatMap(({ hosts }) => [...(hosts.get(host) ?? [])]);
}

/** A variable as a found property, if it is a scalar. */
export function scalarVariable({ file, place, value }: Located): FoundProperty | undefined {
  const isScalar = ['string', 'number', 'boolean'].includes(typeof value);
  return isScalar ? { file, place, text: String(value) } : undefined;
}

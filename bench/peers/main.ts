import { parseArgs } from 'node:util';
import { markdownTable } from '../../tools/markdownTable.ts';
import { record } from '../record.ts';
import { type Cost, measured } from './measured.ts';
import type { Peer } from './peer.ts';
import { allPeers } from './peers.ts';
import { allPlayers } from './players.ts';
import { tlcPeer } from './tlc.ts';
import { type KnownSearch, searches, tinySearches } from './work.ts';

/*
 * This engine beside the checkers that one could take instead, on the same models: npm run bench:peers. Every peer must
 * count the same distinct states and find nothing. They take turns, so that what else the machine does meets all alike;
 * of several times the least is compared. What is compiled beforehand is not measured.
 *
 * --times <n>, --tiny (small scopes, to see that everything works), --only <words of a search>, --most-states <n>,
 * --record <name>, --tlc <jar> --modules <folder> (more than once; see tlc.ts). bench/peers/install.sh installs what
 * registries have.
 */
const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '3' },
    tiny: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    'most-states': { type: 'string', default: 'Infinity' },
    tlc: { type: 'string' },
    modules: { type: 'string', multiple: true, default: [] },
    record: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const times = Number(values.times);
const chosen = (values.tiny ? tinySearches : searches)
  .filter(({ title }) => title.includes(values.only))
  .filter(({ distinct }) => distinct <= Number(values['most-states']));

/** One peer on one search, or one player. */
interface Row extends Cost {
  readonly search: string;
  readonly peer: string;
  readonly distinct?: number;
  readonly generated?: number;
  /** Steps a CPU second, of players. */
  readonly stepsPerCpuSecond?: number;
}

/** The least of each cost over all turns, for each of these. */
function inTurns<Each>(all: readonly Each[], once: (each: Each) => Row): Row[] {
  const rows = new Map<Each, Row>();
  for (let turn = 0; turn < times; turn++) {
    for (const each of all) {
      const row = once(each);
      const before = rows.get(each);
      rows.set(each, before === undefined ? row : least(before, row));
    }
  }
  return [...rows.values()];
}

function least(a: Row, b: Row): Row {
  if (a.generated !== b.generated) throw new Error(`${a.peer} counts otherwise each time`);
  const { stepsPerCpuSecond: rate } = a;
  return {
    ...a,
    cpuSeconds: Math.min(a.cpuSeconds, b.cpuSeconds),
    wallSeconds: Math.min(a.wallSeconds, b.wallSeconds),
    residentMiB: Math.min(a.residentMiB, b.residentMiB),
    ...(rate === undefined ? {} : { stepsPerCpuSecond: Math.max(rate, b.stepsPerCpuSecond ?? 0) }),
  };
}

/** @throws Error when the peer counts other states than are known, or finds something. */
function search(peer: Peer, known: KnownSearch): Row {
  const { output, ...cost } = measured(peer.prepare(known));
  const { distinct, generated, broken } = peer.read(output);
  if (broken || distinct !== known.distinct) {
    throw new Error(
      `${peer.name}, ${known.title}: ${distinct} distinct states for ${known.distinct}, ` +
        `${broken ? 'and not a complete search in which nothing breaks' : 'nothing broke'}`,
    );
  }
  return { search: known.title, peer: peer.name, ...cost, distinct, generated };
}

function tableOf(rows: readonly Row[]): string {
  return markdownTable(
    ['', 'CPU s', 'wall s', 'MiB', 'against Highwater', 'generated'],
    rows.map(row => [
      row.peer,
      row.cpuSeconds.toFixed(2),
      row.wallSeconds.toFixed(2),
      row.residentMiB.toFixed(0),
      (row.cpuSeconds / (rows[0]?.cpuSeconds ?? Number.NaN)).toFixed(2),
      (row.generated ?? 0).toLocaleString('en'),
    ]),
  ).join('\n');
}

const tlc = values.tlc === undefined ? [] : [tlcPeer({ jar: values.tlc, modules: values.modules })];
const peers = [...(await allPeers()), ...tlc];
const rows: Row[] = [];
for (const known of chosen) {
  const able = peers.filter(peer => peer.does(known));
  // Compiling is done before anybody is measured.
  for (const peer of able) peer.prepare(known);
  const found = inTurns(able, peer => search(peer, known));
  rows.push(...found);
  const count = known.distinct.toLocaleString('en');
  process.stdout.write(`${known.title}: ${count} distinct states\n\n${tableOf(found)}\n\n`);
}

const players = 'two-phase commit, 8, at random'.includes(values.only) ? await allPlayers() : [];
const played = inTurns(players, ({ name, command, read }) => {
  const { output, ...cost } = measured(command);
  const steps = read(output);
  const rate = Math.round(steps / cost.cpuSeconds);
  return { search: 'two-phase commit, 8, at random', peer: name, ...cost, stepsPerCpuSecond: rate };
});
for (const { peer, stepsPerCpuSecond = 0 } of played) {
  process.stdout.write(`${peer}: ${stepsPerCpuSecond.toLocaleString('en')} steps a CPU second\n`);
}
record({ times, rows: [...rows, ...played] });

import { isClientsRelease } from '../../models/clients/config.ts';
import { newestRelease } from '../../models/description/release.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import type { Surroundings } from '../tasks/surroundings.ts';
import type { Limits } from '../tasks/task.ts';
import type { ClientSettings } from './clientSettings.ts';
import { type AnsweredClientCell, clientCells, exploreClients } from './exploreClients.ts';

/** Programs that go about their records alike, and what can become of these. */
export interface PlayedClients {
  readonly settings: ClientSettings;
  /** The release of clients and brokers. */
  readonly kafka: string;
  /** Where the programs are configured. */
  readonly where: readonly string[];
  /** What is assumed of them, a sentence each. */
  readonly assumed: readonly string[];
  /** One for each thing that can happen. */
  readonly cells: readonly AnsweredClientCell[];
}

/**
 * Plays the programs that files describe, each way of going about records once. Of clients before 1.0 nothing is
 * played, nor of those that tell too little.
 *
 * @throws ModelError when the model crashes.
 */
export async function playClients(
  { clients, version }: Pick<ClusterDescription, 'clients' | 'version'>,
  limits: Limits,
  surroundings: Surroundings,
): Promise<readonly PlayedClients[]> {
  const kafka = lineOf(version.value ?? newestRelease);
  if (!isClientsRelease(kafka)) return [];
  const ways = waysOf(clients);
  const cells = ways.flatMap(({ settings }) => clientCells(settings, kafka));
  const answered = await exploreClients(cells, limits, surroundings);
  return ways.map(way => ({
    ...way,
    kafka,
    cells: answered.filter(({ settings }) => settings === way.settings),
  }));
}

/** Each way of going about records once, with all who go it. */
function waysOf(clients: ClusterDescription['clients']): Omit<PlayedClients, 'kafka' | 'cells'>[] {
  const told = clients.flatMap(({ where, behaviour }) =>
    behaviour === undefined ? [] : [{ where, settings: behaviour.is, assumed: behaviour.assumed }],
  );
  const first = told.filter(
    ({ settings }, index) => told.findIndex(each => isAlike(each.settings, settings)) === index,
  );
  return first.map(({ settings }) => {
    const alike = told.filter(each => isAlike(each.settings, settings));
    return {
      settings,
      where: alike.map(({ where }) => where),
      assumed: [...new Set(alike.flatMap(({ assumed }) => assumed))],
    };
  });
}

/** Whether what was promised can be lost, or a record never processed, without an unclean failover. */
export function losesRecords({ cells }: PlayedClients): boolean {
  return cells.some(({ fault, answers: [lost] }) => fault !== 'unclean' && lost?.answer === 'yes');
}

/** A release without its patch: that is how the model knows them. */
function lineOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

function isAlike(one: ClientSettings, other: ClientSettings): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

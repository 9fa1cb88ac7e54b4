import type { Release } from '../description/release.ts';
import type { ClusterNode } from './clusterDescription.ts';
import type { ClusterSource } from './clusterSource.ts';
import { ConfigError } from './configError.ts';
import { isBefore } from './kafkaVersion.ts';
import type { Topology } from './topology.ts';
import { weakerMode } from './weakerMode.ts';

/**
 * The cluster that a file of broker settings is for, when no file describes a node: as many brokers as
 * somebody says, and a metadata plane of which nothing is known. Managed services take such files.
 *
 * @throws ConfigError if nobody says how many brokers there are.
 */
export function topologyForSettings(
  source: ClusterSource,
  brokers: number | undefined,
  version: Release | undefined,
): Topology {
  const [settings] = source.settings;
  if (brokers === undefined) {
    throw new ConfigError({
      file: settings?.file ?? '',
      place: '',
      expected:
        'a node (process.roles, node.id, broker.id or zookeeper.connect), or how many brokers have ' +
        'these settings: --brokers 3',
      found: 'settings of brokers alone, as managed services (MSK) take them',
    });
  }
  const why = 'the file has settings alone, and none of any node';
  const { managed } = source;
  const where = managed?.brokers === brokers ? managed.where : 'said by --brokers';
  const nodes = Array.from({ length: brokers }, (_, index): ClusterNode => {
    const name = `broker ${index + 1}`;
    const roles = ['broker' as const];
    const rack = rackOf(index, managed);
    return { id: undefined, name, roles, described: false, rack, where };
  });
  const isUnclean = source.settings.some(({ properties }) =>
    /^\s*true\s*$/i.test(properties.get('unclean.leader.election.enable')?.text ?? ''),
  );
  const mode = managed?.mode ?? weakerMode({ version, isUnclean });
  const either = isBefore(version, 4, 0)
    ? '; before 4.0 it may be either, and this is the weaker'
    : '';
  return {
    mode,
    nodes,
    brokers,
    controllers: undefined,
    dynamicVoters: mode === 'kraft' ? undefined : false,
    placement: mode === 'kraft' ? 'separate' : 'zookeeper',
    assumptions: [
      ...(managed?.mode === undefined ? [{ setting: 'mode', value: mode, why: why + either }] : []),
      { setting: 'controllers', value: 'unknown, on nodes of their own', why },
      ...(rackOf(0, managed) === undefined
        ? []
        : [
            {
              setting: 'racks',
              value: String(managed?.zones),
              why: `${managed?.service} takes its zones in turn`,
            },
          ]),
    ],
    warnings: [],
  };
}

/** A managed service spreads its brokers evenly over its zones, and calls them racks. */
function rackOf(index: number, managed: ClusterSource['managed']): string | undefined {
  const zones = managed?.zones ?? 0;
  return zones < 2 ? undefined : `zone ${(index % zones) + 1}`;
}

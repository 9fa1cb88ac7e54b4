/** By release: where classes and packages are that drivers import as 4.3.1 has them. */
const moved: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '3.9.1': {
    'org.apache.kafka.common.record.internal.': 'org.apache.kafka.common.record.',
    'org.apache.kafka.metadata.KRaftMetadataCache': 'kafka.server.metadata.KRaftMetadataCache',
    'org.apache.kafka.server.common.ControllerRequestCompletionHandler':
      'org.apache.kafka.server.ControllerRequestCompletionHandler',
    'org.apache.kafka.server.common.NodeToControllerChannelManager':
      'org.apache.kafka.server.NodeToControllerChannelManager',
    'org.apache.kafka.server.network.BrokerEndPoint': 'kafka.cluster.BrokerEndPoint',
    'org.apache.kafka.server.partition.': 'kafka.cluster.',
    'org.apache.kafka.storage.log.metrics.BrokerTopicStats': 'kafka.server.BrokerTopicStats',
    'org.apache.kafka.server.storage.log.': 'org.apache.kafka.storage.internals.log.',
  },
};

/** The source of a driver, with the imports that a release needs for it. */
export function importingFrom(version: string, source: string): string {
  const places = Object.entries(moved[version] ?? {});
  return source.replace(/^import ([\w.]+)/gm, (line, name: string) => {
    const found = places.find(
      ([here]) => name === here || (here.endsWith('.') && isIn(name, here)),
    );
    return found === undefined ? line : `import ${found[1]}${restOf(name, found[0])}`;
  });
}

/** Whether a class is in a package, which ends with a dot. */
function isIn(name: string, folder: string): boolean {
  return name.startsWith(folder) && !name.slice(folder.length).includes('.');
}

function restOf(name: string, here: string): string {
  return here.endsWith('.') ? name.slice(here.length) : '';
}

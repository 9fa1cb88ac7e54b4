import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';

/** What the settings of each client say of its records, one client a sentence or more. */
export function clientSentences({ clients }: ClusterDescription): string[] {
  return clients.map(
    ({ kind, where, remarks }) => `${where}, ${article(kind)}${kind}: ${remarks.join(' ')}`,
  );
}

/** Whether files describe clients alone. */
export function isOfClientsAlone({ nodes, topics, clients }: ClusterDescription): boolean {
  return nodes.length === 0 && topics.length === 0 && clients.length > 0;
}

function article(kind: ClusterDescription['clients'][number]['kind']): string {
  return kind === 'MirrorMaker 2' ? '' : 'a ';
}

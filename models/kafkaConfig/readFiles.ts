import { type ClusterSource, mergeSources } from './clusterSource.ts';
import { ConfigError } from './configError.ts';
import { type ConfigFile, checkedText, MOST_FILES } from './configFile.ts';
import { parseYaml } from './parseYaml.ts';
import { readCompose } from './readCompose.ts';
import { readServerProperties } from './readServerProperties.ts';
import { readStrimzi } from './readStrimzi.ts';
import { isKubernetesResource, readResource, type StrimziResource } from './strimziResources.ts';
import { child, isYamlMap, type Located } from './yamlShape.ts';

/**
 * Reads all files of one cluster, each in its own format.
 *
 * @throws ConfigError if there is no file, there are too many, or one cannot be read.
 */
export function readFiles(files: readonly ConfigFile[]): ClusterSource {
  if (files.length === 0 || files.length > MOST_FILES) {
    const expected = `from 1 to ${MOST_FILES} files`;
    throw new ConfigError({ file: '', place: '', expected, found: String(files.length) });
  }
  const read = files.map(readFile);
  const resources = read.flatMap(content => content.resources);
  const sources = read.flatMap(content => content.source ?? []);
  if (resources.length === 0) return mergeSources(sources);
  const strimzi = readStrimzi(resources);
  const other = sources.find(source => source.nodes.length > 0)?.nodes[0];
  if (other !== undefined && strimzi.nodes.length > 0) {
    throw new ConfigError({
      file: other.file,
      place: other.place,
      expected: 'files of one cluster',
      found: 'a Kafka node besides those of a Strimzi Kafka resource',
    });
  }
  return mergeSources([strimzi, ...sources]);
}

/** Strimzi resources are put together over all files; every other format stands by itself. */
interface FileContent {
  readonly source: ClusterSource | undefined;
  readonly resources: readonly StrimziResource[];
}

function readFile(file: ConfigFile): FileContent {
  const text = checkedText(file);
  if (isProperties(file.name, text)) {
    return { source: readServerProperties(file.name, text), resources: [] };
  }
  const documents = parseYaml(file.name, text).filter(isYamlMap);
  const located = documents.map((value): Located => ({ file: file.name, place: '', value }));
  const compose = located.find(document => child(document, 'services').value !== undefined);
  if (compose !== undefined) {
    return { source: readCompose(file.name, compose.value), resources: [] };
  }
  const kubernetes = located.filter(isKubernetesResource);
  const resources = kubernetes.flatMap(document => readResource(document) ?? []);
  if (resources.length > 0) return { source: undefined, resources };
  throw new ConfigError({
    file: file.name,
    place: '',
    expected: 'a docker-compose file (services) or Strimzi resources (apiVersion kafka.strimzi.io)',
    found: 'YAML that is neither',
  });
}

/** The name decides where it can; otherwise YAML of ours always has one of these keys in a line. */
function isProperties(name: string, text: string): boolean {
  if (/\.properties(\.\w+)?$/i.test(name)) return true;
  if (/\.(ya?ml|json)$/i.test(name)) return false;
  return !/^[ \t]*["'{]*(services|apiVersion|kind)["']?\s*:/m.test(text);
}

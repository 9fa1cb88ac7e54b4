import { type ClusterSource, mergeSources } from './clusterSource.ts';
import { companionsOf } from './companions.ts';
import { ConfigError } from './configError.ts';
import { type ConfigFile, checkedText, type FindFile, MOST_FILES } from './configFile.ts';
import { quoted } from './oneLine.ts';
import { parseYaml } from './parseYaml.ts';
import { isCompose, readCompose } from './readCompose.ts';
import { isConfigsDescribe, readConfigsDescribe } from './readConfigsDescribe.ts';
import { readServerProperties } from './readServerProperties.ts';
import { readSpring, springProperties } from './readSpring.ts';
import { readStrimzi } from './readStrimzi.ts';
import { isTopicsDescribe, readTopicsDescribe } from './readTopicsDescribe.ts';
import { refuseOtherText, refuseOtherYaml } from './refusedFormats.ts';
import { isKubernetesResource, readResource, type StrimziResource } from './strimziResources.ts';
import { isYamlMap, type Located } from './yamlShape.ts';

/**
 * Reads all files of one cluster, each in its own format. What one of them names is looked for among
 * them, then with `beside`.
 *
 * @throws ConfigError if there is no file, there are too many, or one cannot be read.
 */
export function readFiles(files: readonly ConfigFile[], beside: FindFile): ClusterSource {
  if (files.length === 0 || files.length > MOST_FILES) {
    const expected = `from 1 to ${MOST_FILES} files`;
    throw new ConfigError({ file: '', place: '', expected, found: String(files.length) });
  }
  const texts = files.map(file => ({ ...file, text: checkedText(file) }));
  const documents = texts.filter(file => !isOfOneNode(file)).map(readFile);
  const compose = documents.flatMap(content => content.compose ?? []);
  const taken = new Set<string>();
  const project = readCompose(compose, recording(companionsOf(files, beside), taken));
  // What a service mounts, or takes its variables from, describes no node of its own.
  const single = texts.filter(file => isOfOneNode(file) && !taken.has(file.name)).map(readFile);
  const read = [...documents, ...single];
  const sources = [project, ...read.flatMap(content => content.source ?? [])];
  const resources = read.flatMap(content => content.resources);
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

/**
 * Compose files and Strimzi resources are put together over all files; a properties file stands by
 * itself.
 */
interface FileContent {
  readonly source?: ClusterSource;
  readonly compose?: Located;
  readonly resources: readonly StrimziResource[];
}

function isOfOneNode({ name, text }: ConfigFile): boolean {
  return !isTopicsDescribe(text) && !isConfigsDescribe(text) && isProperties(name, text);
}

/** Finds files, and notes the names of those that were found. */
function recording(find: FindFile, names: Set<string>): FindFile {
  return path => {
    const file = find(path);
    if (file !== undefined) names.add(file.name);
    return file;
  };
}

function readFile(file: ConfigFile): FileContent {
  const { text } = file;
  if (isTopicsDescribe(text)) {
    return { source: readTopicsDescribe(file.name, text), resources: [] };
  }
  if (isConfigsDescribe(text)) {
    return { source: readConfigsDescribe(file.name, text), resources: [] };
  }
  refuseOtherText(file.name, text);
  if (isProperties(file.name, text)) {
    return { source: readServerProperties(file.name, text), resources: [] };
  }
  const documents = parseYaml(file.name, text).filter(isYamlMap);
  const located = documents.map((value): Located => ({ file: file.name, place: '', value }));
  const compose = located.find(isCompose);
  if (compose !== undefined) {
    refuseMergeTags(file.name, text);
    return { compose, resources: [] };
  }
  const kubernetes = located.filter(isKubernetesResource);
  const resources = kubernetes.flatMap(document => readResource(document) ?? []);
  if (resources.length > 0) return { resources };
  const spring = located.flatMap(document => springProperties(document) ?? []);
  if (spring.length > 0) {
    const at = { file: file.name, place: 'spring' };
    return { source: mergeSources(spring.map(each => readSpring(each, at))), resources: [] };
  }
  refuseOtherYaml(located);
  throw new ConfigError({
    file: file.name,
    place: '',
    expected: 'a docker-compose file (services) or Strimzi resources (apiVersion kafka.strimzi.io)',
    found: 'YAML that is neither',
  });
}

/** Tags that say how files are merged, which only docker compose resolves. */
function refuseMergeTags(file: string, text: string): void {
  const tag = /^[^#\n]*[:-]\s+!(?:reset|override)\b/m.exec(text);
  if (tag === null) return;
  throw new ConfigError({
    file,
    place: `line ${text.slice(0, tag.index).split('\n').length}`,
    expected: 'no !reset or !override: give what docker compose config prints of all files',
    found: quoted(tag[0].trim()),
  });
}

/** The name decides where it can; otherwise YAML of ours always has one of these keys in a line. */
function isProperties(name: string, text: string): boolean {
  if (/\.properties(\.\w+)?$/i.test(name)) return true;
  if (/\.(ya?ml|json)$/i.test(name)) return false;
  return !/^[ \t]*["'{]*(services|apiVersion|kind)["']?\s*:/m.test(text);
}

import { type ClusterSource, mergeSources, type NodeSource } from './clusterSource.ts';
import { companionsOf } from './companions.ts';
import { ConfigError } from './configError.ts';
import { type ConfigFile, checkedText, type FindFile, MOST_FILES } from './configFile.ts';
import { type KubernetesObject, kubernetesObject, withoutLists } from './kubernetesObjects.ts';
import { quoted } from './oneLine.ts';
import { parseYaml } from './parseYaml.ts';
import { ansibleInventory, iniAnsible } from './readAnsible.ts';
import { chartValues } from './readChartValues.ts';
import { isCompose, readCompose } from './readCompose.ts';
import { configsDescribe } from './readConfigsDescribe.ts';
import { isConfluent, readConfluent } from './readConfluent.ts';
import { readKubernetes } from './readKubernetes.ts';
import { quarkus } from './readQuarkus.ts';
import { quorumDescribe } from './readQuorumDescribe.ts';
import { readServerProperties } from './readServerProperties.ts';
import { spring } from './readSpring.ts';
import { readStrimzi } from './readStrimzi.ts';
import { isTerraform, readTerraform } from './readTerraform.ts';
import { topicsDescribe } from './readTopicsDescribe.ts';
import { refuseOtherText, refuseOtherYaml } from './refusedFormats.ts';
import { isKubernetesResource, readResource, type StrimziResource } from './strimziResources.ts';
import type { TextFormat } from './textFormat.ts';
import type { YamlFormat } from './yamlFormat.ts';
import { isYamlMap, type Located } from './yamlShape.ts';

/** What tools print; one text may have several of them. */
const toolFormats: readonly TextFormat[] = [topicsDescribe, configsDescribe, quorumDescribe];

/** YAML documents that describe a cluster, or what speaks to one, by themselves. */
const yamlFormats: readonly YamlFormat[] = [spring, quarkus, ansibleInventory, chartValues];

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
  const kubernetes = kubernetesSources(read);
  const terraformFiles = read.flatMap(content => content.terraform ?? []);
  const sources = [
    ...kubernetes,
    project,
    readTerraform(terraformFiles),
    ...read.flatMap(content => content.source ?? []),
  ];
  refuseMixture(sources.flatMap(({ nodes }) => nodes));
  const merged = mergeSources(sources);
  // What was seen and is no broker says more than the kind of its object.
  if (saysNothing(merged) && merged.warnings.length === 0) {
    refuseOtherYaml(read.flatMap(({ objects }) => objects).map(({ at }) => at));
  }
  return merged;
}

/** What a file has: something by itself, or parts that are put together over all files. */
interface FileContent {
  readonly source?: ClusterSource;
  readonly compose?: Located;
  readonly terraform?: ConfigFile;
  readonly resources: readonly StrimziResource[];
  readonly objects: readonly KubernetesObject[];
}

const NOTHING = { resources: [], objects: [] };

/** The clusters that operators' resources describe, and what runs in pods besides. */
function kubernetesSources(read: readonly FileContent[]): readonly ClusterSource[] {
  const resources = read.flatMap(content => content.resources);
  const objects = read.flatMap(content => content.objects);
  const isOperated =
    resources.some(({ kind }) => kind === 'Kafka') ||
    objects.some(object => isConfluent(object) && object.kind === 'Kafka');
  return [
    ...(resources.length === 0 ? [] : [readStrimzi(resources)]),
    ...(objects.some(isConfluent) ? [readConfluent(objects)] : []),
    readKubernetes(objects, isOperated),
  ];
}

/** An operator runs all nodes of its cluster. */
function refuseMixture(nodes: readonly NodeSource[]): void {
  const assigned = nodes.find(node => node.assigned !== undefined);
  const other = nodes.find(node => node.assigned === undefined);
  if (assigned === undefined || other === undefined) return;
  throw new ConfigError({
    file: other.file,
    place: other.place,
    expected: 'files of one cluster',
    found: `a Kafka node besides those of ${assigned.file}: ${assigned.place}`,
  });
}

function saysNothing({ nodes, topics, clients, settings, quorum, told }: ClusterSource): boolean {
  const all = [nodes, topics, clients, settings, told.brokers, [...told.topics]];
  return quorum === undefined && all.every(each => each.length === 0);
}

function isOfOneNode({ name, text }: ConfigFile): boolean {
  const isOther = [...toolFormats, iniAnsible].some(format => format.isIn(text));
  return !isOther && !isTerraform(name, text) && isProperties(name, text);
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
  const { name, text } = file;
  const told = toolFormats.filter(format => format.isIn(text));
  if (told.length > 0) {
    return { ...NOTHING, source: mergeSources(told.map(format => format.read(name, text))) };
  }
  refuseOtherText(name, text);
  if (isTerraform(name, text)) return { ...NOTHING, terraform: file };
  if (iniAnsible.isIn(text)) return { ...NOTHING, source: iniAnsible.read(name, text) };
  if (isProperties(name, text)) {
    return { ...NOTHING, source: readServerProperties(name, text) };
  }
  return readYaml(file);
}

function readYaml({ name: file, text }: ConfigFile): FileContent {
  const documents = parseYaml(file, text).filter(isYamlMap);
  const located = documents
    .map((value): Located => ({ file, place: '', value }))
    .flatMap(withoutLists);
  const compose = located.find(isCompose);
  if (compose !== undefined) {
    refuseMergeTags(file, text);
    return { ...NOTHING, compose };
  }
  const resources = located.filter(isKubernetesResource).flatMap(each => readResource(each) ?? []);
  const objects = located.flatMap(document => kubernetesObject(document) ?? []);
  if (resources.length > 0 || objects.length > 0) return { resources, objects };
  const sources = yamlFormats.flatMap(format =>
    located.filter(format.isIn).map(document => format.read(document)),
  );
  if (sources.length > 0) return { ...NOTHING, source: mergeSources(sources) };
  refuseOtherYaml(located);
  throw new ConfigError({
    file,
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
  return !/^[ \t]*["'{]*(services|apiVersion|kind|kafka_broker|all)["']?\s*:/m.test(text);
}

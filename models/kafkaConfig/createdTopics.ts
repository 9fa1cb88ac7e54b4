import type { TopicSource } from './clusterSource.ts';
import { commandOf } from './composeCommand.ts';
import { type ComposeService, environmentOf, placeOfService } from './composeService.ts';
import type { FoundProperty } from './foundProperty.ts';
import { hasPlaceholder, integerOf, settingFrom } from './foundProperty.ts';

/** Topics that services create, and what could not be understood of them. */
export interface CreatedTopics {
  readonly topics: readonly TopicSource[];
  readonly warnings: readonly string[];
}

/** Most replicas that Kafka's replica lists may have. */
const MOST_REPLICAS = 32767;

/**
 * The topics that services create: with `kafka-topics --create` in a command, or by the variable that
 * some images read when they start. The first of several of one name counts, as with `--if-not-exists`.
 */
export function createdTopics(services: readonly ComposeService[]): CreatedTopics {
  const read = services.flatMap(service => [...byCommand(service), ...byVariable(service)]);
  const topics = new Map<string, TopicSource>();
  for (const each of read) {
    if (typeof each !== 'string' && !topics.has(each.name)) topics.set(each.name, each);
  }
  return {
    topics: [...topics.values()],
    warnings: read.filter(each => typeof each === 'string'),
  };
}

type Read = TopicSource | string;

/** Each `kafka-topics --create` of a command. */
function byCommand(service: ComposeService): readonly Read[] {
  const text = commandOf(service);
  if (!text.includes('kafka-topics')) return [];
  const from = service.command ?? service.entrypoint ?? service.at;
  const plain = text.replace(/\\\r?\n/g, ' ').replace(/["'`\\]/g, '');
  const loops = [...plain.matchAll(/\bfor\s+(\w+)\s+in\s+([^;\n]*)[;\n]/g)];
  const commands = plain.split(/\n|;|&&|\|\|/).filter(isCreation);
  return commands.flatMap(command => {
    const loop = loops.find(([, name = '']) => new RegExp(`\\$\\{?${name}\\b`).test(command));
    if (loop === undefined) return [topicOf(from, command)];
    const [, name = '', words = ''] = loop;
    return words
      .split(/\s+/)
      .filter(word => word !== '')
      .map(word => topicOf(from, command.replace(new RegExp(`\\$\\{?${name}\\b\\}?`, 'g'), word)));
  });
}

function isCreation(command: string): boolean {
  return /kafka-topics(\.sh)?\s/.test(command) && /\s--create\b/.test(command);
}

function topicOf(from: Omit<FoundProperty, 'text'>, command: string): Read {
  const options = optionsIn(command);
  const name = options.get('topic')?.[0] ?? '';
  const found = (text: string): FoundProperty => ({ text, file: from.file, place: from.place });
  const factor = options.get('replication-factor')?.[0] ?? assignedFactor(options);
  const computed = [name, factor ?? '', ...(options.get('config') ?? [])].some(hasPlaceholder);
  if (name === '' || computed) return unread(from, `a topic "${name}" is created there`);
  const properties = new Map(
    (options.get('config') ?? []).flatMap((pair): [string, FoundProperty][] => {
      const equals = pair.indexOf('=');
      return equals < 0 ? [] : [[pair.slice(0, equals), found(pair.slice(equals + 1))]];
    }),
  );
  return { ...placeOf(from), name, replicas: factorOf(factor, found), properties };
}

function placeOf({
  file,
  place,
}: Omit<FoundProperty, 'text'>): Pick<FoundProperty, 'file' | 'place'> {
  return { file, place };
}

function factorOf(
  factor: string | undefined,
  found: (text: string) => FoundProperty,
): TopicSource['replicas'] {
  if (factor === undefined || factor === '-1') return undefined;
  const written = found(factor);
  return settingFrom(written, integerOf(written, { least: 1, most: MOST_REPLICAS }));
}

/** The replicas of the first partition, where each is told its brokers: `1:2:3,2:3:1`. */
function assignedFactor(options: ReadonlyMap<string, readonly string[]>): string | undefined {
  const [assignment] = options.get('replica-assignment') ?? [];
  if (assignment === undefined) return undefined;
  return String(assignment.split(',')[0]?.split(':').length ?? '');
}

/** `--name value` and `--name=value`, each name with all of its values. */
function optionsIn(command: string): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, string[]>();
  for (const [, name = '', value = ''] of command.matchAll(/--([a-z-]+)(?:[=\s]+(?!--)(\S+))?/g)) {
    result.set(name, [...(result.get(name) ?? []), value]);
  }
  return result;
}

/** `KAFKA_CREATE_TOPICS` of wurstmeister's image and `CREATE_TOPICS` of Debezium's: `name:1:3,...`. */
function byVariable(service: ComposeService): readonly Read[] {
  const environment = environmentOf(service);
  const found = environment.get('KAFKA_CREATE_TOPICS') ?? environment.get('CREATE_TOPICS');
  if (found === undefined) return [];
  return found.text
    .split(/[,\n]/)
    .map(part => part.trim())
    .filter(part => part !== '')
    .map(part => {
      const [name = '', , replicas] = part.split(':').map(each => each.trim());
      if (name === '' || replicas === undefined || hasPlaceholder(part)) {
        return unread(found, `topics are created by ${placeOfService(service)}`);
      }
      const factor = factorOf(replicas, text => ({ ...placeOf(found), text }));
      return { ...placeOf(found), name, replicas: factor, properties: new Map() };
    });
}

function unread(from: Pick<FoundProperty, 'file' | 'place'>, what: string): string {
  return `${from.file}: ${from.place}: ${what}, but not with values that can be read; it is left out.`;
}

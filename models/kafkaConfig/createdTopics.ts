import type { TopicSource } from './clusterSource.ts';
import { type ComposeService, environmentOf, placeOfService } from './composeService.ts';
import type { FoundProperty } from './foundProperty.ts';
import { hasPlaceholder, integerOf, settingFrom } from './foundProperty.ts';
import { LEGAL_TOPIC, MOST_REPLICAS } from './legalTopic.ts';
import {
  type CommandPlace,
  commandsOf,
  optionsIn,
  pairsAt,
  type ShellCommand,
} from './shellCommands.ts';

/** Topics that services create, and what could not be understood of them. */
export interface CreatedTopics {
  readonly topics: readonly TopicSource[];
  readonly warnings: readonly string[];
}

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
  const commands = commandsOf(service, 'kafka-topics');
  return commands.filter(({ text }) => /\s--create\b/.test(text)).map(topicOf);
}

function topicOf({ from, text }: ShellCommand): Read {
  const options = optionsIn(text);
  const name = options.get('topic')?.[0] ?? '';
  const factor = options.get('replication-factor')?.[0] ?? assignedFactor(options);
  const configs = options.get('config') ?? [];
  if (!LEGAL_TOPIC.test(name) || [factor ?? '', ...configs].some(hasPlaceholder)) {
    return unread(from, `a topic "${name}" is created there`);
  }
  const replicas = factorOf(factor, written => ({ ...from, text: written }));
  return { ...from, name, replicas, properties: pairsAt(from, configs) };
}

function placeOf({ file, place }: CommandPlace): CommandPlace {
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
      if (!LEGAL_TOPIC.test(name) || replicas === undefined || hasPlaceholder(part)) {
        return unread(found, `topics are created by ${placeOfService(service)}`);
      }
      const factor = factorOf(replicas, text => ({ ...placeOf(found), text }));
      return { ...placeOf(found), name, replicas: factor, properties: new Map() };
    });
}

function unread(from: Pick<FoundProperty, 'file' | 'place'>, what: string): string {
  return `${from.file}: ${from.place}: ${what}, but not with values that can be read; it is left out.`;
}

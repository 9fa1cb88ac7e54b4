import { type ComposeService, commandOf, environmentOf } from './composeService.ts';
import type { FoundProperty, PropertyTable } from './foundProperty.ts';

/** The programs of Kafka's distribution that speak to a broker and are none. */
const TOOLS = [
  ...['topics', 'configs', 'acls', 'groups', 'consumer-groups', 'share-groups', 'streams-groups'],
  ...['console-consumer', 'console-producer', 'console-share-consumer', 'reassign-partitions'],
  ...['producer-perf-test', 'consumer-perf-test', 'verifiable-consumer', 'verifiable-producer'],
  ...[
    'broker-api-versions',
    'leader-election',
    'preferred-replica-election',
    'log-dirs',
    'cluster',
  ],
  ...['metadata-quorum', 'metadata-shell', 'features', 'storage', 'delete-records', 'dump-log'],
  ...[
    'get-offsets',
    'transactions',
    'delegation-tokens',
    'mirror-maker',
    'client-metrics',
    'ready',
  ],
  ...['streams-application-reset', 'rest-start', 'avro-console-consumer', 'avro-console-producer'],
];

/** What a container runs instead of a broker. */
const OTHER_PROGRAMS = [
  `kafka-(?:${TOOLS.join('|')})(?:\\.sh)?`,
  'connect-(?:distributed|standalone|mirror-maker)(?:\\.sh)?',
  'zookeeper-(?:server-start|shell)(?:\\.sh)?',
  ...['cub', 'kcat', 'kafkacat', 'redpanda'],
];
const OTHER_PROGRAM = new RegExp(`(?<![\\w-])(?:${OTHER_PROGRAMS.join('|')})(?![\\w-])`);

/** What starts a broker, in the images that are known and in the distribution. */
const BROKER_STARTS = [
  ...[
    'kafka-server-start',
    'kafka\\.Kafka\\b',
    'start-kafka',
    'launch\\b',
    'docker/(?:run|launch)\\b',
  ],
  '/(?:run|entrypoint|docker-entrypoint|app-entrypoint|kafka-run)(?:\\.sh)?\\b',
];
const STARTS_BROKER = new RegExp(BROKER_STARTS.join('|'));

/** A container that is kept alive, or ends, without running anything. */
const DOES_NOTHING =
  /^\s*(?:(?:\/bin\/)?(?:ba)?sh\s+-c\s+)?["']?(?:sleep|tail|true|echo|cat)\b[^;&|\n]*$/;

/**
 * The program that a service runs instead of a broker; undefined where it may run a broker: it has no
 * command of its own, or one that starts a broker, or one of which nothing is known.
 */
export function otherProgramOf(service: ComposeService): string | undefined {
  const text = commandOf(service);
  if (text.trim() === '' || startsBroker(service)) return undefined;
  return OTHER_PROGRAM.exec(text)?.[0] ?? (DOES_NOTHING.test(text) ? 'no server' : undefined);
}

/** Whether a service has a command of its own. */
export function hasCommand(service: ComposeService): boolean {
  return commandOf(service).trim() !== '';
}

/** Whether the command of a service is known to start a broker. */
export function startsBroker(service: ComposeService): boolean {
  return STARTS_BROKER.test(commandOf(service));
}

/** A value that the shell takes from the environment: `${KAFKA_LISTENERS}` or `$KAFKA_LISTENERS`. */
function ofEnvironment(text: string, service: ComposeService): string {
  const environment = environmentOf(service);
  return text.replace(/\$\{?(\w+)\}?/g, (written, name: string) => {
    return environment.get(name)?.text ?? written;
  });
}

/** Properties that a command gives to a broker that it starts: `--override name=value`. */
export function overridesOf(service: ComposeService): PropertyTable {
  const from = service.command ?? service.entrypoint;
  if (from === undefined || !startsBroker(service)) return new Map();
  const { file, place } = from;
  const found = commandOf(service).matchAll(/--override[\s=]+["']?([\w.-]+)=([^\s"']+)/g);
  return new Map(
    [...found].map(([, name = '', text = '']): [string, FoundProperty] => {
      return [name, { text: ofEnvironment(text, service), file, place }];
    }),
  );
}

import type { ComposeService } from './composeService.ts';

/** What a container runs instead of a broker. */
const OTHER_PROGRAMS = [
  'kafka-(?!server-start|storage|run-class)[a-z-]+(?:\\.sh)?',
  'connect-(?:distributed|standalone|mirror-maker)(?:\\.sh)?',
  'zookeeper-server-start(?:\\.sh)?',
  ...['cub', 'kcat', 'kafkacat', 'redpanda'],
];
const OTHER_PROGRAM = new RegExp(`\\b(?:${OTHER_PROGRAMS.join('|')})\\b`);

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
const DOES_NOTHING = /^\s*(?:(?:\/bin\/)?(?:ba)?sh\s+-c\s+)?["']?(?:sleep|tail|true|echo|cat)\b/;

/**
 * The program that a service runs instead of a broker; undefined where it may run a broker: it has no
 * command of its own, or one that starts a broker, or one of which nothing is known.
 */
export function otherProgramOf(service: ComposeService): string | undefined {
  const text = commandOf(service);
  if (text.trim() === '' || STARTS_BROKER.test(text)) return undefined;
  return OTHER_PROGRAM.exec(text)?.[0] ?? (DOES_NOTHING.test(text) ? 'no server' : undefined);
}

/** Entrypoint and command of a service as one text. */
export function commandOf({ entrypoint, command }: ComposeService): string {
  return [entrypoint?.text ?? '', command?.text ?? ''].join(' ');
}

import { UsageError } from '../../catalogue/usageError.ts';
import type { ConfigFile } from '../../models/kafkaConfig/configFile.ts';

/** Settings of clients as the command line has them, of which one at least says whose they are. */
const known = [
  ...['acks', 'retries', 'enable.idempotence', 'max.in.flight.requests.per.connection'],
  ...['commit', 'enable.auto.commit', 'auto.offset.reset'],
];

/**
 * The properties of a client that `--client` describes, as a file of its own.
 *
 * @throws UsageError where a setting is not `name=value`, or decides about no record.
 */
export function clientFile(settings: string): ConfigFile {
  const lines = settings.split(',').map(setting => setting.trim());
  for (const line of lines) {
    const [, name] = /^([^=]+)=.+$/.exec(line) ?? [];
    if (name === undefined) {
      throw new UsageError(
        `--client: expected name=value, as acks=1, found "${line}"`,
        'wrong-value',
      );
    }
    if (!known.includes(name)) {
      throw new UsageError(
        `--client: expected one of ${known.join(', ')}, found "${name}"`,
        'wrong-value',
      );
    }
  }
  const text = lines.join('\n');
  const isConsumer = lines.some(line =>
    /^(commit|enable\.auto\.commit|auto\.offset\.reset)=/.test(line),
  );
  const isProducer = lines.some(line => /^(acks|retries|enable\.idempotence|max\.in)/.test(line));
  if (isConsumer && isProducer) {
    throw new UsageError(
      `--client: expected settings of a producer or of a consumer, found both in "${settings}"`,
      'wrong-value',
    );
  }
  return { name: `--client ${settings}`, text: isConsumer ? `group.id=of-client\n${text}` : text };
}

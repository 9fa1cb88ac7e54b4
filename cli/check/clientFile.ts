import { UsageError } from '../../catalogue/usageError.ts';
import type { ConfigFile } from '../../models/kafkaConfig/configFile.ts';

/** Settings that decide about records, by whose they are. */
const ofProducers = [
  ...['acks', 'retries', 'enable.idempotence', 'max.in.flight.requests.per.connection'],
];
const ofConsumers = ['commit', 'enable.auto.commit', 'auto.offset.reset'];
const known = [...ofProducers, ...ofConsumers];

/**
 * The properties of a client that `--client` describes, as a file of its own.
 *
 * @throws UsageError where a setting is not `name=value`, or decides about no record.
 */
export function clientFile(settings: string): ConfigFile {
  const lines = settings.split(',').map(setting => setting.trim());
  const names = lines.map(nameIn);
  const isConsumer = names.some(name => ofConsumers.includes(name));
  const isProducer = names.some(name => ofProducers.includes(name));
  if (isConsumer && isProducer) {
    throw new UsageError(
      `--client: expected settings of a producer or of a consumer, found both in "${settings}"`,
      'wrong-value',
    );
  }
  const text = lines.join('\n');
  return { name: `--client ${settings}`, text: isConsumer ? `group.id=of-client\n${text}` : text };
}

/** The name of a setting that is known. */
function nameIn(line: string): string {
  const [, name] = /^([^=]+)=.+$/.exec(line) ?? [];
  if (name === undefined) {
    throw new UsageError(
      `--client: expected name=value, as acks=1, found "${line}"`,
      'wrong-value',
    );
  }
  if (known.includes(name)) return name;
  throw new UsageError(
    `--client: expected one of ${known.join(', ')}, found "${name}"`,
    'wrong-value',
  );
}

import fc from 'fast-check';
import { describe, it } from 'vitest';
import { ConfigError } from '../../../models/kafkaConfig/configError.ts';
import type { ConfigFile } from '../../../models/kafkaConfig/configFile.ts';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';
import { casesOf } from '../../long.ts';
import { EXAMPLES, example } from './helpers.ts';

/** Fails unless the files are either described sensibly or refused by a one-line ConfigError. */
function isHandled(files: readonly ConfigFile[]): boolean {
  try {
    const cluster = describeCluster(files);
    const shown = [
      ...cluster.warnings,
      ...cluster.assumptions.flatMap(({ setting, value, why }) => [setting, value, why]),
      ...cluster.nodes.flatMap(node => [node.name, node.where]),
      ...cluster.topics.map(({ topic }) => topic),
      ...cluster.clients.flatMap(({ where, remarks }) => [where, ...remarks]),
    ];
    const isSensible =
      cluster.brokers >= 1
        ? cluster.topics.length >= 1
        : cluster.nodes.length + cluster.clients.length >= 1;
    return isSensible && shown.every(isOneLine);
  } catch (error) {
    if (error instanceof ConfigError) return isOneLine(error.message);
    throw error;
  }
}

function isOneLine(text: string): boolean {
  return !/\p{Cc}/u.test(text);
}

const fileName = fc.constantFrom('a.yml', 'a.properties', 'a', 'a\nb.yaml');
const originals = EXAMPLES.map(example);

/** Keys and values that reach deep into the readers, mixed with anything. */
const word = fc.oneof(
  fc.constantFrom(
    'services',
    'environment',
    'image',
    'apiVersion',
    'kafka.strimzi.io/v1',
    'kind',
    'Kafka',
    'KafkaNodePool',
    'KafkaTopic',
    'metadata',
    'name',
    'spec',
    'kafka',
    'replicas',
    'roles',
    'broker',
    'config',
    'KAFKA_PROCESS_ROLES',
    'KAFKA_NODE_ID',
    'KAFKA_ZOOKEEPER_CONNECT',
    '1@a:1',
    `\${A:-1}`,
    'KAFKA_CONTROLLER_QUORUM_VOTERS',
    'process.roles',
    'acks',
    'clusters',
    'a->b.enabled',
    'application.id',
    'bootstrap.servers',
    'config.storage.topic',
    'spring.kafka.producer.acks',
    'spring',
    'node.id',
    '__proto__',
    'constructor',
    '1',
    '<<',
  ),
  fc.string(),
);

const json = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(word, fc.double(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(word, tie('value'), { maxKeys: 5 }),
  ),
})).value;

/** One of the examples with some of its text replaced, repeated or cut out. */
const mutated = fc
  .tuple(
    fc.constantFrom(...originals),
    fc.array(
      fc.tuple(fc.nat(), fc.nat(30), fc.oneof(word, fc.constantFrom('\n', ':', '-', '  ', '\0'))),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
  )
  .map(([file, edits]) => {
    let { text } = file;
    for (const [at, length, insert] of edits) {
      const from = at % (text.length + 1);
      text = text.slice(0, from) + insert + text.slice(from + length);
    }
    return { name: file.name, text };
  });

const propertiesText = fc
  .array(fc.tuple(word, fc.constantFrom('=', ':', ' ', '\\\n', '\\u', '\\'), word), {
    maxLength: 8,
  })
  .map(lines => lines.map(parts => parts.join('')).join('\n'));

describe('describeCluster on any text describes it or throws ConfigError', () => {
  it.each([
    ['random text', fc.string({ unit: 'binary', maxLength: 200 }), 1000],
    ['random words', fc.array(word, { maxLength: 20 }).map(words => words.join(' ')), 1000],
    ['random JSON', fc.jsonValue().map(value => JSON.stringify(value)), 500],
    ['JSON of known words', json.map(value => JSON.stringify(value) ?? ''), 1500],
    ['random properties', propertiesText, 1500],
  ])('%s', (_what, text, numRuns) => {
    const property = fc.property(fileName, text, (name, drawn) =>
      isHandled([{ name, text: drawn }]),
    );
    fc.assert(property, { seed: 1, numRuns });
  });

  it('mutated examples', () => {
    fc.assert(
      fc.property(mutated, file => isHandled([file])),
      { seed: 1, numRuns: casesOf(330, 1000) },
    );
  });

  it('several examples at once, some of them mutated', () => {
    const files = fc.array(fc.oneof(mutated, fc.constantFrom(...originals)), { maxLength: 4 });
    fc.assert(fc.property(files, isHandled), { seed: 1, numRuns: casesOf(170, 500) });
  });
});

/** No registry accepts longer names; the limit keeps the pattern below cheap. */
const LONGEST_IMAGE = 500;

/**
 * The Kafka version inside a container image, from its name and tag; undefined when the image is
 * not one of the well-known ones, or its tag names no version (`latest`).
 *
 * Apache, Bitnami: the tag is Kafka's version. Wurstmeister: `<scala>-<kafka>`. Strimzi:
 * `<operator>-kafka-<kafka>`. Confluent: Confluent Platform's version, which its documentation
 * ("Supported versions and interoperability") maps to Kafka's.
 */
export function versionOfImage(image: string): string | undefined {
  if (image.length > LONGEST_IMAGE) return undefined;
  const parts = /^(?:[\w.:-]+\/)*?([\w.-]+\/[\w.-]+):([\w][\w.-]{0,127})(?:@.*)?$/.exec(
    image.trim(),
  );
  const name = parts?.[1] ?? '';
  const tag = parts?.[2] ?? '';
  if (/^apache\/kafka(-native)?$|^bitnami\w*\/kafka$/.test(name)) return leadingVersion(tag);
  if (name === 'wurstmeister/kafka') return leadingVersion(tag.replace(/^[\d.]+-/, ''));
  if (name === 'strimzi/kafka') return leadingVersion(tag.replace(/^.*-kafka-/, ''));
  if (/^confluentinc\/(cp-(enterprise-)?kafka|cp-server|confluent-local)$/.test(name)) {
    return kafkaOfConfluent(tag);
  }
  return undefined;
}

function leadingVersion(tag: string): string | undefined {
  return /^(\d{1,3}\.\d{1,3}(\.\d{1,3})?)(?![\w.])/.exec(tag)?.[1];
}

/**
 * The version of Kafka in a version of Confluent Platform: 4.N is Kafka 1.N, 5.N is 2.N, 6.N is 2.(6+N), 7.N is 3.N,
 * 8.N is 4.N.
 */
export function kafkaOfConfluent(tag: string): string | undefined {
  const parts = /^(\d{1,2})\.(\d{1,2})(?!\d)/.exec(tag);
  const major = Number(parts?.[1]);
  const minor = Number(parts?.[2]);
  if (major === 4 || major === 5) return `${major - 3}.${minor}`;
  if (major === 6) return `2.${minor + 6}`;
  if (major === 7 || major === 8) return `${major - 4}.${minor}`;
  return undefined;
}

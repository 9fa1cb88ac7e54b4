import type { ConnectionOptions as TlsOptions } from 'node:tls';
import { UsageError } from '../../catalogue/usageError.ts';
import type { PropertyTable } from '../../models/kafkaConfig/foundProperty.ts';
import { parseProperties } from '../../models/kafkaConfig/parseProperties.ts';

/** How a client proves who it is. */
interface Credentials {
  readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
  readonly username: string;
  readonly password: string;
}

/** How a connection to a broker is made. */
export interface ConnectionConfig {
  readonly tls: TlsOptions | undefined;
  readonly sasl: Credentials | undefined;
}

const MECHANISMS = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;

/**
 * What a client properties file, as Kafka's tools take it by `--command-config`, says of connections: TLS with PEM
 * files, and SASL with a name and a password.
 *
 * @param readFile reads a file that the properties name
 * @throws UsageError where they ask for what cannot be done here, such as a Java key store.
 */
export function connectionConfig(
  file: string,
  text: string,
  readFile: (path: string) => string,
): ConnectionConfig {
  const { properties } = parseProperties(file, text);
  const protocol = valueIn(properties, 'security.protocol')?.toUpperCase() ?? 'PLAINTEXT';
  if (!['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'].includes(protocol)) {
    throw refused(
      file,
      'security.protocol',
      'PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL',
      protocol,
    );
  }
  return {
    tls: protocol.endsWith('SSL') ? tlsOf(file, properties, readFile) : undefined,
    sasl: protocol.startsWith('SASL') ? saslOf(file, properties) : undefined,
  };
}

function valueIn(properties: PropertyTable, name: string): string | undefined {
  return properties.get(name)?.text.trim();
}

function tlsOf(
  file: string,
  properties: PropertyTable,
  readFile: (path: string) => string,
): TlsOptions {
  const pem = (store: 'truststore' | 'keystore'): string | undefined => {
    const path = valueIn(properties, `ssl.${store}.location`);
    if (path === undefined) return undefined;
    const text = readFile(path);
    if (text.includes('-----BEGIN')) return text;
    throw refused(
      file,
      `ssl.${store}.location`,
      'a file with PEM certificates',
      `${path}, a key store of Java`,
    );
  };
  const ca = valueIn(properties, 'ssl.truststore.certificates') ?? pem('truststore');
  const both = pem('keystore');
  const key = valueIn(properties, 'ssl.keystore.key') ?? both;
  const cert = valueIn(properties, 'ssl.keystore.certificate.chain') ?? both;
  const passphrase = valueIn(properties, 'ssl.key.password');
  // An empty algorithm is how Kafka's clients are told not to compare names.
  const namesCount = valueIn(properties, 'ssl.endpoint.identification.algorithm') !== '';
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(key === undefined ? {} : { key, cert }),
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(namesCount ? {} : { checkServerIdentity: () => undefined }),
  };
}

function saslOf(file: string, properties: PropertyTable): Credentials {
  const found = valueIn(properties, 'sasl.mechanism') ?? 'GSSAPI';
  const mechanism = MECHANISMS.find(each => each === found);
  if (mechanism === undefined) throw refused(file, 'sasl.mechanism', MECHANISMS.join(', '), found);
  const jaas = valueIn(properties, 'sasl.jaas.config') ?? '';
  const [username, password] = ['username', 'password'].map(
    name =>
      new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(jaas)?.slice(1).join('') ?? '',
  );
  if (username === undefined || username === '' || password === undefined) {
    throw refused(file, 'sasl.jaas.config', 'username="..." and password="..."', 'neither');
  }
  return { mechanism, username, password };
}

function refused(file: string, name: string, expected: string, found: string): UsageError {
  return new UsageError(`${file}: ${name}: expected ${expected}, found ${found}`, 'wrong-value');
}

import { describe, expect, it } from 'vitest';
import { connectionConfig } from '../../../application/running/clientConfig.ts';

const PEM = '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n';
const files: Readonly<Record<string, string>> = {
  'ca.pem': PEM,
  'me.pem': PEM,
  'trust.jks': 'binary',
};

function config(...lines: readonly string[]) {
  return connectionConfig('client.properties', lines.join('\n'), path => files[path] ?? '');
}

const jaas =
  'sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="me" password="a b";';

describe('a file of client properties', () => {
  it('says nothing but the protocol for a plain connection', () => {
    expect(config('client.id=x')).toEqual({ tls: undefined, sasl: undefined });
  });

  it('has certificates, and a name and a password', () => {
    expect(
      config(
        'security.protocol=SASL_SSL',
        'sasl.mechanism=SCRAM-SHA-512',
        jaas,
        'ssl.truststore.location=ca.pem',
      ),
    ).toEqual({
      tls: { ca: PEM },
      sasl: { mechanism: 'SCRAM-SHA-512', username: 'me', password: 'a b' },
    });
    expect(
      config('security.protocol=SSL', 'ssl.keystore.location=me.pem', 'ssl.key.password=p').tls,
    ).toEqual({
      key: PEM,
      cert: PEM,
      passphrase: 'p',
    });
    const open = config('security.protocol=SSL', 'ssl.endpoint.identification.algorithm=').tls;
    expect(open?.checkServerIdentity).toBeTypeOf('function');
  });

  it.each([
    [
      ['security.protocol=TLS'],
      'security.protocol: expected PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL, found TLS',
    ],
    [
      ['security.protocol=SSL', 'ssl.truststore.location=trust.jks'],
      'found trust.jks, a key store of Java',
    ],
    [
      ['security.protocol=SASL_SSL'],
      'sasl.mechanism: expected PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, found GSSAPI',
    ],
    [
      ['security.protocol=SASL_PLAINTEXT', 'sasl.mechanism=PLAIN'],
      'sasl.jaas.config: expected username=',
    ],
  ])('%s is refused', (lines, message) => {
    expect(() => config(...lines)).toThrow(message);
  });
});

/** What the configuration of a node is made of. */
export interface NodeRole {
  readonly id: number;
  readonly controllers: readonly { readonly id: number; readonly address: string }[];
  /** Where it serves clients, if it is a broker. */
  readonly broker: string | undefined;
  readonly disk: string;
  readonly dynamicQuorum: boolean;
  /** Over all others. */
  readonly properties: Readonly<Record<string, string | number>>;
}

/**
 * The `server.properties` of a node: small, and quick to notice that another is gone. Without no-op records the
 * metadata log has nothing but decisions.
 */
export function nodeProperties(role: NodeRole): string {
  const { id, controllers, broker, disk, dynamicQuorum, properties } = role;
  const own = controllers.find(each => each.id === id);
  const listeners = [
    ...(broker === undefined ? [] : [`PLAINTEXT://${broker}`]),
    ...(own === undefined ? [] : [`CONTROLLER://${own.address}`]),
  ].join(',');
  const voters = controllers.map(each => `${each.id}@${each.address}`).join(',');
  const all = {
    'process.roles': [...(broker ? ['broker'] : []), ...(own ? ['controller'] : [])].join(','),
    'node.id': id,
    listeners,
    'advertised.listeners': listeners,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    ...(broker === undefined ? {} : { 'inter.broker.listener.name': 'PLAINTEXT' }),
    ...(dynamicQuorum
      ? { 'controller.quorum.bootstrap.servers': controllers.map(each => each.address).join(',') }
      : { 'controller.quorum.voters': voters }),
    'log.dirs': disk,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'group.initial.rebalance.delay.ms': 0,
    'num.network.threads': 1,
    'num.io.threads': 2,
    'background.threads': 2,
    'log.cleaner.enable': 'false',
    'num.recovery.threads.per.data.dir': 1,
    'auto.create.topics.enable': 'false',
    'broker.heartbeat.interval.ms': 500,
    'broker.session.timeout.ms': 3000,
    'replica.lag.time.max.ms': 4000,
    'replica.fetch.wait.max.ms': 500,
    'auto.leader.rebalance.enable': 'false',
    'metadata.max.idle.interval.ms': 0,
    ...properties,
  };
  return `${Object.entries(all)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`;
}

const pattern = '%d{UNIX_MILLIS} %p %c{1} %t %m%n';

/** How nodes log, for Kafka 4 (log4j2) and before (log4j). */
export const nodeLogging = {
  'log4j2.properties': [
    ...['status = error', 'name = node', 'appender.out.type = Console', 'appender.out.name = OUT'],
    'appender.out.layout.type = PatternLayout',
    `appender.out.layout.pattern = ${pattern}`,
    ...['rootLogger.level = INFO', 'rootLogger.appenderRef.out.ref = OUT', ''],
  ].join('\n'),
  'log4j.properties': [
    ...['log4j.rootLogger=INFO, OUT', 'log4j.appender.OUT=org.apache.log4j.ConsoleAppender'],
    'log4j.appender.OUT.layout=org.apache.log4j.PatternLayout',
    ...['log4j.appender.OUT.layout.ConversionPattern=%d{HH:mm:ss.SSS} %p %c{1} %t %m%n', ''],
  ].join('\n'),
} as const;

/** How the probe logs: errors alone, and not where its answers go. */
export const clientLogging = {
  'log4j2-client.properties': [
    ...[
      'status = error',
      'name = client',
      'appender.err.type = Console',
      'appender.err.name = ERR',
    ],
    ...['appender.err.target = SYSTEM_ERR', 'appender.err.layout.type = PatternLayout'],
    ...['rootLogger.level = error', 'rootLogger.appenderRef.err.ref = ERR', ''],
  ].join('\n'),
} as const;

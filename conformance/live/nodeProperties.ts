/** What the configuration of a node is made of. */
export interface NodeRole {
  readonly id: number;
  readonly controllers: readonly { readonly id: number; readonly address: string }[];
  /** Where it serves clients, if it is a broker. */
  readonly broker: string | undefined;
  /** Where it serves clients that come through a proxy, and where these find the proxy. */
  readonly proxied?: { readonly address: string; readonly found: string } | undefined;
  readonly disk: string;
  readonly dynamicQuorum: boolean;
  /** Where ZooKeeper is, in place of controllers. */
  readonly zooKeeper?: string | undefined;
  /** Over all others. */
  readonly properties: Readonly<Record<string, string | number>>;
}

/**
 * The `server.properties` of a node: small, and quick to notice that another is gone. Without no-op records the
 * metadata log has nothing but decisions.
 */
export function nodeProperties(role: NodeRole): string {
  const { id, controllers, broker, proxied, disk, properties } = role;
  const own = controllers.find(each => each.id === id);
  const listenersWith = (clients: string | undefined): string =>
    [
      ...(broker === undefined ? [] : [`PLAINTEXT://${broker}`]),
      ...(clients === undefined ? [] : [`CLIENTS://${clients}`]),
      ...(own === undefined ? [] : [`CONTROLLER://${own.address}`]),
    ].join(',');
  const all = {
    listeners: listenersWith(proxied?.address),
    'advertised.listeners': listenersWith(proxied?.found),
    ...(broker === undefined ? {} : { 'inter.broker.listener.name': 'PLAINTEXT' }),
    ...(role.zooKeeper === undefined ? ofQuorum(role) : ofZooKeeper(id, role.zooKeeper)),
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
    ...properties,
  };
  return `${Object.entries(all)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`;
}

function ofQuorum({ id, controllers, broker, dynamicQuorum }: NodeRole): object {
  const isController = controllers.some(each => each.id === id);
  const roles = [...(broker ? ['broker'] : []), ...(isController ? ['controller'] : [])];
  const addresses = controllers.map(({ address }) => address).join(',');
  const voters = controllers.map(each => `${each.id}@${each.address}`).join(',');
  return {
    'process.roles': roles.join(','),
    'node.id': id,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT',
    ...(dynamicQuorum
      ? { 'controller.quorum.bootstrap.servers': addresses }
      : { 'controller.quorum.voters': voters }),
    'metadata.max.idle.interval.ms': 0,
  };
}

function ofZooKeeper(id: number, address: string): object {
  return {
    'broker.id': id,
    'zookeeper.connect': address,
    'zookeeper.session.timeout.ms': 3000,
  };
}

/** The `zoo.cfg` of one server. */
export function zooKeeperProperties(disk: string, port: number): string {
  const all = { dataDir: disk, clientPort: port, tickTime: 500, 'admin.enableServer': 'false' };
  return `${Object.entries({ ...all, maxClientCnxns: 0 })
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`;
}

const pattern = '%d{UNIX_MILLIS} %p %c{1} %t %m%n';

/** What is logged beyond INFO: with these levels a log tells of decisions, and of what each replica makes of them. */
const levels = {
  'org.apache.kafka.controller.ReplicationControlManager': 'DEBUG',
  'org.apache.kafka.image.loader': 'DEBUG',
} as const;

/** How nodes log, for Kafka 4 (log4j2) and before (log4j). */
export const nodeLogging = {
  'log4j2.properties': [
    ...['status = error', 'name = node', 'appender.out.type = Console', 'appender.out.name = OUT'],
    'appender.out.layout.type = PatternLayout',
    `appender.out.layout.pattern = ${pattern}`,
    ...['rootLogger.level = INFO', 'rootLogger.appenderRef.out.ref = OUT'],
    ...Object.entries(levels).flatMap(([name, level], index) => [
      `logger.l${index}.name = ${name}`,
      `logger.l${index}.level = ${level}`,
    ]),
    '',
  ].join('\n'),
  'log4j.properties': [
    ...['log4j.rootLogger=INFO, OUT', 'log4j.appender.OUT=org.apache.log4j.ConsoleAppender'],
    'log4j.appender.OUT.layout=org.apache.log4j.PatternLayout',
    'log4j.appender.OUT.layout.ConversionPattern=%d{HH:mm:ss.SSS} %p %c{1} %t %m%n',
    ...Object.entries(levels).map(([name, level]) => `log4j.logger.${name}=${level}`),
    '',
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

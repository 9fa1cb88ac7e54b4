package kafka.server;

import com.fasterxml.jackson.databind.node.ArrayNode;

import kafka.cluster.BrokerEndPoint;
import kafka.cluster.PartitionState;
import kafka.cluster.PendingPartitionChange;
import kafka.cluster.Replica;
import kafka.log.LogManager;
import kafka.log.UnifiedLog;
import kafka.server.metadata.KRaftMetadataCache;
import org.apache.kafka.clients.FetchSessionHandler;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.image.MetadataProvenance;
import org.apache.kafka.image.TopicsImage;
import org.apache.kafka.server.NodeToControllerChannelManager;
import org.apache.kafka.server.common.DirectoryEventHandler;
import org.apache.kafka.server.config.ReplicationQuotaManagerConfig;
import org.apache.kafka.server.util.timer.MockTimer;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.FetchIsolation;
import org.apache.kafka.storage.internals.log.FetchParams;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the driver of the brokers puts together or calls otherwise in 3.9.1 than in other releases. */
final class BrokerRelease {
    private BrokerRelease() { }

    static BrokerTopicStats stats() {
        return new BrokerTopicStats(false);
    }

    static LogManager logs(KafkaConfig config, Properties topicConfig, Immediate scheduler, Clock clock, BrokerTopicStats stats,
                           LogDirFailureChannel failures) {
        return LogManager.apply(config, CollectionConverters.asScala(List.<String>of()), resource -> topicConfig, scheduler,
            clock, stats, failures, true);
    }

    static QuotaFactory.QuotaManagers quotas(Metrics metrics, Clock clock) {
        return new QuotaFactory.QuotaManagers(null, null, null, null,
            quota(metrics, QuotaType.LeaderReplication$.MODULE$, clock),
            quota(metrics, QuotaType.FollowerReplication$.MODULE$, clock),
            quota(metrics, QuotaType.AlterLogDirsReplication$.MODULE$, clock), Option.empty());
    }

    private static ReplicationQuotaManager quota(Metrics metrics, QuotaType type, Time time) {
        return new ReplicationQuotaManager(new ReplicationQuotaManagerConfig(), metrics, type, time);
    }

    static AlterPartitionManager isr(NodeToControllerChannelManager controller, Immediate scheduler, Clock clock, Broker broker,
                                     KRaftMetadataCache metadata) {
        return new DefaultAlterPartitionManager(controller, scheduler, clock, broker.id, () -> broker.epoch, metadata::metadataVersion);
    }

    static TopicConfigHandler configs(ReplicaManager replicas, KafkaConfig config, QuotaFactory.QuotaManagers quotas) {
        return new TopicConfigHandler(replicas, config, quotas, Option.empty());
    }

    /** With fetchers that are never started, and operations that wait without a thread. */
    static final class Replicas extends ReplicaManager {
        Replicas(KafkaConfig config, Metrics metrics, Clock clock, Immediate scheduler, LogManager logs,
                 QuotaFactory.QuotaManagers quotas, KRaftMetadataCache metadata, LogDirFailureChannel failures,
                 AlterPartitionManager isr, BrokerTopicStats stats, Broker broker, MockTimer patience) {
            super(config, metrics, clock, scheduler, logs, Option.empty(), quotas, metadata, failures, isr, stats,
                new AtomicBoolean(false), Option.empty(),
                waiting(broker, patience), waiting(broker), waiting(broker), waiting(broker), waiting(broker),
                Option.empty(), () -> broker.epoch, Option.empty(), DirectoryEventHandler.NOOP);
        }

        private static <T extends DelayedOperation> Option<DelayedOperationPurgatory<T>> waiting(Broker broker) {
            return waiting(broker, new MockTimer());
        }

        private static <T extends DelayedOperation> Option<DelayedOperationPurgatory<T>> waiting(Broker broker, MockTimer timer) {
            return Option.apply(new DelayedOperationPurgatory<>("driver", timer, broker.id, 1, false, true));
        }

        @Override
        public ReplicaFetcherManager createReplicaFetcherManager(Metrics metrics, Time time, Option<String> prefix,
                                                                ReplicationQuotaManager quota) {
            ReplicaManager replicas = this;
            return new ReplicaFetcherManager(config(), this, metrics, time, prefix, quota,
                () -> metadataCache().metadataVersion(), brokerEpochSupplier()) {
                @Override
                public ReplicaFetcherThread createFetcherThread(int fetcherId, BrokerEndPoint leader) {
                    return new Fetcher(replicas, quota, leader);
                }
            };
        }
    }

    /** A follower's fetcher: its thread does not run, and its leader answers what it has answered before. */
    static final class Fetcher extends ReplicaFetcherThread {
        final Connection connection;

        private Fetcher(ReplicaManager replicas, ReplicationQuotaManager quota, BrokerEndPoint leader) {
            this(replicas, quota, new Connection(leader), new LogContext());
        }

        private Fetcher(ReplicaManager replicas, ReplicationQuotaManager quota, Connection connection, LogContext log) {
            super("fetcher-" + connection.leader.id(),
                new RemoteLeaderEndPoint(log.logPrefix(), connection, new FetchSessionHandler(log, connection.leader.id()),
                    replicas.config(), replicas, quota, () -> replicas.metadataCache().metadataVersion(),
                    replicas.brokerEpochSupplier()),
                replicas.config(), replicas.replicaFetcherManager().failedPartitions(), replicas, quota, log.logPrefix(),
                () -> replicas.metadataCache().metadataVersion());
            this.connection = connection;
        }

        @Override
        public void start() { }

        /** What it sends next; null where it has nothing to ask. */
        Fetch next() {
            var states = CollectionConverters.asScala(Map.of(Broker.PARTITION, fetchState(Broker.PARTITION).get()));
            var sent = leader().buildFetch(states).result();
            return sent.isEmpty() ? null : new Fetch(this, sent.get().partitionData(), sent.get().fetchRequest());
        }
    }

    static FetchParams params(FetchRequest request) {
        return new FetchParams(request.version(), request.replicaId(), request.replicaEpoch(), request.maxWait(),
            request.minBytes(), request.maxBytes(), FetchIsolation.of(request), Optional.empty());
    }

    static ReplicaQuota unbounded() {
        return QuotaFactory.UnboundedQuota$.MODULE$;
    }

    static long offset(ReplicaManager replicas, int leaderEpoch, long timestamp) {
        return replicas.fetchOffsetForTimestamp(Broker.PARTITION, timestamp, Option.empty(), Optional.of(leaderEpoch), true)
            .get().offset;
    }

    static void append(ReplicaManager replicas, Broker broker, short acks, MemoryRecords records, Broker.Answer answer) {
        replicas.appendRecords(BrokerParts.TIMEOUT, acks, false, AppendOrigin.CLIENT,
            CollectionConverters.asScala(Map.of(Broker.PARTITION, records)),
            answers -> {
                CollectionConverters.asJava(answers).values().forEach(each -> answer.told(each.error.name(), each.baseOffset));
                return BoxedUnit.UNIT;
            },
            Option.empty(), stats -> BoxedUnit.UNIT, RequestLocal.NoCaching(), replicas.appendRecords$default$10(),
            scala.collection.immutable.Map$.MODULE$.empty());
    }

    static MetadataProvenance provenance(long offset) {
        return new MetadataProvenance(offset, 1, 0L);
    }

    static boolean isStray(int broker, TopicsImage topics, UnifiedLog log) {
        return LogManager.isStrayKraftReplica(broker, topics, log);
    }

    static void describeEpochs(ArrayNode epochs, UnifiedLog log) {
        log.leaderEpochCache().get().epochEntries().forEach(entry -> epochs.addArray().add(entry.epoch).add(entry.startOffset));
    }

    static Iterable<Integer> members(PartitionState isr) {
        return numbers(isr.isr());
    }

    static Iterable<Integer> proposed(PartitionState isr) {
        return isr instanceof PendingPartitionChange change ? numbers(change.sentLeaderAndIsr().isr()) : List.of();
    }

    private static List<Integer> numbers(scala.collection.Iterable<Object> values) {
        List<Integer> numbers = new ArrayList<>();
        CollectionConverters.asJava(values).forEach(value -> numbers.add((Integer) value));
        return numbers;
    }

    static long epochOf(Replica replica) {
        return replica.stateSnapshot().brokerEpoch().isEmpty() ? -1L : (Long) replica.stateSnapshot().brokerEpoch().get();
    }
}

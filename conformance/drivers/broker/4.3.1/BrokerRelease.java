package kafka.server;

import com.fasterxml.jackson.databind.node.ArrayNode;

import org.apache.kafka.server.replica.Replica;
import kafka.log.LogManager;
import org.apache.kafka.clients.FetchSessionHandler;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.image.MetadataProvenance;
import org.apache.kafka.image.TopicsImage;
import org.apache.kafka.metadata.KRaftMetadataCache;
import org.apache.kafka.server.DelayedActionQueue;
import org.apache.kafka.server.common.DirectoryEventHandler;
import org.apache.kafka.server.common.NodeToControllerChannelManager;
import org.apache.kafka.server.common.RequestLocal;
import org.apache.kafka.server.config.ReplicationQuotaManagerConfig;
import org.apache.kafka.server.network.BrokerEndPoint;
import org.apache.kafka.server.partition.PartitionState;
import org.apache.kafka.server.partition.PendingPartitionChange;
import org.apache.kafka.server.purgatory.DelayedOperation;
import org.apache.kafka.server.purgatory.DelayedOperationPurgatory;
import org.apache.kafka.server.quota.QuotaType;
import org.apache.kafka.server.storage.log.FetchIsolation;
import org.apache.kafka.server.storage.log.FetchParams;
import org.apache.kafka.server.transaction.AddPartitionsToTxnManager;
import org.apache.kafka.server.util.timer.MockTimer;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** What the driver of the brokers puts together or calls otherwise in 4.3.1 than in other releases. */
final class BrokerRelease {
    private BrokerRelease() { }

    static BrokerTopicStats stats() {
        return new BrokerTopicStats();
    }

    static LogManager logs(KafkaConfig config, Properties topicConfig, Immediate scheduler, Clock clock, BrokerTopicStats stats,
                           LogDirFailureChannel failures) {
        return LogManager.apply(config, CollectionConverters.asScala(List.<String>of()), resource -> topicConfig, scheduler,
            clock, stats, failures);
    }

    static QuotaFactory.QuotaManagers quotas(Metrics metrics, Clock clock) {
        return new QuotaFactory.QuotaManagers(null, null, null, null,
            quota(metrics, QuotaType.LEADER_REPLICATION, clock), quota(metrics, QuotaType.FOLLOWER_REPLICATION, clock),
            quota(metrics, QuotaType.ALTER_LOG_DIRS_REPLICATION, clock), Optional.empty());
    }

    private static ReplicationQuotaManager quota(Metrics metrics, QuotaType type, Time time) {
        return new ReplicationQuotaManager(new ReplicationQuotaManagerConfig(), metrics, type, time);
    }

    static AlterPartitionManager isr(NodeToControllerChannelManager controller, Immediate scheduler, Clock clock, Broker broker,
                                     KRaftMetadataCache metadata) {
        return new DefaultAlterPartitionManager(controller, scheduler, clock, broker.id, () -> broker.epoch);
    }

    static TopicConfigHandler configs(ReplicaManager replicas, KafkaConfig config, QuotaFactory.QuotaManagers quotas) {
        return new TopicConfigHandler(replicas, config, quotas);
    }

    /** With fetchers that are never started, and operations that wait without a thread. */
    static final class Replicas extends ReplicaManager {
        Replicas(KafkaConfig config, Metrics metrics, Clock clock, Immediate scheduler, LogManager logs,
                 QuotaFactory.QuotaManagers quotas, KRaftMetadataCache metadata, LogDirFailureChannel failures,
                 AlterPartitionManager isr, BrokerTopicStats stats, Broker broker, MockTimer patience) {
            super(config, metrics, clock, scheduler, logs, Option.empty(), quotas, metadata, failures, isr, stats,
                waiting(broker, patience), waiting(broker), waiting(broker), waiting(broker), waiting(broker), waiting(broker),
                () -> broker.epoch, Option.<AddPartitionsToTxnManager>empty(), DirectoryEventHandler.NOOP,
                new DelayedActionQueue());
        }

        private static <T extends DelayedOperation> Option<DelayedOperationPurgatory<T>> waiting(Broker broker) {
            return waiting(broker, new MockTimer());
        }

        private static <T extends DelayedOperation> Option<DelayedOperationPurgatory<T>> waiting(Broker broker, MockTimer timer) {
            return Option.apply(new DelayedOperationPurgatory<>("driver", timer, broker.id, 1, false, true));
        }

        @Override
        public ReplicaFetcherManager createReplicaFetcherManager(Metrics metrics, Time time, ReplicationQuotaManager quota) {
            ReplicaManager replicas = this;
            return new ReplicaFetcherManager(config(), this, metrics, time, quota,
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
                replicas.config(), replicas.replicaFetcherManager().failedPartitions(), replicas, quota, log.logPrefix());
            this.connection = connection;
        }

        @Override
        public void start() { }

        /** What it sends next; null where it has nothing to ask. */
        Fetch next() {
            var states = Map.of(Broker.PARTITION, fetchState(Broker.PARTITION).get());
            return leader().buildFetch(states).result()
                .map(sent -> new Fetch(this, sent.partitionData(), sent.fetchRequest())).orElse(null);
        }
    }

    static FetchParams params(FetchRequest request) {
        return new FetchParams(request.replicaId(), request.replicaEpoch(), request.maxWait(), request.minBytes(),
            request.maxBytes(), FetchIsolation.of(request), Optional.empty());
    }

    static ReplicaQuota unbounded() {
        return QuotaFactory.UNBOUNDED_QUOTA;
    }

    static long offset(ReplicaManager replicas, int leaderEpoch, long timestamp) {
        return replicas.fetchOffsetForTimestamp(Broker.PARTITION, timestamp, Option.empty(), Optional.of(leaderEpoch), true)
            .timestampAndOffsetOpt().get().offset;
    }

    static void append(ReplicaManager replicas, Broker broker, short acks, MemoryRecords records, Broker.Answer answer) {
        TopicIdPartition partition = new TopicIdPartition(broker.topicId(), Broker.PARTITION);
        replicas.appendRecords(BrokerParts.TIMEOUT, acks, false, AppendOrigin.CLIENT,
            CollectionConverters.asScala(Map.of(partition, records)),
            answers -> {
                answers.values().forEach(each -> answer.told(each.error.name(), each.baseOffset));
                return BoxedUnit.UNIT;
            },
            stats -> BoxedUnit.UNIT, RequestLocal.noCaching(), scala.collection.immutable.Map$.MODULE$.empty(), (short) -1);
    }

    static MetadataProvenance provenance(long offset) {
        return new MetadataProvenance(offset, 1, 0L, true);
    }

    static boolean isStray(int broker, TopicsImage topics, UnifiedLog log) {
        if (log.topicId().isEmpty()) return true;
        List<Integer> replicas = topics.partitionReplicas(log.topicId().get(), log.topicPartition().partition());
        return org.apache.kafka.storage.internals.log.LogManager.isStrayReplica(replicas, broker, log);
    }

    static void describeEpochs(ArrayNode epochs, UnifiedLog log) {
        log.leaderEpochCache().epochEntries().forEach(entry -> epochs.addArray().add(entry.epoch()).add(entry.startOffset()));
    }

    static Iterable<Integer> members(PartitionState isr) {
        return isr.isr();
    }

    static Iterable<Integer> proposed(PartitionState isr) {
        return isr instanceof PendingPartitionChange change ? change.sentLeaderAndIsr().isr() : List.of();
    }

    static long epochOf(Replica replica) {
        return replica.stateSnapshot().brokerEpoch().orElse(-1L);
    }
}

package kafka.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import highwater.Lines;
import kafka.cluster.Partition;
import kafka.log.LogManager;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.FetchSessionHandler;
import org.apache.kafka.clients.NodeApiVersions;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.Records;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AlterPartitionRequest;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.ListOffsetsResponse;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.MetadataProvenance;
import org.apache.kafka.metadata.KRaftMetadataCache;
import org.apache.kafka.server.DelayedActionQueue;
import org.apache.kafka.server.ReplicaFetch;
import org.apache.kafka.server.common.ControllerRequestCompletionHandler;
import org.apache.kafka.server.common.DirectoryEventHandler;
import org.apache.kafka.server.common.KRaftVersion;
import org.apache.kafka.server.common.NodeToControllerChannelManager;
import org.apache.kafka.server.common.RequestLocal;
import org.apache.kafka.server.config.ReplicationQuotaManagerConfig;
import org.apache.kafka.server.network.BrokerEndPoint;
import org.apache.kafka.server.partition.PendingExpandIsr;
import org.apache.kafka.server.partition.PendingPartitionChange;
import org.apache.kafka.server.purgatory.DelayedOperation;
import org.apache.kafka.server.purgatory.DelayedOperationPurgatory;
import org.apache.kafka.server.quota.QuotaType;
import org.apache.kafka.server.storage.log.FetchIsolation;
import org.apache.kafka.server.storage.log.FetchParams;
import org.apache.kafka.server.storage.log.FetchPartitionData;
import org.apache.kafka.server.transaction.AddPartitionsToTxnManager;
import org.apache.kafka.server.util.timer.MockTimer;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;
import scala.Option;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** What a broker of 4.3.1 consists of, put together as BrokerServer does, without its threads and sockets. */
final class BrokerRelease {
    private static final long TIMEOUT = 30_000;

    final LogManager logs;
    final ReplicaManager replicas;
    private final Broker broker;
    private final KRaftMetadataCache metadata;
    private final TopicConfigHandler configs;
    /** Of the producers that wait. */
    private final MockTimer patience = new MockTimer();

    BrokerRelease(Broker broker, KafkaConfig config, Clock clock, Properties topicConfig) {
        this.broker = broker;
        Metrics metrics = new Metrics();
        Immediate scheduler = new Immediate();
        BrokerTopicStats stats = new BrokerTopicStats();
        LogDirFailureChannel failures = new LogDirFailureChannel(1);
        metadata = new KRaftMetadataCache(broker.id, () -> KRaftVersion.KRAFT_VERSION_0);
        logs = LogManager.apply(config, CollectionConverters.asScala(List.<String>of()), resource -> topicConfig, scheduler,
            clock, stats, failures);
        QuotaFactory.QuotaManagers quotas = new QuotaFactory.QuotaManagers(null, null, null, null,
            quota(metrics, QuotaType.LEADER_REPLICATION, clock), quota(metrics, QuotaType.FOLLOWER_REPLICATION, clock),
            quota(metrics, QuotaType.ALTER_LOG_DIRS_REPLICATION, clock), Optional.empty());
        AlterPartitionManager isr =
            new DefaultAlterPartitionManager(new Controller(broker), scheduler, clock, broker.id, () -> broker.epoch);
        replicas = new Replicas(
            config, metrics, clock, scheduler, logs, quotas, metadata, failures, isr, stats, broker, patience);
        configs = new TopicConfigHandler(replicas, config, quotas);
    }

    private static ReplicationQuotaManager quota(Metrics metrics, QuotaType type, Time time) {
        return new ReplicationQuotaManager(new ReplicationQuotaManagerConfig(), metrics, type, time);
    }

    /** With fetchers that are never started, and operations that wait without a thread. */
    private static final class Replicas extends ReplicaManager {
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
    private static final class Fetcher extends ReplicaFetcherThread {
        private final Connection connection;

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
    }

    private static final class Connection implements BlockingSend {
        final BrokerEndPoint leader;
        /** What the leader has answered; null where that was lost. */
        Answers answers;

        Connection(BrokerEndPoint leader) {
            this.leader = leader;
        }

        @Override
        public BrokerEndPoint brokerEndPoint() {
            return leader;
        }

        @Override
        public ClientResponse sendRequest(AbstractRequest.Builder<? extends AbstractRequest> builder) {
            if (answers == null) throw new UncheckedIOException(new IOException("the connection is gone"));
            return answers.to(builder.build());
        }

        @Override
        public void initiateClose() { }

        @Override
        public void close() { }
    }

    /** A fetch between a follower and its leader. */
    static final class Fetch {
        private final Fetcher fetcher;
        private final ReplicaFetch sent;
        /** Null until the leader has handled it. */
        private Answers answers;

        private Fetch(Fetcher fetcher, ReplicaFetch sent) {
            this.fetcher = fetcher;
            this.sent = sent;
        }

        boolean isAnswered() {
            return answers != null;
        }

        void loseAnswer() {
            answers = null;
        }

        ObjectNode describe() {
            FetchRequest.PartitionData asked = sent.partitionData().get(Broker.PARTITION);
            ObjectNode state = Lines.JSON.createObjectNode()
                .put("leaderEpoch", asked.currentLeaderEpoch.get())
                .put("offset", asked.fetchOffset)
                .put("lastEpoch", asked.lastFetchedEpoch.orElse(null));
            if (answers == null) return state;
            answers.describe(state);
            for (RecordBatch batch : ((MemoryRecords) FetchResponse.recordsOrFail(answers.partition())).batches())
                for (Record record : batch) addRecord(state.withArray("records"), batch, record);
            return state;
        }
    }

    private static void addRecord(ArrayNode records, RecordBatch batch, Record record) {
        records.addArray()
            .add(batch.partitionLeaderEpoch())
            .add(Integer.parseInt(StandardCharsets.UTF_8.decode(record.value()).toString()));
    }

    /** What the fetcher sends next; null where it does not fetch from this leader. */
    Fetch send(int leader) {
        if (!(broker.fetcher() instanceof Fetcher fetcher) || fetcher.connection.leader.id() != leader) return null;
        // As doWork begins: a replica without an epoch has nothing to compare.
        if (fetcher.fetchState(Broker.PARTITION).get().isTruncating())
            fetcher.truncateToHighWatermark(CollectionConverters.asScala(Set.of(Broker.PARTITION)));
        var states = Map.of(Broker.PARTITION, fetcher.fetchState(Broker.PARTITION).get());
        return fetcher.leader().buildFetch(states).result().map(sent -> new Fetch(fetcher, sent)).orElse(null);
    }

    /** The fetcher makes of the answer what it can; of none, that the connection is gone. */
    void receive(Fetch fetch) {
        if (fetch.fetcher != broker.fetcher()) return;
        fetch.fetcher.connection.answers = fetch.answers;
        fetch.fetcher.processFetchRequest(fetch.sent.partitionData(), fetch.sent.fetchRequest());
    }

    /** The leader handles a fetch, as KafkaApis does. Returns the error, or NONE. */
    String handle(Fetch fetch) {
        FetchRequest request = fetch.sent.fetchRequest().build();
        FetchParams params = new FetchParams(request.replicaId(), request.replicaEpoch(), request.maxWait(), request.minBytes(),
            request.maxBytes(), FetchIsolation.of(request), Optional.empty());
        List<Tuple2<TopicIdPartition, FetchRequest.PartitionData>> asked = new ArrayList<>();
        request.fetchData(metadata.topicIdsToNames()).forEach((partition, data) -> asked.add(new Tuple2<>(partition, data)));
        LinkedHashMap<TopicIdPartition, FetchResponseData.PartitionData> answered = new LinkedHashMap<>();
        replicas.fetchMessages(params, CollectionConverters.asScala(asked).toSeq(), QuotaFactory.UNBOUNDED_QUOTA, answers -> {
            CollectionConverters.asJava(answers).forEach(answer -> answered.put(answer._1, dataOf(answer._1, answer._2)));
            return BoxedUnit.UNIT;
        });
        int epoch = asked.get(0)._2.currentLeaderEpoch.get();
        fetch.answers = new Answers(FetchResponse.of(Errors.NONE, 0, 0, answered, List.of()),
            offset(epoch, ListOffsetsRequest.EARLIEST_TIMESTAMP), offset(epoch, ListOffsetsRequest.LATEST_TIMESTAMP));
        return fetch.answers.error().name();
    }

    private static FetchResponseData.PartitionData dataOf(TopicIdPartition partition, FetchPartitionData data) {
        FetchResponseData.PartitionData answer = new FetchResponseData.PartitionData()
            .setPartitionIndex(partition.partition())
            .setErrorCode(data.error.code())
            .setHighWatermark(data.highWatermark)
            .setLogStartOffset(data.logStartOffset)
            .setRecords(inMemory(data.records));
        data.divergingEpoch.ifPresent(answer::setDivergingEpoch);
        return answer;
    }

    /** As on the wire: what becomes of the leader's file does not matter any more. */
    private static Records inMemory(Records records) {
        if (!(records instanceof FileRecords file)) return records;
        try {
            ByteBuffer buffer = ByteBuffer.allocate(file.sizeInBytes());
            file.readInto(buffer, 0);
            return MemoryRecords.readableRecords(buffer);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private ListOffsetsResponse offset(int leaderEpoch, long timestamp) {
        try {
            var found = replicas.fetchOffsetForTimestamp(
                Broker.PARTITION, timestamp, Option.empty(), Optional.of(leaderEpoch), true);
            return Answers.offset(Errors.NONE, found.timestampAndOffsetOpt().get().offset);
        } catch (RuntimeException refusal) {
            return Answers.offset(Errors.forException(refusal), -1);
        }
    }

    /** A producer's record. What becomes of it is told to the broker, now or later. */
    void append(short acks, int value, Clock clock, Broker.Answer answer) {
        MemoryRecords records = MemoryRecords.withRecords(Compression.NONE,
            new SimpleRecord(clock.milliseconds(), String.valueOf(value).getBytes(StandardCharsets.UTF_8)));
        TopicIdPartition partition = new TopicIdPartition(Broker.TOPIC_ID, Broker.PARTITION);
        replicas.appendRecords(TIMEOUT, acks, false, AppendOrigin.CLIENT,
            CollectionConverters.asScala(Map.of(partition, records)),
            answers -> {
                answers.values().forEach(each -> answer.told(each.error.name(), each.baseOffset));
                return BoxedUnit.UNIT;
            },
            stats -> BoxedUnit.UNIT, RequestLocal.noCaching(), scala.collection.immutable.Map$.MODULE$.empty(), (short) -1);
    }

    /** Whoever waits for a record has waited for too long. */
    void timeOut() throws InterruptedException {
        patience.advanceClock(TIMEOUT + 1);
    }

    static MetadataProvenance provenance(long offset) {
        return new MetadataProvenance(offset, 1, 0L, true);
    }

    void publish(MetadataImage image) {
        metadata.setImage(image);
    }

    /** The topic's configuration has changed. */
    void configure(Properties topicConfig) {
        configs.processConfigChanges(Broker.TOPIC, topicConfig);
    }

    /** Where AlterPartition requests go. */
    private static final class Controller implements NodeToControllerChannelManager {
        private final Broker broker;

        Controller(Broker broker) {
            this.broker = broker;
        }

        @Override
        public void start() { }

        @Override
        public void shutdown() { }

        @Override
        public Optional<NodeApiVersions> controllerApiVersions() {
            return Optional.empty();
        }

        @Override
        public void sendRequest(AbstractRequest.Builder<? extends AbstractRequest> sent,
                                ControllerRequestCompletionHandler sender) {
            var isr = broker.partition().partitionState();
            int added = isr instanceof PendingExpandIsr expand ? expand.newInSyncReplicaId() : 0;
            broker.proposal = new Proposal((AlterPartitionRequest) sent.build(), added, sender::onComplete);
        }

        @Override
        public long getTimeoutMs() {
            return Long.MAX_VALUE;
        }
    }

    void describeLog(ObjectNode state, Partition partition) {
        var log = partition.localLogOrException();
        state.put("start", log.logStartOffset()).put("end", log.logEndOffset());
        state.put("highWatermark", log.highWatermark()).put("flushed", log.recoveryPoint());
        ArrayNode records = state.putArray("log");
        for (var segment : log.logSegments())
            for (RecordBatch batch : segment.log().batches())
                for (Record record : batch)
                    if (record.offset() >= log.logStartOffset()) addRecord(records, batch, record);
        ArrayNode epochs = state.putArray("epochs");
        log.leaderEpochCache().epochEntries().forEach(entry -> epochs.addArray().add(entry.epoch()).add(entry.startOffset()));
    }

    void describeLeader(ObjectNode state, Partition partition) {
        state.put("epochStart", (Long) partition.leaderEpochStartOffsetOpt().get());
        var isr = partition.partitionState();
        isr.isr().forEach(state.putArray("isr")::add);
        state.put("change", !isr.isInflight() ? "none" : isr instanceof PendingExpandIsr ? "expand" : "shrink");
        ArrayNode proposed = state.putArray("proposed");
        if (isr instanceof PendingPartitionChange change) change.sentLeaderAndIsr().isr().forEach(proposed::add);
        ArrayNode followers = state.putArray("followers");
        CollectionConverters.asJava(partition.remoteReplicas()).forEach(replica -> followers.addObject()
            .put("broker", replica.brokerId())
            .put("end", replica.stateSnapshot().logEndOffset())
            .put("epoch", replica.stateSnapshot().brokerEpoch().orElse(-1L)));
    }
}

package kafka.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import kafka.cluster.Partition;
import kafka.log.LogManager;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.FetchSessionHandler;
import org.apache.kafka.clients.NodeApiVersions;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.AlterPartitionRequestData;
import org.apache.kafka.common.message.AlterPartitionResponseData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.Records;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.AlterPartitionRequest;
import org.apache.kafka.common.requests.AlterPartitionResponse;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.ListOffsetsResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.metadata.KRaftMetadataCache;
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

/** What a broker of 4.3.1 consists of, put together as BrokerServer does, without its threads and sockets. */
final class BrokerRelease {
    final LogManager logs;
    final ReplicaManager replicas;
    private final Broker broker;
    private final KRaftMetadataCache metadata;
    private final Controller controller;
    private final TopicConfigHandler configs;

    BrokerRelease(Broker broker, KafkaConfig config, Clock clock, Properties topicConfig) {
        this.broker = broker;
        controller = new Controller(broker);
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
            new DefaultAlterPartitionManager(controller, scheduler, clock, broker.id, () -> broker.epoch);
        replicas = new Replicas(config, metrics, clock, scheduler, logs, quotas, metadata, failures, isr, stats, broker);
        configs = new TopicConfigHandler(replicas, config, quotas);
    }

    private static ReplicationQuotaManager quota(Metrics metrics, QuotaType type, Time time) {
        return new ReplicationQuotaManager(new ReplicationQuotaManagerConfig(), metrics, type, time);
    }

    /** With fetchers that are never started, and operations that wait without a thread. */
    private static final class Replicas extends ReplicaManager {
        Replicas(KafkaConfig config, Metrics metrics, Clock clock, Immediate scheduler, LogManager logs,
                 QuotaFactory.QuotaManagers quotas, KRaftMetadataCache metadata, LogDirFailureChannel failures,
                 AlterPartitionManager isr, BrokerTopicStats stats, Broker broker) {
            super(config, metrics, clock, scheduler, logs, Option.empty(), quotas, metadata, failures, isr, stats,
                waiting(broker), waiting(broker), waiting(broker), waiting(broker), waiting(broker), waiting(broker),
                () -> broker.epoch, Option.<AddPartitionsToTxnManager>empty(), DirectoryEventHandler.NOOP,
                new org.apache.kafka.server.DelayedActionQueue());
        }

        private static <T extends DelayedOperation> Option<DelayedOperationPurgatory<T>> waiting(Broker broker) {
            return Option.apply(new DelayedOperationPurgatory<>("driver", new MockTimer(), broker.id, 1, false, true));
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
            AbstractRequest request = builder.build();
            AbstractResponse response = answers.to(request);
            RequestHeader header = new RequestHeader(request.apiKey(), request.version(), "", 0);
            return new ClientResponse(header, null, "", 0L, 0L, false, null, null, response);
        }

        @Override
        public void initiateClose() { }

        @Override
        public void close() { }
    }

    /** What a leader has answered to a fetch, and what it would have to questions after it. */
    private record Answers(FetchResponse fetched, ListOffsetsResponse start, ListOffsetsResponse end) {
        AbstractResponse to(AbstractRequest request) {
            if (!(request instanceof ListOffsetsRequest question)) return fetched;
            long timestamp = question.topics().get(0).partitions().get(0).timestamp();
            return timestamp == ListOffsetsRequest.LATEST_TIMESTAMP ? end : start;
        }
    }

    /** A fetch between a follower and its leader. */
    static final class Fetch {
        private final Fetcher fetcher;
        private final org.apache.kafka.server.ReplicaFetch sent;
        private Answers answers;

        private Fetch(Fetcher fetcher, org.apache.kafka.server.ReplicaFetch sent) {
            this.fetcher = fetcher;
            this.sent = sent;
        }
    }

    /** What the fetcher sends next; null where it does not fetch from this leader. */
    Fetch send(int leader) {
        if (!(broker.fetcher() instanceof Fetcher fetcher) || fetcher.connection.leader.id() != leader) return null;
        // As doWork begins: a replica without an epoch has nothing to compare.
        if (fetcher.fetchState(Broker.PARTITION).get().isTruncating())
            fetcher.truncateToHighWatermark(CollectionConverters.asScala(java.util.Set.of(Broker.PARTITION)));
        var states = Map.of(Broker.PARTITION, fetcher.fetchState(Broker.PARTITION).get());
        return fetcher.leader().buildFetch(states).result().map(sent -> new Fetch(fetcher, sent)).orElse(null);
    }

    /** The fetcher makes of the answer what it can; of none, that the connection is gone. */
    static void receive(Fetch fetch) {
        if (fetch.fetcher.isShutdownInitiated()) return;
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
        return Errors.forCode(answered.values().iterator().next().errorCode()).name();
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
        ListOffsetsResponseData.ListOffsetsPartitionResponse partition =
            new ListOffsetsResponseData.ListOffsetsPartitionResponse().setPartitionIndex(0);
        try {
            var found = replicas.fetchOffsetForTimestamp(Broker.PARTITION, timestamp, Option.empty(), Optional.of(leaderEpoch), true)
                .timestampAndOffsetOpt().get();
            partition.setOffset(found.offset).setLeaderEpoch(found.leaderEpoch.orElse(-1));
        } catch (RuntimeException refusal) {
            partition.setErrorCode(Errors.forException(refusal).code());
        }
        return new ListOffsetsResponse(new ListOffsetsResponseData().setTopics(List.of(
            new ListOffsetsResponseData.ListOffsetsTopicResponse().setName(Broker.TOPIC).setPartitions(List.of(partition)))));
    }

    /** A producer's record. What becomes of it is told to the broker, now or later. */
    void append(short acks, int value, Clock clock, Broker.Answer answer) {
        MemoryRecords records = MemoryRecords.withRecords(Compression.NONE,
            new SimpleRecord(clock.milliseconds(), String.valueOf(value).getBytes(StandardCharsets.UTF_8)));
        TopicIdPartition partition = new TopicIdPartition(Broker.TOPIC_ID, Broker.PARTITION);
        replicas.appendRecords(Long.MAX_VALUE / 2, acks, false, AppendOrigin.CLIENT,
            CollectionConverters.asScala(Map.of(partition, records)),
            answers -> {
                answers.values().forEach(each -> answer.told(each.error.name(), each.baseOffset));
                return BoxedUnit.UNIT;
            },
            stats -> BoxedUnit.UNIT, RequestLocal.noCaching(), scala.collection.immutable.Map$.MODULE$.empty(), (short) -1);
    }

    void publish(MetadataImage image) {
        metadata.setImage(image);
    }

    /** The topic's configuration has changed. */
    void configure(Properties topicConfig) {
        configs.processConfigChanges(Broker.TOPIC, topicConfig);
    }

    /** Where AlterPartition requests wait until the controller answers. */
    private static final class Controller implements NodeToControllerChannelManager {
        private final Broker broker;
        private AlterPartitionRequestData request;
        /** Who is to enter the ISR, or 0. */
        private int added;
        private ControllerRequestCompletionHandler handler;

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
        public void sendRequest(AbstractRequest.Builder<? extends AbstractRequest> sent, ControllerRequestCompletionHandler completion) {
            request = ((AlterPartitionRequest.Builder) sent).build().data();
            added = broker.partition().partitionState() instanceof PendingExpandIsr expand ? expand.newInSyncReplicaId() : 0;
            handler = completion;
        }

        @Override
        public long getTimeoutMs() {
            return Long.MAX_VALUE;
        }
    }

    /** The controller has decided, and the answer is on its way. */
    void decideAlterPartition() {
        controller.request = null;
    }

    /** The answer is there. */
    void answerAlterPartition(JsonNode answer) {
        AlterPartitionResponseData.PartitionData partition = new AlterPartitionResponseData.PartitionData()
            .setErrorCode(Errors.valueOf(answer.get("error").asText()).code());
        if (answer.has("isr")) partition
            .setLeaderId(broker.id)
            .setLeaderEpoch(answer.get("leaderEpoch").asInt())
            .setPartitionEpoch(answer.get("partitionEpoch").asInt())
            .setIsr(Cluster.integers(answer.get("isr")));
        AlterPartitionResponse response = new AlterPartitionResponse(new AlterPartitionResponseData().setTopics(List.of(
            new AlterPartitionResponseData.TopicData().setTopicId(Broker.TOPIC_ID).setPartitions(List.of(partition)))));
        ControllerRequestCompletionHandler asked = controller.handler;
        // It was the process before that asked.
        if (asked == null) return;
        controller.request = null;
        controller.handler = null;
        RequestHeader header = new RequestHeader(ApiKeys.ALTER_PARTITION, ApiKeys.ALTER_PARTITION.latestVersion(), "", 0);
        asked.onComplete(new ClientResponse(header, null, "", 0L, 0L, false, null, null, response));
    }

    /** The AlterPartition request that is in flight. */
    void describeRequest(ObjectNode state) {
        if (controller.handler != null && controller.request == null) state.put("isAnswered", true);
        if (controller.request == null) return;
        AlterPartitionRequestData.PartitionData partition = controller.request.topics().get(0).partitions().get(0);
        ObjectNode request = state.putObject("request")
            .put("brokerEpoch", controller.request.brokerEpoch())
            .put("leaderEpoch", partition.leaderEpoch())
            .put("partitionEpoch", partition.partitionEpoch());
        partition.newIsrWithEpochs().forEach(member -> {
            request.withArray("isr").add(member.brokerId());
            if (member.brokerId() == controller.added)
                request.put("added", member.brokerId()).put("addedEpoch", member.brokerEpoch());
        });
    }

    void describeLog(ObjectNode state, Partition partition) {
        var log = partition.localLogOrException();
        state.put("start", log.logStartOffset()).put("end", log.logEndOffset());
        state.put("highWatermark", log.highWatermark()).put("flushed", log.recoveryPoint());
        ArrayNode records = state.putArray("log");
        for (var segment : log.logSegments())
            for (RecordBatch batch : segment.log().batches())
                for (Record record : batch)
                    if (record.offset() >= log.logStartOffset()) records.addArray()
                        .add(batch.partitionLeaderEpoch())
                        .add(Integer.parseInt(StandardCharsets.UTF_8.decode(record.value()).toString()));
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

    /** The members of the ISR that have not been caught up for too long. */
    java.util.Set<Integer> outOfSync(Partition partition) {
        java.util.Set<Integer> members = new java.util.TreeSet<>();
        CollectionConverters.asJava(partition.getOutOfSyncReplicas(Clock.LAG)).forEach(member -> members.add((Integer) member));
        return members;
    }

    /** By replica that is not the leader: when it was last caught up. */
    Map<Integer, Long> caughtUp(Partition partition) {
        Map<Integer, Long> times = new LinkedHashMap<>();
        CollectionConverters.asJava(partition.remoteReplicas())
            .forEach(replica -> times.put(replica.brokerId(), replica.stateSnapshot().lastCaughtUpTimeMs()));
        return times;
    }
}

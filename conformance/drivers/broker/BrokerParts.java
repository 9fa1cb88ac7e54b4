package kafka.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import kafka.cluster.Partition;
import kafka.log.LogManager;
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
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.metadata.KRaftMetadataCache;
import org.apache.kafka.server.common.ControllerRequestCompletionHandler;
import org.apache.kafka.server.common.KRaftVersion;
import org.apache.kafka.server.common.NodeToControllerChannelManager;
import org.apache.kafka.server.partition.PendingExpandIsr;
import org.apache.kafka.server.storage.log.FetchPartitionData;
import org.apache.kafka.server.util.timer.MockTimer;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;
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
import java.util.Optional;
import java.util.Properties;

/** What a broker consists of, put together as BrokerServer does, without its threads and sockets. */
final class BrokerParts {
    static final long TIMEOUT = 30_000;

    final LogManager logs;
    final ReplicaManager replicas;
    private final Broker broker;
    private final KRaftMetadataCache metadata;
    private final TopicConfigHandler configs;
    /** Of the producers that wait. */
    private final MockTimer patience = new MockTimer();

    BrokerParts(Broker broker, KafkaConfig config, Clock clock, Properties topicConfig) {
        this.broker = broker;
        Metrics metrics = new Metrics();
        Immediate scheduler = new Immediate();
        BrokerTopicStats stats = BrokerRelease.stats();
        LogDirFailureChannel failures = new LogDirFailureChannel(1);
        metadata = new KRaftMetadataCache(broker.id, () -> KRaftVersion.KRAFT_VERSION_0);
        logs = BrokerRelease.logs(config, topicConfig, scheduler, clock, stats, failures);
        QuotaFactory.QuotaManagers quotas = BrokerRelease.quotas(metrics, clock);
        AlterPartitionManager isr = BrokerRelease.isr(new Controller(broker), scheduler, clock, broker, metadata);
        replicas = new BrokerRelease.Replicas(
            config, metrics, clock, scheduler, logs, quotas, metadata, failures, isr, stats, broker, patience);
        configs = BrokerRelease.configs(replicas, config, quotas);
    }

    /** What the fetcher sends next; null where it does not fetch from this leader. */
    Fetch send(int leader) {
        if (!(broker.fetcher() instanceof BrokerRelease.Fetcher fetcher) || fetcher.connection.leader.id() != leader) return null;
        // As doWork begins: a replica without an epoch has nothing to compare.
        if (fetcher.fetchState(Broker.PARTITION).get().isTruncating())
            fetcher.truncateToHighWatermark(CollectionConverters.asScala(java.util.Set.of(Broker.PARTITION)));
        return fetcher.next();
    }

    /** The fetcher makes of the answer what it can; of none, that the connection is gone. */
    void receive(Fetch fetch) {
        if (fetch.fetcher != broker.fetcher()) return;
        fetch.fetcher.connection.answers = fetch.answers;
        fetch.fetcher.processFetchRequest(fetch.asked, fetch.request);
    }

    /** The leader handles a fetch, as KafkaApis does. Returns the error, or NONE. */
    String handle(Fetch fetch) {
        FetchRequest request = fetch.request.build();
        List<Tuple2<TopicIdPartition, FetchRequest.PartitionData>> asked = new ArrayList<>();
        LinkedHashMap<TopicIdPartition, FetchResponseData.PartitionData> answered = new LinkedHashMap<>();
        int[] epoch = {0};
        request.fetchData(metadata.topicIdsToNames()).forEach((partition, data) -> {
            epoch[0] = data.currentLeaderEpoch.get();
            if (partition.topic() == null) answered.put(partition, FetchResponse.partitionResponse(partition, Errors.UNKNOWN_TOPIC_ID));
            else asked.add(new Tuple2<>(partition, data));
        });
        replicas.fetchMessages(BrokerRelease.params(request), CollectionConverters.asScala(asked).toSeq(), BrokerRelease.unbounded(),
            answers -> {
                CollectionConverters.asJava(answers).forEach(answer -> answered.put(answer._1, dataOf(answer._1, answer._2)));
                return BoxedUnit.UNIT;
            });
        fetch.answers = new Answers(FetchResponse.of(Errors.NONE, 0, 0, answered, List.of()),
            offset(epoch[0], ListOffsetsRequest.EARLIEST_TIMESTAMP), offset(epoch[0], ListOffsetsRequest.LATEST_TIMESTAMP));
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
            return Answers.offset(Errors.NONE, BrokerRelease.offset(replicas, leaderEpoch, timestamp));
        } catch (RuntimeException refusal) {
            return Answers.offset(Errors.forException(refusal), -1);
        }
    }

    /** A producer's record. What becomes of it is told to the broker, now or later. */
    void append(short acks, int value, Clock clock, Broker.Answer answer) {
        MemoryRecords records = MemoryRecords.withRecords(Compression.NONE,
            new SimpleRecord(clock.milliseconds(), String.valueOf(value).getBytes(StandardCharsets.UTF_8)));
        BrokerRelease.append(replicas, broker, acks, records, answer);
    }

    /** Whoever waits for a record has waited for too long. */
    void timeOut() throws InterruptedException {
        patience.advanceClock(TIMEOUT + 1);
    }

    void publish(MetadataImage image) {
        metadata.setImage(image);
    }

    /** Loads the logs, as BrokerMetadataPublisher does: one of a topic that is gone, or has another id, is a stray. */
    void startLogs(MetadataImage image) {
        logs.startup(CollectionConverters.asScala(java.util.Set.of(Broker.TOPIC)),
            log -> BrokerRelease.isStray(broker.id, image.topics(), log));
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

    static void addRecord(ArrayNode records, RecordBatch batch, Record record) {
        records.addArray()
            .add(batch.partitionLeaderEpoch())
            .add(Integer.parseInt(StandardCharsets.UTF_8.decode(record.value()).toString()));
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
        BrokerRelease.describeEpochs(state.putArray("epochs"), log);
    }

    void describeLeader(ObjectNode state, Partition partition) {
        state.put("epochStart", (Long) partition.leaderEpochStartOffsetOpt().get());
        var isr = partition.partitionState();
        BrokerRelease.members(isr).forEach(state.putArray("isr")::add);
        state.put("change", !isr.isInflight() ? "none" : isr instanceof PendingExpandIsr ? "expand" : "shrink");
        BrokerRelease.proposed(isr).forEach(state.putArray("proposed")::add);
        ArrayNode followers = state.putArray("followers");
        CollectionConverters.asJava(partition.remoteReplicas()).forEach(replica -> followers.addObject()
            .put("broker", replica.brokerId())
            .put("end", replica.stateSnapshot().logEndOffset())
            .put("epoch", BrokerRelease.epochOf(replica)));
    }
}

package kafka.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import highwater.Lines;
import kafka.cluster.Partition;
import kafka.log.LogManager;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.FeatureLevelRecord;
import org.apache.kafka.common.metadata.MetadataJsonConverters;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.RegisterBrokerRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.metadata.LeaderRecoveryState;
import org.apache.kafka.server.common.MetadataVersion;
import scala.jdk.javaapi.CollectionConverters;

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** A broker process: the real managers of its logs and replicas over a folder, and nothing that runs by itself. */
final class Broker {
    static final String TOPIC = "t";
    static final Uuid TOPIC_ID = new Uuid(1L, 1L);
    static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    static final String LISTENER = "PLAINTEXT";

    /** Who hears what has become of a producer's record. */
    interface Answer {
        void told(String error, long offset);
    }

    final int id;
    final long epoch;
    final BrokerParts parts;
    /** What the producers of acks=all records wait for, in the order in which they were sent. */
    final List<Integer> waiting = new ArrayList<>();
    /** What the broker has asked of the controller, if it waits for the answer. */
    Proposal proposal;
    private final Properties topicConfig;
    private MetadataImage image = MetadataImage.EMPTY;

    Broker(int id, long epoch, File folder, Clock clock, Properties topicConfig) {
        this.id = id;
        this.epoch = epoch;
        this.topicConfig = topicConfig;
        parts = new BrokerParts(this, KafkaConfig.fromProps(properties(folder)), clock, topicConfig);
    }

    private Properties properties(File folder) {
        Properties properties = new Properties();
        properties.put("process.roles", "broker");
        properties.put("node.id", String.valueOf(id));
        properties.put("controller.quorum.voters", "100@localhost:9100");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("listeners", LISTENER + "://localhost:" + (9000 + id));
        properties.put("log.dirs", folder.getPath());
        properties.put("log.cleaner.enable", "false");
        properties.put("log.index.size.max.bytes", "1200");
        properties.put("num.recovery.threads.per.data.dir", "1");
        properties.put("replica.lag.time.max.ms", String.valueOf(Clock.LAG));
        // A fetch is answered at once, with one batch; after an error nobody waits.
        properties.put("replica.fetch.wait.max.ms", "0");
        properties.put("replica.fetch.max.bytes", "1");
        properties.put("replica.fetch.backoff.ms", "0");
        return properties;
    }

    /** The first metadata of a process that starts: as BrokerMetadataPublisher does it. */
    void start(JsonNode registrations, JsonNode metadata) {
        List<ApiMessage> records = new ArrayList<>();
        records.add(new FeatureLevelRecord().setName(MetadataVersion.FEATURE_NAME)
            .setFeatureLevel(MetadataVersion.latestProduction().featureLevel()));
        records.addAll(registered(registrations));
        if (!metadata.has("records")) records.add(new TopicRecord().setName(TOPIC).setTopicId(TOPIC_ID));
        records.addAll(ofPartition(metadata));
        MetadataDelta delta = replayed(records);
        parts.startLogs(image);
        replicas().applyDelta(delta.topicsDelta(), image);
        // The thread that writes high watermarks begins without delay. Where the log has something that the file says, the
        // model has the file as it was.
        Partition partition = partition();
        if (partition != null && partition.localLogOrException().logEndOffset() == 0) replicas().checkpointHighWatermarks();
    }

    /** The controller's answer; of what the process before has asked it hears nothing. */
    void answer(JsonNode answer) {
        Proposal answered = proposal;
        proposal = null;
        if (answered != null) answered.answer(answer);
    }

    /**
     * A request that was lost, and that the leader does not wait for any more, is refused when it comes again: so is every
     * one of an earlier partition epoch.
     */
    void settle() {
        if (proposal == null || !proposal.isLost()) return;
        Partition partition = partition();
        if (partition != null && partition.partitionState().isInflight()) return;
        answer(Lines.JSON.createObjectNode().put("error", "INVALID_UPDATE_VERSION"));
    }

    /** Newer metadata of the partition. */
    void replay(JsonNode metadata) {
        MetadataDelta delta = replayed(ofPartition(metadata));
        replicas().applyDelta(delta.topicsDelta(), image);
    }

    /** The id of the topic, as the broker knows it. */
    Uuid topicId() {
        return image.topics().getTopic(TOPIC).id();
    }

    /** The controller's registrations, which a leader of the model looks up itself. */
    void learn(JsonNode registrations) {
        replayed(registered(registrations));
    }

    private MetadataDelta replayed(List<? extends ApiMessage> records) {
        MetadataDelta delta = new MetadataDelta.Builder().setImage(image).build();
        records.forEach(delta::replay);
        image = delta.apply(BrokerRelease.provenance(image.highestOffsetAndEpoch().offset() + 1));
        parts.publish(image);
        return delta;
    }

    private static List<RegisterBrokerRecord> registered(JsonNode registrations) {
        List<RegisterBrokerRecord> records = new ArrayList<>();
        for (JsonNode registration : registrations) {
            int broker = records.size() + 1;
            RegisterBrokerRecord record = new RegisterBrokerRecord()
                .setBrokerId(broker)
                .setBrokerEpoch(registration.get("epoch").asLong())
                .setIncarnationId(new Uuid(registration.get("epoch").asLong(), broker))
                .setFenced(registration.get("state").asText().equals("fenced"))
                .setInControlledShutdown(registration.get("state").asText().equals("controlledShutdown"));
            record.endPoints().add(new RegisterBrokerRecord.BrokerEndpoint()
                .setSecurityProtocol((short) 0)
                .setPort(9000 + broker)
                .setName(LISTENER)
                .setHost("localhost"));
            records.add(record);
        }
        return records;
    }

    /** The records of a real controller, or one of the partition as it is then. */
    private static List<ApiMessage> ofPartition(JsonNode metadata) {
        if (!metadata.has("records")) return List.of(placed(metadata.get("partition")));
        List<ApiMessage> records = new ArrayList<>();
        metadata.get("records").forEach(record -> records.add(MetadataJsonConverters.readJson(
            record.get("data"), (short) record.get("type").asInt(), (short) record.get("version").asInt())));
        return records;
    }

    private static PartitionRecord placed(JsonNode partition) {
        return new PartitionRecord()
            .setTopicId(TOPIC_ID)
            .setPartitionId(0)
            .setReplicas(Cluster.integers(partition.get("replicas")))
            .setIsr(Cluster.integers(partition.get("isr")))
            .setAddingReplicas(Cluster.integers(partition.get("adding")))
            .setRemovingReplicas(Cluster.integers(partition.get("removing")))
            .setLeader(partition.get("leader").asInt())
            .setLeaderEpoch(partition.get("leaderEpoch").asInt())
            .setPartitionEpoch(partition.get("partitionEpoch").asInt())
            .setLeaderRecoveryState((partition.get("isRecovering").asBoolean()
                ? LeaderRecoveryState.RECOVERING : LeaderRecoveryState.RECOVERED).value());
    }

    /** As BrokerServer ends: everything is flushed, and the folder says that it was. */
    void stop() {
        replicas().shutdown(true);
        logs().shutdown(epoch);
    }

    /** The process is gone: nothing is flushed or written any more. */
    void abandon() {
        CollectionConverters.asJava(logs().allLogs()).forEach(log -> log.closeHandlers());
    }

    /** Whatever the topic is configured with, now. */
    void configure(int minIsr) {
        topicConfig.put("min.insync.replicas", String.valueOf(minIsr));
        parts.configure(topicConfig);
    }

    LogManager logs() {
        return parts.logs;
    }

    ReplicaManager replicas() {
        return parts.replicas;
    }

    Partition partition() {
        return replicas().onlinePartition(PARTITION).getOrElse(() -> null);
    }

    /** The follower's thread that fetches the partition, if there is one. */
    ReplicaFetcherThread fetcher() {
        return replicas().replicaFetcherManager().getFetcher(PARTITION).getOrElse(() -> null);
    }

    /** Whether fetching has ended until there is other metadata. */
    boolean hasFailed() {
        return replicas().replicaFetcherManager().failedPartitions().contains(PARTITION);
    }

    ObjectNode state() {
        ObjectNode state = Lines.JSON.createObjectNode();
        Partition partition = partition();
        if (partition == null) return state.put("role", "absent");
        state.put("role", partition.isLeader() ? "leading" : fetcher() != null || hasFailed() ? "following" : "idle");
        state.put("leaderEpoch", partition.getLeaderEpoch());
        state.put("partitionEpoch", partition.getPartitionEpoch());
        parts.describeLog(state, partition);
        if (partition.isLeader()) parts.describeLeader(state, partition);
        if (proposal != null) proposal.describe(state);
        waiting.forEach(state.putArray("waiting")::add);
        return state;
    }

    /** The members of the ISR that have not been caught up for too long. */
    Set<Integer> outOfSync() {
        Set<Integer> members = new TreeSet<>();
        CollectionConverters.asJava(partition().getOutOfSyncReplicas(Clock.LAG)).forEach(member -> members.add((Integer) member));
        return members;
    }

    /** By replica that is not the leader: when it was last caught up. */
    Map<Integer, Long> caughtUp() {
        Map<Integer, Long> times = new LinkedHashMap<>();
        CollectionConverters.asJava(partition().remoteReplicas())
            .forEach(replica -> times.put(replica.brokerId(), replica.stateSnapshot().lastCaughtUpTimeMs()));
        return times;
    }
}

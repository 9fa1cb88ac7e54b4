package org.apache.kafka.raft;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.feature.SupportedVersionRange;
import org.apache.kafka.common.message.VoteRequestData;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.MockTime;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.OffsetAndEpoch;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** What the driver of the quorum calls otherwise in 4.3.1 than in other releases. */
final class RaftRelease {
    private RaftRelease() { }

    static SupportedVersionRange kraftVersions() {
        return Feature.KRAFT_VERSION.supportedVersionRange();
    }

    static MockLog log(TopicPartition partition, LogContext context) {
        return new MockLog(partition, Uuid.METADATA_TOPIC_ID, context);
    }

    /** An answer to a fetch has one batch. */
    static Map<String, Object> config() {
        return Map.of(QuorumConfig.QUORUM_FETCH_MAX_BYTES_CONFIG, 1);
    }

    static void initialize(
        KafkaRaftClient<String> client, Map<Integer, InetSocketAddress> voters, QuorumStateStore store, MockTime time
    ) {
        client.initialize(voters, store, new Metrics(time), ignored -> { });
    }

    static void takeSnapshot(KafkaRaftClient<String> client, long end, int epoch) {
        client.createSnapshot(new OffsetAndEpoch(end, epoch), 0L).get().freeze();
    }

    static boolean isProspective(QuorumState state) {
        return state.isProspective();
    }

    static boolean isPreVote(ApiMessage request) {
        return request instanceof VoteRequestData vote && vote.topics().get(0).partitions().get(0).preVote();
    }

    static ApiMessage addVoter(ReplicaKey voter, Endpoints endpoints) {
        return RaftUtil.addVoterRequest("cluster", 1_000_000, voter, endpoints, true);
    }

    static boolean isControl(MockLog.LogBatch batch) {
        return batch.isControlBatch();
    }

    static int epoch(MockLog.LogBatch batch) {
        return batch.epoch();
    }

    static List<MockLog.LogEntry> entries(MockLog.LogBatch batch) {
        return batch.entries();
    }

    static long offset(MockLog.LogEntry entry) {
        return entry.offset();
    }

    static ByteBuffer key(MockLog.LogEntry entry) {
        return entry.record().key().duplicate();
    }

    static ByteBuffer value(MockLog.LogEntry entry) {
        return entry.record().value().duplicate();
    }

    static String controlType(MockLog.LogEntry entry) {
        return ControlRecordType.parse(key(entry)).name();
    }
}

package org.apache.kafka.raft;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.feature.SupportedVersionRange;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.record.ControlRecordType;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.MockTime;
import org.apache.kafka.server.common.Features;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** What the driver of the quorum calls otherwise in 3.9.1 than in other releases. */
final class RaftRelease {
    private RaftRelease() { }

    static SupportedVersionRange kraftVersions() {
        return Features.KRAFT_VERSION.supportedVersionRange();
    }

    /** An answer to a fetch has one batch: how much it has cannot be set in this release. */
    static MockLog log(TopicPartition partition, LogContext context) {
        return new MockLog(partition, Uuid.METADATA_TOPIC_ID, context) {
            @Override
            public LogFetchInfo read(long startOffset, Isolation isolation) {
                LogFetchInfo all = super.read(startOffset, isolation);
                MemoryRecords records = (MemoryRecords) all.records;
                if (records.sizeInBytes() == 0) return all;
                ByteBuffer buffer = records.buffer().duplicate();
                buffer.limit(buffer.position() + records.batches().iterator().next().sizeInBytes());
                return new LogFetchInfo(MemoryRecords.readableRecords(buffer.slice()), all.startOffsetMetadata);
            }
        };
    }

    static Map<String, Object> config() {
        return Map.of();
    }

    static void initialize(
        KafkaRaftClient<String> client, Map<Integer, InetSocketAddress> voters, QuorumStateStore store, MockTime time
    ) {
        client.initialize(voters, store, new Metrics(time));
    }

    static void takeSnapshot(KafkaRaftClient<String> client, long end, int epoch) {
        client.createSnapshot(new OffsetAndEpoch(end, epoch), 0L).get().freeze();
    }

    static boolean isProspective(QuorumState state) {
        return false;
    }

    static boolean isPreVote(ApiMessage request) {
        return false;
    }

    static ApiMessage addVoter(ReplicaKey voter, Endpoints endpoints) {
        return RaftUtil.addVoterRequest("cluster", 1_000_000, voter, endpoints);
    }

    static boolean isControl(MockLog.LogBatch batch) {
        return batch.isControlBatch;
    }

    static int epoch(MockLog.LogBatch batch) {
        return batch.epoch;
    }

    static List<MockLog.LogEntry> entries(MockLog.LogBatch batch) {
        return batch.entries;
    }

    static long offset(MockLog.LogEntry entry) {
        return entry.offset;
    }

    static ByteBuffer key(MockLog.LogEntry entry) {
        return entry.record.key().duplicate();
    }

    static ByteBuffer value(MockLog.LogEntry entry) {
        return entry.record.value().duplicate();
    }

    static String controlType(MockLog.LogEntry entry) {
        return ControlRecordType.parse(key(entry)).name();
    }
}

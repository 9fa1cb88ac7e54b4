package kafka.server;

import com.fasterxml.jackson.databind.node.ObjectNode;

import highwater.Lines;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;

import java.util.Map;

/** A fetch between a follower and its leader. */
final class Fetch {
    final BrokerRelease.Fetcher fetcher;
    final Map<TopicPartition, FetchRequest.PartitionData> asked;
    final FetchRequest.Builder request;
    /** Null until the leader has handled it. */
    Answers answers;

    Fetch(BrokerRelease.Fetcher fetcher, Map<TopicPartition, FetchRequest.PartitionData> asked, FetchRequest.Builder request) {
        this.fetcher = fetcher;
        this.asked = asked;
        this.request = request;
    }

    boolean isAnswered() {
        return answers != null;
    }

    void loseAnswer() {
        answers = null;
    }

    ObjectNode describe() {
        FetchRequest.PartitionData partition = asked.get(Broker.PARTITION);
        ObjectNode state = Lines.JSON.createObjectNode()
            .put("leaderEpoch", partition.currentLeaderEpoch.get())
            .put("offset", partition.fetchOffset)
            .put("lastEpoch", partition.lastFetchedEpoch.orElse(null));
        if (answers == null) return state;
        answers.describe(state);
        for (RecordBatch batch : ((MemoryRecords) FetchResponse.recordsOrFail(answers.partition())).batches())
            for (Record record : batch) BrokerParts.addRecord(state.withArray("records"), batch, record);
        return state;
    }
}

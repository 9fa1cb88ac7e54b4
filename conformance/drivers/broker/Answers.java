package kafka.server;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.ListOffsetsResponse;
import org.apache.kafka.common.requests.RequestHeader;

import java.util.List;

/** What a leader has answered to a fetch, and what it would have to the questions that a follower has after it. */
record Answers(FetchResponse fetched, ListOffsetsResponse start, ListOffsetsResponse end) {
    /** Where the leader's log starts, or ends: an answer to ListOffsets. */
    static ListOffsetsResponse offset(Errors error, long offset) {
        return new ListOffsetsResponse(new ListOffsetsResponseData().setTopics(List.of(
            new ListOffsetsResponseData.ListOffsetsTopicResponse().setName(Broker.TOPIC).setPartitions(List.of(
                new ListOffsetsResponseData.ListOffsetsPartitionResponse()
                    .setPartitionIndex(0)
                    .setErrorCode(error.code())
                    .setOffset(offset))))));
    }

    ClientResponse to(AbstractRequest request) {
        return received(request, request instanceof ListOffsetsRequest question ? offsetFor(question) : fetched);
    }

    private AbstractResponse offsetFor(ListOffsetsRequest question) {
        long timestamp = question.topics().get(0).partitions().get(0).timestamp();
        return timestamp == ListOffsetsRequest.LATEST_TIMESTAMP ? end : start;
    }

    /** An answer as it comes out of the network. */
    static ClientResponse received(AbstractRequest request, AbstractResponse response) {
        RequestHeader header = new RequestHeader(request.apiKey(), request.version(), "", 0);
        return new ClientResponse(header, null, "", 0L, 0L, false, null, null, response);
    }

    FetchResponseData.PartitionData partition() {
        return fetched.data().responses().get(0).partitions().get(0);
    }

    Errors error() {
        return Errors.forCode(partition().errorCode());
    }

    void describe(ObjectNode state) {
        FetchResponseData.PartitionData partition = partition();
        state.put("error", error().name());
        state.put("highWatermark", partition.highWatermark()).put("start", partition.logStartOffset());
        state.put("end", end.topics().get(0).partitions().get(0).offset());
        if (FetchResponse.isDivergingEpoch(partition)) state.putArray("diverging")
            .add(partition.divergingEpoch().epoch())
            .add(partition.divergingEpoch().endOffset());
    }
}

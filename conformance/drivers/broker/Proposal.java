package kafka.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.common.message.AlterPartitionRequestData;
import org.apache.kafka.common.message.AlterPartitionRequestDataJsonConverter;
import org.apache.kafka.common.message.AlterPartitionResponseData;
import org.apache.kafka.common.message.AlterPartitionResponseDataJsonConverter;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AlterPartitionRequest;
import org.apache.kafka.common.requests.AlterPartitionResponse;

import java.util.List;
import java.util.function.Consumer;

/** An AlterPartition request that waits until the controller answers. */
final class Proposal {
    private final AlterPartitionRequest request;
    /** Who is to enter the ISR, or 0. */
    private final int added;
    private final Consumer<ClientResponse> sender;
    private boolean isDecided = false;
    /** The request or its answer was lost, and the channel to the controller has not sent it again yet. */
    private boolean isLost = false;

    Proposal(AlterPartitionRequest request, int added, Consumer<ClientResponse> sender) {
        this.request = request;
        this.added = added;
        this.sender = sender;
    }

    /** The controller has decided, and the answer is on its way. */
    void decide() {
        isDecided = true;
    }

    void lose() {
        isDecided = false;
        isLost = true;
    }

    /** As NodeToControllerRequestThread does after a disconnect: the same request. */
    void sendAgain() {
        isLost = false;
    }

    boolean isLost() {
        return isLost;
    }

    /** The answer is there. */
    void answer(JsonNode answer) {
        if (answer.has("response")) {
            answer(AlterPartitionResponseDataJsonConverter.read(answer.get("response"), request.version()));
            return;
        }
        AlterPartitionResponseData.PartitionData partition = new AlterPartitionResponseData.PartitionData()
            .setErrorCode(Errors.valueOf(answer.get("error").asText()).code());
        if (answer.has("isr")) partition
            .setLeaderId(request.data().brokerId())
            .setLeaderEpoch(answer.get("leaderEpoch").asInt())
            .setPartitionEpoch(answer.get("partitionEpoch").asInt())
            .setIsr(Cluster.integers(answer.get("isr")));
        answer(new AlterPartitionResponseData().setTopics(List.of(
            new AlterPartitionResponseData.TopicData().setTopicId(request.data().topics().get(0).topicId()).setPartitions(List.of(partition)))));
    }

    private void answer(AlterPartitionResponseData response) {
        sender.accept(Answers.received(request, new AlterPartitionResponse(response)));
    }

    void describe(ObjectNode state) {
        if (isLost) return;
        if (isDecided) {
            state.put("isAnswered", true);
            return;
        }
        AlterPartitionRequestData.PartitionData partition = request.data().topics().get(0).partitions().get(0);
        ObjectNode described = state.putObject("request")
            .put("brokerEpoch", request.data().brokerEpoch())
            .put("leaderEpoch", partition.leaderEpoch())
            .put("partitionEpoch", partition.partitionEpoch());
        state.set("sent", AlterPartitionRequestDataJsonConverter.write(request.data(), request.version()));
        partition.newIsrWithEpochs().forEach(member -> {
            described.withArray("isr").add(member.brokerId());
            if (member.brokerId() == added) described.put("added", added).put("addedEpoch", member.brokerEpoch());
        });
    }
}

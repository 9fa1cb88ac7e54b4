package org.apache.kafka.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import highwater.Lines;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.AlterPartitionRequestData;
import org.apache.kafka.common.message.AlterPartitionRequestDataJsonConverter;
import org.apache.kafka.common.message.AlterPartitionResponseData;
import org.apache.kafka.common.message.AlterPartitionResponseDataJsonConverter;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.metadata.MetadataJsonConverters;
import org.apache.kafka.common.metadata.RegisterBrokerRecord;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.metadata.BrokerRegistration;
import org.apache.kafka.metadata.LeaderRecoveryState;
import org.apache.kafka.metadata.PartitionRegistration;
import org.apache.kafka.metadata.RecordTestUtils;
import org.apache.kafka.server.common.ApiMessageAndVersion;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The real managers of a controller, decision by decision: what each writes is replayed at once. One topic, one
 * partition. In Kafka's package, for what is private to it.
 */
public final class Controller {
    static final String TOPIC = "t";
    /** The id of a topic that is deleted, whichever it had. */
    private static final Uuid EARLIER_TOPIC = new Uuid(9L, 9L);

    private final boolean eligibleLeaderReplicas;
    private Managers managers;
    private final int brokers;
    /** Of the newest topic of the name. */
    private Uuid topic;
    private final JsonNode configs;
    /** The whole metadata log. */
    private final List<ApiMessageAndVersion> log = new ArrayList<>();
    /** By broker: of its last registration. */
    private final Map<Integer, Long> epochs = new HashMap<>();
    /** What the last command has written. */
    private final List<ApiMessageAndVersion> written = new ArrayList<>();
    /** Of the request that was handled last. */
    private JsonNode response;

    private Controller(JsonNode command) {
        eligibleLeaderReplicas = command.get("eligibleLeaderReplicas").asBoolean();
        configs = command.get("configs");
        managers = new Managers(eligibleLeaderReplicas);
        managers.cluster.activate();
        brokers = command.get("epochs").size();
        for (int broker = 1; broker <= brokers; broker++) {
            register(broker, command.get("epochs").get(broker - 1).asLong());
            unfence(broker);
        }
        topic = createTopic(integers(command.get("replicas")));
    }

    private Uuid createTopic(List<Integer> replicas) {
        CreateTopicsRequestData.CreatableTopicConfigCollection settings = new CreateTopicsRequestData.CreatableTopicConfigCollection();
        configs.fields().forEachRemaining(config -> settings.add(
            new CreateTopicsRequestData.CreatableTopicConfig().setName(config.getKey()).setValue(config.getValue().asText())));
        CreateTopicsRequestData.CreatableReplicaAssignmentCollection assignments = new CreateTopicsRequestData.CreatableReplicaAssignmentCollection();
        assignments.add(new CreateTopicsRequestData.CreatableReplicaAssignment()
            .setPartitionIndex(0)
            .setBrokerIds(replicas));
        CreateTopicsRequestData.CreatableTopicCollection topics = new CreateTopicsRequestData.CreatableTopicCollection();
        topics.add(new CreateTopicsRequestData.CreatableTopic()
            .setName(TOPIC)
            .setNumPartitions(-1)
            .setReplicationFactor((short) -1)
            .setAssignments(assignments)
            .setConfigs(settings));
        ControllerResult<CreateTopicsResponseData> result = managers.createTopics(new CreateTopicsRequestData().setTopics(topics));
        CreateTopicsResponseData.CreatableTopicResult created = result.response().topics().find(TOPIC);
        if (created.errorCode() != 0) throw new IllegalStateException(created.toString());
        replay(result.records());
        return created.topicId();
    }

    /** Returns the error that the controller answers with, or NONE. */
    private String run(JsonNode command) {
        written.clear();
        response = null;
        List<ApiMessageAndVersion> records = new ArrayList<>();
        int broker = command.path("broker").asInt();
        switch (command.get("do").asText()) {
            case "fence":
                managers.replication.handleBrokerFenced(broker, records);
                break;
            case "unfence":
                unfence(broker);
                break;
            case "enterControlledShutdown":
                managers.replication.handleBrokerInControlledShutdown(broker, epochOf(broker), records);
                break;
            case "register":
                managers.handleShutdown(broker, command.get("isClean").asBoolean(), records);
                replay(records);
                register(broker, command.get("epoch").asLong());
                return "NONE";
            case "alterPartition":
                try {
                    return alterPartition(command);
                } catch (ApiException refusal) {
                    return Errors.forException(refusal).name();
                }
            case "request":
                try {
                    return alterPartition(AlterPartitionRequestDataJsonConverter.read(
                        command.get("request"), ApiKeys.ALTER_PARTITION.latestVersion()));
                } catch (ApiException refusal) {
                    return Errors.forException(refusal).name();
                }
            case "elect":
                elect(command.get("type").asText());
                break;
            case "reorder":
                reassign(integers(command.get("replicas")));
                break;
            case "cancel":
                reassign(null);
                break;
            case "configure":
                replay(managers.configure(command.get("name").asText(), command.get("to").asText()));
                break;
            case "enableElr":
                ControllerRelease.enableElr(managers.configs, records);
                break;
            case "deleteTopic":
                replay(managers.replication.deleteTopics(
                    ControllerRequestContextUtil.anonymousContextFor(ApiKeys.DELETE_TOPICS), List.of(topic)).records());
                break;
            case "createTopic":
                topic = createTopic(integers(command.get("replicas")));
                break;
            case "failOver":
                failOver();
                break;
            case "unregister":
                managers.replication.handleBrokerUnregistered(broker, epochOf(broker), records);
                break;
            default:
                throw new IllegalArgumentException(command.toString());
        }
        replay(records);
        return "NONE";
    }

    private String alterPartition(JsonNode command) {
        List<AlterPartitionRequestData.BrokerState> isr = new ArrayList<>();
        command.get("isr").forEach(member -> isr.add(new AlterPartitionRequestData.BrokerState()
            .setBrokerId(member.get("broker").asInt())
            .setBrokerEpoch(member.get("epoch").asLong())));
        AlterPartitionRequestData.PartitionData partition = new AlterPartitionRequestData.PartitionData()
            .setPartitionIndex(0)
            .setPartitionEpoch(command.get("partitionEpoch").asInt())
            .setLeaderEpoch(command.get("leaderEpoch").asInt())
            .setLeaderRecoveryState(LeaderRecoveryState.RECOVERED.value())
            .setNewIsrWithEpochs(isr);
        return alterPartition(new AlterPartitionRequestData()
            .setBrokerId(command.get("broker").asInt())
            .setBrokerEpoch(command.get("brokerEpoch").asLong())
            .setTopics(List.of(new AlterPartitionRequestData.TopicData()
                .setTopicId(command.get("isOfEarlierTopic").asBoolean() ? EARLIER_TOPIC : topic)
                .setPartitions(List.of(partition)))));
    }

    private String alterPartition(AlterPartitionRequestData request) {
        ControllerResult<AlterPartitionResponseData> result = managers.replication.alterPartition(
            ControllerRequestContextUtil.anonymousContextFor(ApiKeys.ALTER_PARTITION), request);
        replay(result.records());
        AlterPartitionResponseData answer = result.response();
        response = AlterPartitionResponseDataJsonConverter.write(answer, ApiKeys.ALTER_PARTITION.latestVersion());
        if (answer.errorCode() != 0) return Errors.forCode(answer.errorCode()).name();
        return Errors.forCode(answer.topics().get(0).partitions().get(0).errorCode()).name();
    }

    private void elect(String type) {
        ElectLeadersRequestData.TopicPartitionsCollection partitions = new ElectLeadersRequestData.TopicPartitionsCollection();
        partitions.add(new ElectLeadersRequestData.TopicPartitions().setTopic(TOPIC).setPartitions(List.of(0)));
        replay(managers.replication.electLeaders(new ElectLeadersRequestData()
            .setElectionType(ElectionType.valueOf(type).value)
            .setTopicPartitions(partitions)).records());
    }

    /** To these replicas, or back to those from before. */
    private void reassign(List<Integer> replicas) {
        AlterPartitionReassignmentsRequestData.ReassignableTopic reassigned = new AlterPartitionReassignmentsRequestData.ReassignableTopic()
            .setName(TOPIC)
            .setPartitions(List.of(new AlterPartitionReassignmentsRequestData.ReassignablePartition()
                .setPartitionIndex(0)
                .setReplicas(replicas)));
        replay(managers.replication.alterPartitionReassignments(
            new AlterPartitionReassignmentsRequestData().setTopics(List.of(reassigned))).records());
    }

    private void register(int broker, long epoch) {
        RegisterBrokerRecord record = new RegisterBrokerRecord()
            .setBrokerEpoch(epoch)
            .setBrokerId(broker)
            .setIncarnationId(new Uuid(epoch, broker))
            .setLogDirs(List.of(new Uuid(5L, broker)));
        record.endPoints().add(new RegisterBrokerRecord.BrokerEndpoint()
            .setSecurityProtocol((short) 0)
            .setPort(9000 + broker)
            .setName("PLAINTEXT")
            .setHost("localhost"));
        replay(List.of(new ApiMessageAndVersion(record, (short) 3)));
    }

    private void unfence(int broker) {
        List<ApiMessageAndVersion> records = new ArrayList<>();
        managers.replication.handleBrokerUnfenced(broker, epochOf(broker), records);
        replay(records);
    }

    private long epochOf(int broker) {
        return managers.cluster.registration(broker).epoch();
    }

    /** Another controller, which has replayed what the one before has written, becomes active. */
    private void failOver() {
        managers = new Managers(eligibleLeaderReplicas);
        replayAll(log);
        managers.cluster.activate();
    }

    private void replay(List<ApiMessageAndVersion> records) {
        written.addAll(records);
        log.addAll(records);
        replayAll(records);
    }

    private void replayAll(List<ApiMessageAndVersion> records) {
        RecordTestUtils.replayAll(managers.features, records);
        RecordTestUtils.replayAll(managers.cluster, records);
        RecordTestUtils.replayAll(managers.configs, records);
        RecordTestUtils.replayAll(managers.replication, records);
    }

    private ObjectNode state() {
        ObjectNode state = Lines.JSON.createObjectNode();
        PartitionRegistration partition = managers.replication.getPartition(topic, 0);
        if (partition != null) state.set("partition", state(partition));
        ArrayNode records = state.putArray("records");
        for (ApiMessageAndVersion record : written) records.addObject()
            .put("type", record.message().apiKey())
            .put("version", record.version())
            .set("data", MetadataJsonConverters.writeJson(record.message(), record.version()));
        if (response != null) state.set("response", response);
        ArrayNode registrations = state.putArray("registrations");
        for (int broker = 1; broker <= brokers; broker++) registrations.add(registration(broker));
        return state;
    }

    private static ObjectNode state(PartitionRegistration partition) {
        ObjectNode state = Lines.JSON.createObjectNode();
        state.put("leader", partition.leader);
        state.put("leaderEpoch", partition.leaderEpoch);
        state.put("partitionEpoch", partition.partitionEpoch);
        numbers(state.putArray("isr"), partition.isr);
        numbers(state.putArray("elr"), partition.elr);
        numbers(state.putArray("lastKnownElr"), partition.lastKnownElr);
        numbers(state.putArray("replicas"), partition.replicas);
        numbers(state.putArray("adding"), partition.addingReplicas);
        numbers(state.putArray("removing"), partition.removingReplicas);
        return state.put("isRecovering", partition.leaderRecoveryState == LeaderRecoveryState.RECOVERING);
    }

    private ObjectNode registration(int broker) {
        ObjectNode state = Lines.JSON.createObjectNode();
        BrokerRegistration registration = managers.cluster.registration(broker);
        if (registration == null) return state.put("epoch", epochs.get(broker)).put("state", "unregistered");
        epochs.put(broker, registration.epoch());
        state.put("epoch", registration.epoch());
        return state.put("state", registration.fenced() ? "fenced"
            : registration.inControlledShutdown() ? "controlledShutdown" : "unfenced");
    }

    private static void numbers(ArrayNode array, int[] values) {
        for (int value : values) array.add(value);
    }

    private static List<Integer> integers(JsonNode array) {
        List<Integer> values = new ArrayList<>();
        array.forEach(value -> values.add(value.asInt()));
        return values;
    }

    public static void main(String[] args) throws Exception {
        Controller[] controller = new Controller[1];
        Lines.serve(command -> {
            String result = "NONE";
            if (command.get("do").asText().equals("begin")) controller[0] = new Controller(command);
            else result = controller[0].run(command);
            return controller[0].state().put("result", result);
        });
    }
}

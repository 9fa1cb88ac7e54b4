package org.apache.kafka.raft;

import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.server.common.KRaftVersion;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Everything on its way: each message waits until it is delivered, dropped or doubled. */
final class Wire {
    private final Map<Integer, Peer> peers;
    private final TreeMap<Integer, Message> messages = new TreeMap<>();
    private int next = 1;

    Wire(Map<Integer, Peer> peers) {
        this.peers = peers;
    }

    Iterable<Message> messages() {
        return messages.values();
    }

    /** Puts on its way what nodes have sent since. */
    void collect() {
        for (Peer peer : peers.values()) {
            if (!peer.isRunning) continue;
            for (RaftRequest.Outbound request : peer.channel.drainSendQueue())
                add(new Message(next, peer.id, nodeOf(request), request, null, peer.incarnation));
        }
    }

    /** Takes away the requests that their senders do not wait for any more, and answers to processes that are gone. */
    void dropUnawaited() {
        messages.values().removeIf(message -> {
            Peer peer = peers.get(message.from);
            return !peer.isRunning || peer.incarnation != message.incarnation || !peer.awaits(message.request);
        });
    }

    /** The last message between two nodes that was put on its way, if there is one. */
    Message find(int from, int to, boolean isAnswer, Predicate<Message> isMeant) {
        Message found = null;
        for (Message message : messages.values()) {
            boolean isBetween = message.from == from && message.to == to && message.isAnswer == isAnswer;
            if (isBetween && isMeant.test(message)) found = message;
        }
        return found;
    }

    void drop(Message message) {
        messages.remove(message.number);
    }

    /** A request arrives, and its answer is put on its way; or an answer arrives, if anybody waits for it. */
    void deliver(Message message) {
        drop(message);
        if (message.isAnswer) receive(message);
        else handle(message);
        collect();
    }

    private void receive(Message answer) {
        Peer peer = peers.get(answer.from);
        if (!peer.isRunning || peer.incarnation != answer.incarnation) return;
        RaftRequest.Outbound request = answer.request;
        peer.channel.mockReceive(new RaftResponse.Inbound(request.correlationId(), answer.data, request.destination()));
        peer.poll();
    }

    private void handle(Message message) {
        Peer peer = peers.get(message.to);
        if (!peer.isRunning) return;
        if (message.api() == ApiKeys.API_VERSIONS) {
            answer(message, apiVersions());
            return;
        }
        RaftRequest.Inbound request = new RaftRequest.Inbound(
            Quorum.LISTENER, message.request.correlationId(), message.api().latestVersion(true), message.data,
            peer.time.milliseconds());
        request.completion.whenComplete((answer, failure) -> {
            if (answer != null) answer(message, answer.data());
        });
        peer.client.handle(request);
        peer.poll();
    }

    private void answer(Message message, ApiMessage data) {
        add(new Message(next, message.from, message.to, message.request, data, message.incarnation));
    }

    /** The server of a controller answers this, and not its KafkaRaftClient. */
    private static ApiMessage apiVersions() {
        ApiVersionsResponseData data = new ApiVersionsResponseData();
        data.supportedFeatures().add(new ApiVersionsResponseData.SupportedFeatureKey()
            .setName(KRaftVersion.FEATURE_NAME)
            .setMinVersion(RaftRelease.kraftVersions().min())
            .setMaxVersion(RaftRelease.kraftVersions().max()));
        return data;
    }

    private void add(Message message) {
        messages.put(message.number, message);
        next++;
    }

    private static int nodeOf(RaftRequest.Outbound request) {
        return Integer.parseInt(request.destination().host().substring("node-".length()));
    }
}

package org.apache.kafka.raft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import highwater.Lines;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * A quorum of real KafkaRaftClients, step by step: no thread, no socket, and no time but what commands say. In Kafka's
 * package, for what is private to it.
 */
public final class Quorum {
    static final ListenerName LISTENER = MockNetworkChannel.LISTENER_NAME;
    /** How often a node is given time to send what a command expects of it. */
    private static final int TRIES = 200;

    final File folder;
    final long seed;
    private final boolean isDynamic;
    private final int voters;
    private final TreeMap<Integer, Peer> peers = new TreeMap<>();
    private final Wire wire = new Wire(peers);

    private Quorum(File folder, JsonNode command) throws IOException {
        this.folder = folder;
        for (File file : folder.listFiles()) Files.delete(file.toPath());
        seed = command.get("seed").asLong();
        isDynamic = command.get("isDynamic").asBoolean();
        voters = command.get("voters").asInt();
        int count = voters + command.get("observers").asInt();
        for (int id = 1; id <= count; id++) peers.put(id, new Peer(this, id));
        for (Peer peer : peers.values()) {
            if (isDynamic && peer.id <= voters) peer.format(initialVoters());
            peer.start();
        }
        wire.collect();
    }

    private VoterSet initialVoters() {
        Map<Integer, VoterSet.VoterNode> nodes = new HashMap<>();
        for (int id = 1; id <= voters; id++) {
            nodes.put(id, VoterSet.VoterNode.of(peers.get(id).key(), endpoints(id), RaftRelease.kraftVersions()));
        }
        return VoterSet.fromMap(nodes);
    }

    /** controller.quorum.voters; empty where the voters are in the log. */
    Map<Integer, InetSocketAddress> staticVoters() {
        Map<Integer, InetSocketAddress> addresses = new HashMap<>();
        for (int id = 1; id <= voters && !isDynamic; id++) addresses.put(id, Peer.address(id));
        return addresses;
    }

    /** controller.quorum.bootstrap.servers. */
    List<InetSocketAddress> bootstrapServers() {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (int id = 1; id <= voters && isDynamic; id++) addresses.add(Peer.address(id));
        return addresses;
    }

    Endpoints endpoints(int id) {
        return Endpoints.fromInetSocketAddresses(Map.of(LISTENER, Peer.address(id)));
    }

    /** Returns "done", or why the quorum did not do what the command says. */
    private String run(JsonNode command) throws Exception {
        String what = command.get("do").asText();
        if (what.equals("exchange")) return exchange(command);
        Peer peer = peers.get(command.get("node").asInt());
        switch (what) {
            case "expire":
                peer.expire();
                return "done";
            case "append":
                peer.guarded(() -> {
                    peer.client.prepareAppend(peer.client.quorum().epoch(), List.of(command.get("value").asText()));
                    peer.client.schedulePreparedAppend();
                });
                peer.poll();
                return "done";
            case "resign":
                peer.guarded(() -> peer.client.resign(peer.client.quorum().epoch()));
                peer.poll();
                return "done";
            case "takeSnapshot":
                peer.takeSnapshot();
                return "done";
            case "cleanLog":
                peer.log.deleteBeforeSnapshot(peer.log.latestSnapshotId().get());
                return "done";
            case "crash":
                peer.crash(command.get("kept").asLong());
                return "done";
            case "start":
                peer.start();
                return "done";
            case "removeVoter":
                return admin(peer, RaftUtil.removeVoterRequest("cluster", peers.get(command.get("voter").asInt()).key()));
            case "addVoter":
                return addVoter(peer, peers.get(command.get("voter").asInt()));
            default:
                throw new IllegalArgumentException(what);
        }
    }

    /** A request, its handling, and the receipt of its answer unless that is lost. */
    private String exchange(JsonNode command) {
        int from = command.get("from").asInt();
        int to = command.get("to").asInt();
        Message request = awaited(from, to, command.get("kind").asText());
        if (request == null) return "not sent";
        wire.deliver(request);
        Message answer = wire.find(from, to, true, message -> message.request == request.request);
        if (answer == null) return "not answered";
        if (command.get("answer").asText().equals("arrives")) {
            wire.deliver(answer);
            return "done";
        }
        wire.drop(answer);
        disconnect(request);
        return "done";
    }

    /** The request that a node has sent to another, or sends when it is given time. */
    private Message awaited(int from, int to, String kind) {
        Peer peer = peers.get(from);
        for (int tries = 0; tries <= TRIES; tries++) {
            Message request = wire.find(from, to, false, message -> message.kind().equals(kind));
            if (request != null) return request;
            // Who could not fetch from its leader asks a bootstrap server once, and has one fetch on its way.
            if (kind.equals("FETCH")) for (int other : peers.keySet()) if (other != to) breakOff(from, other);
            peer.backOff();
            wire.collect();
        }
        return null;
    }

    private void breakOff(int from, int to) {
        Message fetch = wire.find(from, to, false, message -> message.api() == ApiKeys.FETCH);
        if (fetch == null) return;
        wire.drop(fetch);
        disconnect(fetch);
    }

    private void disconnect(Message request) {
        Peer peer = peers.get(request.from);
        if (!peer.isRunning || peer.incarnation != request.incarnation) return;
        peer.disconnected(request.request, request.api());
        peer.poll();
        wire.collect();
    }

    /** What an administrator asks of a leader, which answers only when it is committed. */
    private String admin(Peer leader, ApiMessage request) {
        CompletableFuture<RaftResponse.Outbound> completion = new CompletableFuture<>();
        RaftRequest.Inbound inbound = new RaftRequest.Inbound(
            LISTENER, 1, ApiKeys.forId(request.apiKey()).latestVersion(true), request, leader.time.milliseconds());
        inbound.completion.whenComplete((answer, failure) -> completion.complete(answer));
        leader.client.handle(inbound);
        leader.poll();
        wire.collect();
        String answer = completion.isDone() ? completion.join().data().toString() : "";
        return answer.isEmpty() || answer.contains("errorCode=0") ? "done" : answer;
    }

    /** The leader asks the node for its versions first. */
    private String addVoter(Peer leader, Peer voter) {
        String answer = admin(leader, RaftRelease.addVoter(voter.key(), endpoints(voter.id)));
        if (!answer.equals("done")) return answer;
        Message request = awaited(leader.id, voter.id, "API_VERSIONS");
        if (request == null) return "not sent";
        wire.deliver(request);
        wire.deliver(wire.find(leader.id, voter.id, true, message -> message.request == request.request));
        return "done";
    }

    private ObjectNode state() {
        ObjectNode state = Lines.JSON.createObjectNode();
        ObjectNode nodes = state.putObject("nodes");
        for (Peer peer : peers.values()) nodes.set("node-" + peer.id, state(peer));
        ArrayNode messages = state.putArray("messages");
        for (Message message : wire.messages()) {
            messages.add(message.from + (message.isAnswer ? " <- " : " -> ") + message.to + " " + message.kind());
        }
        return state;
    }

    private static ObjectNode state(Peer peer) {
        ObjectNode node = Lines.JSON.createObjectNode();
        node.put("role", peer.role());
        node.put("fatal", peer.fatal);
        if (peer.isRunning) {
            node.set("memory", state(peer.election()));
            // Asked apart: an epoch without a vote is no election.
            node.put("highWatermark", peer.client.quorum().highWatermark().map(LogOffsetMetadata::offset).orElse(null));
            ArrayNode voters = node.putArray("voters");
            peer.voters().forEach(voters::add);
        }
        new FileQuorumStateStore(peer.quorumState).readElectionState().ifPresent(file -> node.set("file", state(file)));
        ArrayNode log = node.putArray("log");
        for (MockLog.LogBatch batch : peer.log.readBatches(peer.log.startOffset(), OptionalLong.empty())) log.add(state(batch));
        node.put("start", peer.log.startOffset());
        peer.log.latestSnapshotId().ifPresent(snapshot ->
            node.putObject("snapshot").put("offset", snapshot.offset()).put("epoch", snapshot.epoch()));
        node.put("flushed", peer.log.firstUnflushedOffset());
        return node;
    }

    private static ObjectNode state(ElectionState election) {
        ObjectNode node = Lines.JSON.createObjectNode();
        node.put("epoch", election.epoch());
        node.put("leader", election.hasLeader() ? Integer.valueOf(election.leaderId()) : null);
        node.put("vote", election.optionalVotedKey().map(ReplicaKey::id).orElse(null));
        return node;
    }

    private static ObjectNode state(MockLog.LogBatch batch) {
        ObjectNode node = Lines.JSON.createObjectNode();
        List<MockLog.LogEntry> entries = RaftRelease.entries(batch);
        node.put("epoch", RaftRelease.epoch(batch));
        node.put("end", RaftRelease.offset(entries.get(entries.size() - 1)) + 1);
        ArrayNode contents = node.putArray("records");
        for (MockLog.LogEntry entry : entries) {
            contents.add(RaftRelease.isControl(batch)
                ? RaftRelease.controlType(entry)
                : StandardCharsets.UTF_8.decode(RaftRelease.value(entry)).toString());
        }
        return node;
    }

    public static void main(String[] args) throws Exception {
        Quorum[] quorum = new Quorum[1];
        File folder = new File(args[0]);
        Lines.serve(command -> {
            String result = "done";
            if (command.get("do").asText().equals("format")) quorum[0] = new Quorum(folder, command);
            else result = quorum[0].run(command);
            quorum[0].wire.collect();
            quorum[0].wire.dropUnawaited();
            return quorum[0].state().put("result", result);
        });
    }
}

package kafka.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import highwater.Lines;
import kafka.cluster.Partition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.requests.DeleteRecordsRequest;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.server.metrics.KafkaYammerMetrics;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Real brokers, each with the folder of its logs, and what is between them: a request, its handling and its answer are
 * commands of their own. One topic, one partition. In Kafka's package, for what is private to it.
 */
public final class Cluster {
    private final Clock clock = new Clock();
    private final Path root;
    /** Those that are up. */
    private final Map<Integer, Broker> brokers = new TreeMap<>();
    private final Map<Integer, Path> folders = new TreeMap<>();
    /** From whom to whom a fetch is in flight, or its answer. */
    private record Link(int follower, int leader) { }

    private final Map<Link, Fetch> fetches = new LinkedHashMap<>();
    /** What producers were told to be stored: record and offset, in the order of the offsets. */
    private final TreeSet<String> acknowledged = new TreeSet<>();
    /** Topics of the name that are deleted, whoever has heard of it. */
    private final Set<Uuid> deleted = new HashSet<>();
    private int generation = 0;
    /** The controller's registrations, as the brokers that are up have them. */
    private JsonNode known;

    private Cluster(Path root) {
        this.root = root;
    }

    private String run(JsonNode command) throws Exception {
        clock.moveOn();
        JsonNode registrations = command.get("registrations");
        if (!registrations.equals(known)) brokers.values().forEach(broker -> broker.learn(registrations));
        known = registrations;
        brokers.values().forEach(Broker::settle);
        String result = act(command, registrations);
        brokers.values().forEach(broker -> broker.replicas().tryCompleteActions());
        return result;
    }

    /** Returns what became of it: NONE, an error, or why Kafka does not do it. */
    private String act(JsonNode command, JsonNode registrations) throws Exception {
        int id = command.path("broker").asInt();
        Broker broker = brokers.get(id);
        switch (command.get("do").asText()) {
            case "start":
                start(id, command);
                return "NONE";
            case "crash":
                crash(id, command.path("kept").asLong(Long.MAX_VALUE));
                return "NONE";
            case "replaceDisk":
                end(id).ifPresent(Broker::abandon);
                emptyFolder(id);
                return "NONE";
            case "beginControlledShutdown":
                broker.replicas().beginControlledShutdown();
                return "NONE";
            case "stop":
                end(id).get().stop();
                return "NONE";
            case "timeOutProduce":
                broker.parts.timeOut();
                return "NONE";
            case "deleteRecords":
                broker.partition().deleteRecordsOnLeader(DeleteRecordsRequest.HIGH_WATERMARK);
                return "NONE";
            case "configure":
                broker.configure(command.get("minInsyncReplicas").asInt());
                return "NONE";
            case "replay":
                broker.replay(command);
                return "NONE";
            case "produce":
                return produce(broker, command.get("acks").asText(), command.get("value").asInt());
            case "sendFetch":
                return send(new Link(id, command.get("leader").asInt()));
            case "handleFetch":
                return broker.parts.handle(fetches.get(new Link(command.get("follower").asInt(), id)));
            case "receiveFetch":
                receive(new Link(id, command.get("leader").asInt()));
                return "NONE";
            case "loseFetch":
                lose(new Link(id, command.get("leader").asInt()));
                return "NONE";
            case "shrink":
                return shrink(broker, new TreeSet<>(integers(command.get("followers"))));
            case "decideAlterPartition":
                if (broker.proposal != null) broker.proposal.decide();
                return "NONE";
            case "forgetTopic":
                deleted.add(Uuid.fromString(command.get("topic").asText()));
                acknowledged.clear();
                return "NONE";
            case "loseAlterPartition":
                if (broker != null && broker.proposal != null) broker.proposal.lose();
                return "NONE";
            case "sendAlterPartitionAgain":
                // After a refusal a leader waits for the metadata.
                if (broker.proposal == null) return "it was refused, and not lost";
                broker.proposal.sendAgain();
                return "NONE";
            case "answerAlterPartition":
                broker.answer(command);
                return "NONE";
            case "checkpoint":
                broker.replicas().checkpointHighWatermarks();
                return "NONE";
            default:
                throw new IllegalArgumentException(command.toString());
        }
    }

    private void start(int id, JsonNode command) throws IOException {
        Properties topicConfig = new Properties();
        topicConfig.put("min.insync.replicas", command.get("minInsyncReplicas").asText());
        Path folder = folders.get(id);
        if (folder == null) folder = emptyFolder(id);
        Broker broker = new Broker(id, command.get("epoch").asLong(), folder.toFile(), clock, topicConfig);
        brokers.put(id, broker);
        broker.start(command.get("registrations"), command);
    }

    private Path emptyFolder(int id) throws IOException {
        Path folder = Files.createDirectories(root.resolve("broker-" + id + "-" + generation++));
        folders.put(id, folder);
        return folder;
    }

    /** A process ends, if there is one, and with it its connections: answers to it, and what it was asked. */
    private Optional<Broker> end(int id) {
        Broker broker = brokers.remove(id);
        for (Link link : List.copyOf(fetches.keySet())) {
            boolean isAnswered = fetches.get(link).isAnswered();
            if (link.follower == id && isAnswered) fetches.remove(link);
            else if (link.leader == id && !isAnswered) lose(link);
        }
        return Optional.ofNullable(broker);
    }

    /** What is in the files is what the next process finds; after a power loss, of the records those below an offset. */
    private void crash(int id, long kept) throws IOException {
        end(id).ifPresent(Broker::abandon);
        Path from = folders.get(id);
        Path to = emptyFolder(id);
        try (var files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) Files.createDirectories(copy);
                else if (!file.endsWith(".lock")) Files.copy(file, copy);
                if (file.toString().endsWith(".log")) cut(copy, kept);
            }
        }
    }

    /** Cuts a segment at an offset. A batch begins with its offset and, after 12 bytes, its length. */
    private static void cut(Path segment, long kept) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            while (file.getFilePointer() < file.length()) {
                long position = file.getFilePointer();
                if (file.readLong() < kept) file.seek(position + 12 + file.readInt());
                else file.setLength(position);
            }
        }
    }

    private String produce(Broker broker, String acks, int value) {
        short required = (short) (acks.equals("all") ? -1 : Integer.parseInt(acks));
        if (required == -1) broker.waiting.add(value);
        String[] result = {"NONE"};
        Uuid topic = broker.topicId();
        broker.parts.append(required, value, clock, (error, offset) -> {
            if (required == -1) broker.waiting.remove((Integer) value);
            if (error.equals("NONE") && required != 0 && !deleted.contains(topic)) acknowledged.add(value + " at " + offset);
            result[0] = error;
        });
        return result[0];
    }

    private String send(Link link) {
        Fetch fetch = brokers.get(link.follower).parts.send(link.leader);
        if (fetch == null) return "it does not fetch";
        fetches.put(link, fetch);
        return "NONE";
    }

    private void receive(Link link) {
        Fetch fetch = fetches.remove(link);
        // An answer goes over the connection of the process that has asked.
        Broker follower = brokers.get(link.follower);
        if (fetch != null && follower != null) follower.parts.receive(fetch);
    }

    private void lose(Link link) {
        fetches.get(link).loseAnswer();
        receive(link);
    }

    /** Looks for a moment in which just these followers have not been caught up for too long. */
    private String shrink(Broker leader, TreeSet<Integer> followers) {
        Partition partition = leader.partition();
        long now = clock.milliseconds();
        List<Long> moments = new ArrayList<>(List.of(now));
        leader.caughtUp().values().forEach(time -> moments.add(time + Clock.LAG));
        // Who is at the end of the log never lags.
        if (!leader.outOfSync().containsAll(followers)) return "NONE";
        try {
            for (long moment : moments) {
                clock.set(moment);
                if (!leader.outOfSync().equals(followers)) continue;
                partition.maybeShrinkIsr();
                return "NONE";
            }
            return "others have lagged for as long";
        } finally {
            clock.set(now);
        }
    }

    private ObjectNode state() {
        ObjectNode state = Lines.JSON.createObjectNode();
        ObjectNode each = state.putObject("brokers");
        brokers.forEach((id, broker) -> each.set("broker-" + id, broker.state()));
        ObjectNode inFlight = state.putObject("fetches");
        fetches.forEach((link, fetch) -> inFlight.set("broker-" + link.follower + "->broker-" + link.leader, fetch.describe()));
        acknowledged.forEach(state.putArray("acknowledged")::add);
        return state;
    }

    static List<Integer> integers(JsonNode array) {
        List<Integer> values = new ArrayList<>();
        array.forEach(value -> values.add(value.asInt()));
        return values;
    }

    /** Begins anew, in a folder of its own. */
    private static Cluster begun(Path root, int number) throws IOException {
        Utils.delete(root.resolve("run-" + (number - 1)).toFile());
        KafkaYammerMetrics.defaultRegistry().allMetrics().keySet().forEach(KafkaYammerMetrics.defaultRegistry()::removeMetric);
        return new Cluster(Files.createDirectories(root.resolve("run-" + number)));
    }

    public static void main(String[] args) throws Exception {
        Cluster[] cluster = new Cluster[1];
        int[] number = {0};
        Lines.serve(command -> {
            String result = "NONE";
            if (command.get("do").asText().equals("begin")) cluster[0] = begun(Path.of(args[0]), number[0]++);
            else result = cluster[0].run(command);
            return cluster[0].state().put("result", result);
        });
    }
}

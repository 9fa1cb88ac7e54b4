import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A client of a cluster in one long-lived process: a command in JSON on each line of stdin, its answer on a line of stdout.
 * Every story asks many questions, and to start a JVM for each would take longer than the story.
 */
public class Probe {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Command> commands = new HashMap<>();
    private final Map<String, KafkaProducer<String, String>> producers = new HashMap<>();
    private final Map<String, Future<RecordMetadata>> pending = new HashMap<>();
    private String bootstrap;
    private Admin brokers;
    private Admin controllers;

    private interface Command {
        void run(JsonNode asked, ObjectNode answer) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        // Whatever else prints must not be taken for an answer.
        PrintStream answers = System.out;
        System.setOut(System.err);
        Probe probe = new Probe();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            answers.println(probe.answer(JSON.readTree(line)));
            answers.flush();
        }
    }

    private Probe() {
        Members members = new Members(() -> settings("bootstrap.servers", bootstrap));
        commands.put("openMember", members::open);
        commands.put("memberEvents", members::events);
        commands.put("tellMember", members::tell);
        Transactions transactions = new Transactions(producers);
        commands.put("initTransactions", transactions::initialize);
        commands.put("beginTransaction", transactions::begin);
        commands.put("commitTransaction", transactions::commit);
        commands.put("committed", transactions::committed);
        commands.put("format", this::format);
        commands.put("connect", this::connect);
        commands.put("connectControllers", this::connectControllers);
        commands.put("create", this::create);
        commands.put("createMany", this::createMany);
        commands.put("deleteTopic", this::deleteTopic);
        commands.put("deleteRecords", this::deleteRecords);
        commands.put("describe", this::describe);
        commands.put("produce", this::produce);
        commands.put("send", this::send);
        commands.put("sent", this::sent);
        commands.put("openProducer", this::openProducer);
        commands.put("leaderKnown", this::leaderKnown);
        commands.put("read", this::read);
        commands.put("configure", this::configure);
        commands.put("upgrade", this::upgrade);
        commands.put("reassign", this::reassign);
        commands.put("quorum", this::quorum);
        commands.put("removeVoter", this::removeVoter);
    }

    private ObjectNode answer(JsonNode asked) {
        ObjectNode answer = JSON.createObjectNode();
        try {
            commands.get(asked.get("do").asText()).run(asked, answer);
        } catch (Throwable error) {
            answer.removeAll().put("error", textOf(error));
        }
        return answer;
    }

    private static String textOf(Throwable error) {
        Throwable cause = error.getCause() == null ? error : error.getCause();
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    private void format(JsonNode asked, ObjectNode answer) {
        List<String> given = new ArrayList<>();
        asked.get("arguments").forEach(each -> given.add(each.asText()));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int code = kafka.tools.StorageTool.execute(given.toArray(new String[0]), new PrintStream(printed));
        if (code != 0) answer.put("error", printed.toString());
    }

    private void connect(JsonNode asked, ObjectNode answer) {
        bootstrap = asked.get("bootstrap").asText();
        brokers = Admin.create(settings("bootstrap.servers", bootstrap));
    }

    private void connectControllers(JsonNode asked, ObjectNode answer) {
        if (controllers != null) controllers.close(Duration.ZERO);
        controllers = Admin.create(settings("bootstrap.controllers", asked.get("bootstrap").asText()));
    }

    private static Map<String, Object> settings(String name, String servers) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(name, servers);
        settings.put("metadata.max.age.ms", 1000);
        settings.put("reconnect.backoff.max.ms", 200);
        settings.put("retry.backoff.max.ms", 200);
        settings.put("request.timeout.ms", 5000);
        settings.put("default.api.timeout.ms", 15000);
        return settings;
    }

    private void create(JsonNode asked, ObjectNode answer) throws Exception {
        List<Integer> replicas = numbersOf(asked.get("replicas"));
        Map<String, String> configs = new HashMap<>();
        asked.path("configs").fields().forEachRemaining(each -> configs.put(each.getKey(), each.getValue().asText()));
        Map<Integer, List<Integer>> assignment = new HashMap<>();
        for (int each = 0; each < asked.path("partitions").asInt(1); each++) assignment.put(each, replicas);
        NewTopic topic = new NewTopic(asked.get("topic").asText(), assignment).configs(configs);
        brokers.createTopics(List.of(topic)).all().get();
    }

    /** Many partitions on one broker, so that it has much to do when it learns of them. */
    private void createMany(JsonNode asked, ObjectNode answer) throws Exception {
        Map<Integer, List<Integer>> assignment = new HashMap<>();
        for (int each = 0; each < asked.get("partitions").asInt(); each++) {
            assignment.put(each, List.of(asked.get("broker").asInt()));
        }
        brokers.createTopics(List.of(new NewTopic(asked.get("topic").asText(), assignment))).all().get();
    }

    private void deleteTopic(JsonNode asked, ObjectNode answer) throws Exception {
        brokers.deleteTopics(List.of(asked.get("topic").asText())).all().get();
    }

    private void deleteRecords(JsonNode asked, ObjectNode answer) throws Exception {
        TopicPartition partition = new TopicPartition(asked.get("topic").asText(), 0);
        brokers.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(asked.get("before").asLong()))).all().get();
    }

    private void describe(JsonNode asked, ObjectNode answer) throws Exception {
        List<String> topics = List.of(asked.get("topic").asText());
        int partition = asked.path("partition").asInt(0);
        TopicPartitionInfo found =
            brokers.describeTopics(topics).allTopicNames().get().values().iterator().next().partitions().get(partition);
        answer.put("leader", found.leader() == null || found.leader().isEmpty() ? -1 : found.leader().id());
        putIds(answer.putArray("replicas"), found.replicas());
        putIds(answer.putArray("isr"), found.isr());
        putIds(answer.putArray("elr"), found.elr());
        putIds(answer.putArray("lastKnownElr"), found.lastKnownElr());
    }

    private static void putIds(ArrayNode into, List<Node> nodes) {
        if (nodes != null) nodes.forEach(node -> into.add(node.id()));
    }

    private static List<Integer> numbersOf(JsonNode list) {
        List<Integer> numbers = new ArrayList<>();
        list.forEach(each -> numbers.add(each.asInt()));
        return numbers;
    }

    private Future<RecordMetadata> sendRecord(JsonNode asked) {
        String acks = asked.get("acks").asText();
        int timeout = asked.get("timeoutMs").asInt();
        KafkaProducer<String, String> producer = asked.has("producer")
            ? producers.get(asked.get("producer").asText())
            : producers.computeIfAbsent(acks + "/" + timeout, key -> producer(acks, timeout));
        int partition = asked.path("partition").asInt(0);
        return producer.send(new ProducerRecord<>(asked.get("topic").asText(), partition, null, asked.get("value").asText()));
    }

    /** It sends each record once: whether a record is there twice is for the cluster to answer. */
    private KafkaProducer<String, String> producer(String acks, int timeout) {
        Map<String, Object> settings = settings("bootstrap.servers", bootstrap);
        settings.put("acks", acks);
        settings.put("retries", 0);
        settings.put("enable.idempotence", "false");
        settings.put("max.in.flight.requests.per.connection", 1);
        settings.put("linger.ms", 0);
        settings.put("max.block.ms", timeout);
        settings.put("request.timeout.ms", timeout);
        settings.put("delivery.timeout.ms", timeout);
        settings.remove("default.api.timeout.ms");
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /** One that sends again what may not be stored, as applications have it: with these settings over the defaults. */
    private void openProducer(JsonNode asked, ObjectNode answer) {
        String found = asked.hasNonNull("bootstrap") ? asked.get("bootstrap").asText() : bootstrap;
        Map<String, Object> settings = settings("bootstrap.servers", found);
        settings.put("request.timeout.ms", 60000);
        settings.remove("default.api.timeout.ms");
        settings.put("linger.ms", 0);
        asked.get("settings").fields().forEachRemaining(each -> settings.put(each.getKey(), each.getValue().asText()));
        producers.put(asked.get("name").asText(),
            new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer()));
    }

    /** Whom a producer takes for the leader. */
    private void leaderKnown(JsonNode asked, ObjectNode answer) {
        var known = producers.get(asked.get("producer").asText()).partitionsFor(asked.get("topic").asText()).get(0);
        answer.put("leader", known.leader() == null ? -1 : known.leader().id());
    }

    private void produce(JsonNode asked, ObjectNode answer) throws Exception {
        answer.put("offset", sendRecord(asked).get().offset());
    }

    private void send(JsonNode asked, ObjectNode answer) {
        pending.put(asked.get("value").asText(), sendRecord(asked));
    }

    private void sent(JsonNode asked, ObjectNode answer) throws Exception {
        Future<RecordMetadata> sent = pending.get(asked.get("value").asText());
        answer.put("done", sent.isDone());
        if (!sent.isDone()) return;
        try {
            answer.put("offset", sent.get().offset());
        } catch (ExecutionException error) {
            answer.put("refused", textOf(error));
        }
    }

    private void read(JsonNode asked, ObjectNode answer) {
        Map<String, Object> settings = settings("bootstrap.servers", bootstrap);
        settings.put("group.id", "probe");
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "earliest");
        settings.put("default.api.timeout.ms", 8000);
        settings.put("isolation.level", asked.path("isolation").asText("read_uncommitted"));
        StringDeserializer text = new StringDeserializer();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings, text, text)) {
            TopicPartition partition = new TopicPartition(asked.get("topic").asText(), 0);
            consumer.assign(List.of(partition));
            if (asked.has("from")) consumer.seek(partition, asked.get("from").asLong());
            else consumer.seekToBeginning(List.of(partition));
            long from = consumer.position(partition);
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            ArrayNode records = answer.put("from", from).put("to", end).putArray("records");
            long until = System.nanoTime() + Duration.ofSeconds(8).toNanos();
            while (consumer.position(partition) < end) {
                if (System.nanoTime() > until) throw new IllegalStateException("nothing to read for 8 s");
                for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(200))) {
                    until = System.nanoTime() + Duration.ofSeconds(8).toNanos();
                    ObjectNode record = records.addObject().put("offset", each.offset()).put("record", each.value());
                    each.leaderEpoch().ifPresent(epoch -> record.put("leaderEpoch", epoch));
                }
            }
        }
    }

    private void configure(JsonNode asked, ObjectNode answer) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, asked.get("topic").asText());
        ConfigEntry entry = new ConfigEntry(asked.get("name").asText(), asked.get("value").asText());
        AlterConfigOp change = new AlterConfigOp(entry, AlterConfigOp.OpType.SET);
        brokers.incrementalAlterConfigs(Map.of(topic, List.of(change))).all().get();
    }

    private void upgrade(JsonNode asked, ObjectNode answer) throws Exception {
        FeatureUpdate update =
            new FeatureUpdate((short) asked.get("level").asInt(), FeatureUpdate.UpgradeType.UPGRADE);
        brokers.updateFeatures(Map.of(asked.get("feature").asText(), update), new UpdateFeaturesOptions()).all().get();
    }

    private void reassign(JsonNode asked, ObjectNode answer) throws Exception {
        TopicPartition partition = new TopicPartition(asked.get("topic").asText(), 0);
        NewPartitionReassignment target = new NewPartitionReassignment(numbersOf(asked.get("replicas")));
        // Controllers take it since 4.0 only.
        Admin admin = controllers == null ? brokers : controllers;
        admin.alterPartitionReassignments(Map.of(partition, Optional.of(target))).all().get();
    }

    private void quorum(JsonNode asked, ObjectNode answer) throws Exception {
        Admin admin = controllers == null ? brokers : controllers;
        var found = admin.describeMetadataQuorum().quorumInfo().get();
        answer.put("leader", found.leaderId()).put("epoch", found.leaderEpoch()).put("highWatermark", found.highWatermark());
        ArrayNode voters = answer.putArray("voters");
        found.voters().forEach(voter -> voters.add(voter.replicaId()));
    }

    /** Nobody may be there to commit it: the answer is not waited for. */
    private void removeVoter(JsonNode asked, ObjectNode answer) {
        controllers.removeRaftVoter(asked.get("id").asInt(), Uuid.fromString(asked.get("directory").asText()));
    }
}

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Consumers of a group, each in a thread of its own that polls all the time, as an application does. A record is
 * returned only when the story asks for one. Whatever a member is told becomes an event, in the order in which it
 * happened to any of them.
 */
class Members {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(100);

    private final Map<String, Member> members = new HashMap<>();
    private final Queue<ObjectNode> events = new ArrayDeque<>();
    private final Supplier<Map<String, Object>> settings;

    Members(Supplier<Map<String, Object>> settings) {
        this.settings = settings;
    }

    /** Opens a member: its settings, over those that every client here has, and the topic that it subscribes to. */
    void open(JsonNode asked, ObjectNode answer) {
        Map<String, Object> given = settings.get();
        given.put("enable.auto.commit", "false");
        given.put("auto.offset.reset", "earliest");
        given.put("max.poll.records", 1);
        given.put("default.api.timeout.ms", 30000);
        asked.get("settings").fields().forEachRemaining(each -> given.put(each.getKey(), each.getValue().asText()));
        Member member = new Member(asked.get("name").asText(), given, asked.get("topic").asText());
        members.put(member.name, member);
        member.thread.start();
    }

    /** What has happened since the last question. */
    void events(JsonNode asked, ObjectNode answer) {
        synchronized (events) {
            var into = answer.putArray("events");
            while (!events.isEmpty()) into.add(events.poll());
        }
    }

    /**
     * Has a member do something in its own thread: `take` a record, `commit`, `close`; `rest`, so that it does not poll,
     * as while its application processes; `poll`, to go on.
     */
    void tell(JsonNode asked, ObjectNode answer) {
        members.get(asked.get("name").asText()).asked = asked.get("what").asText();
    }

    private void happened(String member, String kind, TopicPartition partition, long offset) {
        ObjectNode event = JSON.createObjectNode().put("member", member).put("kind", kind);
        if (partition != null) event.put("partition", partition.partition());
        if (offset >= 0) event.put("offset", offset);
        synchronized (events) {
            events.add(event);
        }
    }

    private class Member implements Runnable, ConsumerRebalanceListener {
        private final String name;
        private final String topic;
        private final KafkaConsumer<String, String> consumer;
        private final Thread thread = new Thread(this);
        /** Partitions that it knows where to go on in. */
        private final Set<TopicPartition> placed = new HashSet<>();
        private volatile String asked;

        Member(String name, Map<String, Object> settings, String topic) {
            this.name = name;
            this.topic = topic;
            consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
            thread.setDaemon(true);
        }

        @Override
        public void run() {
            consumer.subscribe(List.of(topic), this);
            while (true) {
                String what = asked;
                try {
                    if ("close".equals(what)) {
                        consumer.close();
                        happened(name, "closed", null, -1);
                        return;
                    }
                    if ("commit".equals(what)) commit();
                    if ("rest".equals(what)) Thread.sleep(POLL.toMillis());
                    else poll("take".equals(what));
                } catch (InterruptedException error) {
                    return;
                } catch (RuntimeException error) {
                    asked = null;
                    happened(name, "failed " + error.getClass().getSimpleName(), null, -1);
                }
            }
        }

        private void commit() {
            asked = null;
            consumer.commitSync();
            happened(name, "committed", null, -1);
        }

        private void poll(boolean takes) {
            if (takes) consumer.resume(consumer.assignment());
            else consumer.pause(consumer.assignment());
            for (ConsumerRecord<String, String> each : consumer.poll(POLL)) {
                asked = null;
                happened(name, "polled", new TopicPartition(each.topic(), each.partition()), each.offset() + 1);
            }
            for (TopicPartition each : consumer.assignment()) {
                if (placed.add(each)) happened(name, "begins", each, consumer.position(each));
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.pause(partitions);
            partitions.forEach(each -> happened(name, "assigned", each, -1));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(each -> drop("revoked", each));
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            partitions.forEach(each -> drop("lost", each));
        }

        private void drop(String kind, TopicPartition partition) {
            placed.remove(partition);
            happened(name, kind, partition, -1);
        }
    }
}

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Producers with a transactional id that were opened by name: a commit is asked for, and its answer is not waited for. */
class Transactions {
    private final Map<String, KafkaProducer<String, String>> producers;
    private final Map<String, CompletableFuture<Void>> commits = new HashMap<>();

    Transactions(Map<String, KafkaProducer<String, String>> producers) {
        this.producers = producers;
    }

    /** Asks for the producer id and epoch. */
    void initialize(JsonNode asked, ObjectNode answer) {
        of(asked).initTransactions();
    }

    void begin(JsonNode asked, ObjectNode answer) {
        of(asked).beginTransaction();
    }

    void commit(JsonNode asked, ObjectNode answer) {
        KafkaProducer<String, String> producer = of(asked);
        commits.put(asked.get("producer").asText(), CompletableFuture.runAsync(producer::commitTransaction));
    }

    /** What the application was told of its commit. */
    void committed(JsonNode asked, ObjectNode answer) {
        CompletableFuture<Void> commit = commits.get(asked.get("producer").asText());
        answer.put("done", commit.isDone());
        if (!commit.isDone()) return;
        try {
            commit.join();
        } catch (CompletionException error) {
            answer.put("refused", error.getCause().getClass().getSimpleName());
        }
    }

    private KafkaProducer<String, String> of(JsonNode asked) {
        return producers.get(asked.get("producer").asText());
    }
}

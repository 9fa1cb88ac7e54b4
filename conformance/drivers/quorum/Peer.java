package org.apache.kafka.raft;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.MockTime;
import org.apache.kafka.raft.internals.BatchMemoryPool;
import org.apache.kafka.raft.internals.KRaftControlRecordStateMachine;
import org.apache.kafka.raft.internals.StringSerde;
import org.apache.kafka.server.common.KRaftVersion;
import org.apache.kafka.snapshot.RecordsSnapshotWriter;
import org.apache.kafka.snapshot.SnapshotReader;
import org.apache.kafka.snapshot.Snapshots;

import java.io.File;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

/** A node: a real KafkaRaftClient with its disk and a clock of its own, which moves only when it is told to. */
final class Peer {
    static final int BACKOFF_MS = 20;
    private static final int ELECTION_MS = 1_000_000;
    private static final int FETCH_MS = 5_000_000;
    private static final int REQUEST_MS = 400_000;
    /** Longer than any timer: each of them draws at most twice its length. */
    private static final int LONG_MS = 2 * FETCH_MS + 1;
    private static final TopicPartition METADATA = new TopicPartition("__cluster_metadata", 0);

    final int id;
    final Uuid directory;
    final MockTime time = new MockTime(0L, 1_000_000L, 0L);
    final MockLog log;
    final File quorumState;
    private final Quorum quorum;
    private final Random random;
    private MockMessageQueue queue;
    MockNetworkChannel channel;
    KafkaRaftClient<String> client;
    /** Counts the starts of the process: answers to an earlier one are lost. */
    int incarnation = 0;
    boolean isRunning = false;
    /** Why the process has exited by itself. */
    String fatal = null;

    Peer(Quorum quorum, int id) {
        this.quorum = quorum;
        this.id = id;
        this.directory = new Uuid(77L, id);
        this.log = RaftRelease.log(METADATA, new LogContext("[node-" + id + "] "));
        this.quorumState = new File(quorum.folder, "quorum-state-" + id);
        this.random = new Random(quorum.seed + id);
    }

    ReplicaKey key() {
        return ReplicaKey.of(id, directory);
    }

    /** What `kafka-storage format --initial-controllers` writes: a snapshot with the voters. */
    void format(VoterSet voters) {
        RecordsSnapshotWriter.Builder builder = new RecordsSnapshotWriter.Builder()
            .setRawSnapshotWriter(log.createNewSnapshotUnchecked(Snapshots.BOOTSTRAP_SNAPSHOT_ID).get())
            .setKraftVersion(KRaftVersion.KRAFT_VERSION_1)
            .setVoterSet(Optional.of(voters));
        try (RecordsSnapshotWriter<String> writer = builder.build(new StringSerde())) {
            writer.freeze();
        }
    }

    void start() {
        incarnation++;
        fatal = null;
        reopenLog();
        channel = new MockNetworkChannel();
        queue = new MockMessageQueue();
        client = new KafkaRaftClient<>(
            OptionalInt.of(id), directory, new StringSerde(), channel, queue, log,
            new BatchMemoryPool(5, KafkaRaftClient.MAX_BATCH_SIZE_BYTES), time, new MockExpirationService(time),
            0, true, "cluster", quorum.bootstrapServers(), quorum.endpoints(id), RaftRelease.kraftVersions(),
            new LogContext("[node-" + id + "] "), random, config());
        client.register(new Silent());
        isRunning = true;
        guarded(() -> RaftRelease.initialize(client, quorum.staticVoters(), new FileQuorumStateStore(quorumState), time));
        poll();
    }

    private static QuorumConfig config() {
        Map<String, Object> values = new HashMap<>(RaftRelease.config());
        values.put(QuorumConfig.QUORUM_ELECTION_TIMEOUT_MS_CONFIG, ELECTION_MS);
        values.put(QuorumConfig.QUORUM_FETCH_TIMEOUT_MS_CONFIG, FETCH_MS);
        values.put(QuorumConfig.QUORUM_REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
        values.put(QuorumConfig.QUORUM_RETRY_BACKOFF_MS_CONFIG, BACKOFF_MS);
        values.put(QuorumConfig.QUORUM_ELECTION_BACKOFF_MAX_MS_CONFIG, ELECTION_MS);
        values.put(QuorumConfig.QUORUM_LINGER_MS_CONFIG, 0);
        return new QuorumConfig(new AbstractConfig(QuorumConfig.CONFIG_DEF, values, false));
    }

    /** The process ends. Of what it has not flushed the log keeps what is below an offset. */
    void crash(long kept) {
        isRunning = false;
        set(log, "firstUnflushedOffset", kept);
        log.reopen();
    }

    /** Files an empty snapshot of what is committed: what a controller would write into it is not compared. */
    void takeSnapshot() {
        long end = client.quorum().highWatermark().get().offset();
        RaftRelease.takeSnapshot(client, end, epochBelow(end));
    }

    /** Of the entry below an offset. */
    private int epochBelow(long offset) {
        int epoch = 0;
        for (MockLog.LogBatch batch : log.readBatches(log.startOffset(), OptionalLong.of(offset))) epoch = RaftRelease.epoch(batch);
        return epoch;
    }

    /** A process that has exited by itself leaves what it had not flushed to the page cache. */
    private void reopenLog() {
        long flushed = log.firstUnflushedOffset();
        set(log, "firstUnflushedOffset", log.endOffset().offset());
        log.reopen();
        set(log, "firstUnflushedOffset", flushed);
    }

    /** Does everything that can be done before the clock moves. */
    void poll() {
        guarded(() -> {
            String before;
            do {
                before = progress();
                client.poll();
                client.poll();
            } while (!queue.isEmpty() || !before.equals(progress()));
        });
    }

    private String progress() {
        QuorumState state = client.quorum();
        return role() + state.epoch() + " " + log.endOffset().offset() + " " + state.highWatermark();
    }

    /** Waits until the node may send what it could not send, or has to send again. */
    void backOff() {
        time.sleep(BACKOFF_MS + 1);
        poll();
    }

    /** Waits until the timer of the state that the node is in has run out, and the node has left that state. */
    void expire() {
        String before = role() + client.quorum().epoch();
        for (int tries = 0; tries < 3 && isRunning && before.equals(role() + client.quorum().epoch()); tries++) {
            time.sleep(LONG_MS);
            poll();
        }
    }

    /** Whether the node waits for the answer to a request: every change of its state resets its connections. */
    boolean awaits(RaftRequest.Outbound request) {
        RequestManager requests = (RequestManager) field(client, "requestManager");
        return requests.isResponseExpected(request.destination(), request.correlationId());
    }

    /** Tells the node that a connection broke before the answer came, as KafkaNetworkChannel does. */
    void disconnected(RaftRequest.Outbound request, org.apache.kafka.common.protocol.ApiKeys api) {
        channel.mockReceive(new RaftResponse.Inbound(
            request.correlationId(), RaftUtil.errorResponse(api, Errors.BROKER_NOT_AVAILABLE), request.destination()));
        guarded(client::poll);
    }

    String role() {
        if (!isRunning) return fatal == null ? "stopped" : "exited";
        QuorumState state = client.quorum();
        if (state.isLeader()) return "leader";
        if (state.isFollower()) return "follower";
        if (state.isCandidate()) return "candidate";
        if (state.isResigned()) return "resigned";
        return RaftRelease.isProspective(state) ? "prospective" : "unattached";
    }

    /** What the state in memory says of the election, as the quorum-state file would have it. */
    ElectionState election() {
        return ((EpochState) field(client.quorum(), "state")).election();
    }

    List<Integer> voters() {
        KRaftControlRecordStateMachine partition = (KRaftControlRecordStateMachine) field(client, "partitionState");
        List<Integer> ids = new ArrayList<>(partition.lastVoterSet().voterIds());
        ids.sort(null);
        return ids;
    }

    interface Action {
        void run() throws Exception;
    }

    /** A failure ends the process, as the fault handler of a controller does. */
    void guarded(Action action) {
        if (!isRunning) return;
        try {
            action.run();
        } catch (Throwable failure) {
            isRunning = false;
            fatal = failure.toString();
        }
    }

    private static Object field(Object owner, String name) {
        try {
            return accessible(owner.getClass(), name).get(owner);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void set(MockLog log, String name, long value) {
        try {
            accessible(MockLog.class, name).setLong(log, value);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Field accessible(Class<?> owner, String name) throws NoSuchFieldException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    /** The controller on the node, which reads what is committed and says nothing. */
    private static final class Silent implements RaftClient.Listener<String> {
        @Override
        public void handleCommit(BatchReader<String> reader) {
            try (reader) {
                while (reader.hasNext()) reader.next();
            }
        }

        @Override
        public void handleLoadSnapshot(SnapshotReader<String> reader) {
            reader.close();
        }

        /** Not in 3.9, so not said to override. */
        public void handleLoadBootstrap(SnapshotReader<String> reader) {
            reader.close();
        }
    }

    /** Voters are reached at these addresses, whoever they are. */
    static InetSocketAddress address(int id) {
        return InetSocketAddress.createUnresolved("node-" + id, 9000 + id);
    }
}

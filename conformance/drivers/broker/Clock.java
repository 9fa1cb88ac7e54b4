package kafka.server;

import org.apache.kafka.common.utils.MockTime;

/** The time of all brokers: whoever is not caught up now has not been for long. It goes where it is set to. */
final class Clock extends MockTime {
    /** replica.lag.time.max.ms */
    static final long LAG = 1_000;

    private long now = 1_000_000;

    @Override
    public long milliseconds() {
        return now;
    }

    void set(long milliseconds) {
        now = milliseconds;
    }

    /** So much later that it counts for nothing who was caught up before. */
    void moveOn() {
        now += 10 * LAG;
    }
}

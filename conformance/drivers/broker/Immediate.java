package kafka.server;

import org.apache.kafka.server.util.Scheduler;

import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** What a broker schedules without a delay happens at once; what is to happen later, or again and again, never. */
final class Immediate implements Scheduler {
    @Override
    public void startup() { }

    @Override
    public void shutdown() { }

    @Override
    public ScheduledFuture<?> schedule(String name, Runnable task, long delayMs, long periodMs) {
        Task scheduled = new Task(task);
        if (delayMs <= 0 && periodMs < 0) scheduled.run();
        return scheduled;
    }

    @Override
    public void resizeThreadPool(int newSize) { }

    private static final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
        Task(Runnable task) {
            super(task, null);
        }

        @Override
        protected void setException(Throwable failure) {
            throw new IllegalStateException(failure);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }
}

/** Does nothing: a process of its own to be stopped and resumed. */
public final class HighwaterSleeper {
    public static void main(String[] args) throws InterruptedException {
        System.out.println("up");
        Thread.sleep(600_000);
    }
}

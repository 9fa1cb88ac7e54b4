package highwater;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** The loop of a driver: a JSON command a line comes in, a JSON answer a line goes out. */
public final class Lines {
    public static final ObjectMapper JSON = new ObjectMapper();

    public interface Driver {
        /** Does what the command says. Returns what became of it, with the state of everything. */
        ObjectNode run(JsonNode command) throws Exception;
    }

    private Lines() { }

    /** Until standard input ends. Whatever else is printed goes to standard error. */
    public static void serve(Driver driver) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(answer(driver, JSON.readTree(line)));
            out.flush();
        }
    }

    private static ObjectNode answer(Driver driver, JsonNode command) {
        try {
            return driver.run(command);
        } catch (Throwable failure) {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            return JSON.createObjectNode().put("error", text.toString());
        }
    }
}

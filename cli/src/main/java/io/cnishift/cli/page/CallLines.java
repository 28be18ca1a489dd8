package io.cnishift.cli.page;

import io.cnishift.api.plan.Count;
import io.cnishift.api.port.CallFigures;
import java.time.Duration;
import java.util.List;

/** Requests to APIs in words, a line for each operation. */
public final class CallLines {

    private CallLines() {}

    /** How often each was made, how often repeated or in vain, and how long one took. */
    public static List<String> of(List<CallFigures> calls) {
        return calls.stream().map(CallLines::line).toList();
    }

    private static String line(CallFigures call) {
        return call.operation() + ": " + Count.of(call.calls(), "call")
                + (call.retries() == 0 ? "" : ", " + Count.of(call.retries(), "repeat"))
                + (call.failures() == 0 ? "" : ", " + call.failures() + " failed")
                + ", " + millis(call.mean()) + " on average, " + millis(call.longestSeconds()) + " at most";
    }

    private static String millis(Duration time) {
        return time.toMillis() + " ms";
    }
}

package io.cnishift.simulator.cni;

import io.cnishift.simulator.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** What decides whether an agent starts and what it does then. Behaviours add to it. */
final class AgentRules {
    private final List<Function<AgentStart, Optional<String>>> fatal = new ArrayList<>();
    private final List<Function<AgentStart, Optional<String>>> waits = new ArrayList<>();
    private final List<Consumer<AgentStart>> onContainerStart = new ArrayList<>();
    private final List<Consumer<AgentStart>> onReady = new ArrayList<>();
    private final List<Consumer<AgentStart>> onEnd = new ArrayList<>();

    private AgentRules() {}

    static AgentRules of(Kernel kernel) {
        return kernel.shared(AgentRules.class, k -> new AgentRules());
    }

    /** A reason for which the agent exits. */
    void fatal(Function<AgentStart, Optional<String>> rule) {
        fatal.add(rule);
    }

    /** A reason for which it is not ready yet. */
    void waits(Function<AgentStart, Optional<String>> rule) {
        waits.add(rule);
    }

    void onContainerStart(Consumer<AgentStart> what) {
        onContainerStart.add(what);
    }

    void onReady(Consumer<AgentStart> what) {
        onReady.add(what);
    }

    void onEnd(Consumer<AgentStart> what) {
        onEnd.add(what);
    }

    Optional<String> fatal(AgentStart start) {
        return first(fatal, start);
    }

    Optional<String> waits(AgentStart start) {
        return first(waits, start);
    }

    void containerStarts(AgentStart start) {
        onContainerStart.forEach(c -> c.accept(start));
    }

    void ready(AgentStart start) {
        onReady.forEach(c -> c.accept(start));
    }

    void ended(AgentStart start) {
        onEnd.forEach(c -> c.accept(start));
    }

    private static Optional<String> first(List<Function<AgentStart, Optional<String>>> rules, AgentStart start) {
        return rules.stream().flatMap(r -> r.apply(start).stream()).findFirst();
    }
}

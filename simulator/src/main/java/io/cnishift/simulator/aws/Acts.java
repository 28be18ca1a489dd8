package io.cnishift.simulator.aws;

import io.cnishift.api.act.Act;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Performed;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.ActResult.Refused;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the API does on an act, by its type: each is added by the behaviour that knows it. */
public final class Acts {

    private final Map<Class<? extends Act>, Entry<? extends Act>> byType = new HashMap<>();
    private final Map<Class<? extends Act>, Function<Act, Optional<ActResult>>> checks = new HashMap<>();

    /** What an API answers. */
    private record Entry<A extends Act>(
            Class<A> type, Function<A, Map<String, Object>> before, Function<A, ActResult> perform) {
        Map<String, Object> before(Act act) {
            return before.apply(type.cast(act));
        }

        ActResult perform(Act act) {
            return perform.apply(type.cast(act));
        }
    }

    /**
     * From now on acts of that type are answered so.
     *
     * @param before what the act would change, as a tree
     */
    public <A extends Act> void on(
            Class<A> type, Function<A, Map<String, Object>> before, Function<A, ActResult> perform) {
        byType.put(type, new Entry<>(type, before, perform));
    }

    /**
     * How the API answers a dry run of acts of that type, which only EC2 has.
     *
     * @param check empty for an act that goes to another API
     */
    public <A extends Act> void checked(Class<A> type, Function<A, Optional<ActResult>> check) {
        checks.put(type, act -> check.apply(type.cast(act)));
    }

    /** What a dry run of the act says; empty when there is none of it. */
    public Optional<ActResult> check(Act act) {
        return Optional.ofNullable(checks.get(act.getClass())).flatMap(c -> c.apply(act));
    }

    /** What the act would change, as a tree; empty when it does not exist. */
    public Map<String, Object> before(Act act) {
        return find(act).map(e -> e.before(act)).orElse(Map.of());
    }

    /** Performs the act, or empty when nobody knows it. */
    public Optional<ActResult> perform(Act act) {
        return find(act).map(e -> e.perform(act));
    }

    /** Done, and nothing was made that has a name. */
    public static ActResult done() {
        return new Performed(Map.of());
    }

    /** Done, and this was made. */
    public static ActResult done(String key, Object value) {
        return new Performed(Map.of(key, value));
    }

    /** Refused. */
    public static ActResult no(Reason reason, String message) {
        return new Refused(reason, message);
    }

    private Optional<Entry<? extends Act>> find(Act act) {
        return Optional.ofNullable(byType.get(act.getClass()));
    }
}

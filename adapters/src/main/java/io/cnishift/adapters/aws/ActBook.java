package io.cnishift.adapters.aws;

import io.cnishift.api.act.Act;
import io.cnishift.api.port.ActResult;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** How each kind of act is performed over the SDK. */
final class ActBook {

    private final Map<Class<? extends Act>, Entry<? extends Act>> byType = new HashMap<>();
    private final Map<Class<? extends Act>, Trial<? extends Act>> trials = new HashMap<>();

    private record Entry<A extends Act>(
            Class<A> type,
            BiFunction<Writing, A, Map<String, Object>> before,
            BiFunction<Writing, A, ActResult> perform) {
        Map<String, Object> before(Writing at, Act act) {
            return before.apply(at, type.cast(act));
        }

        ActResult perform(Writing at, Act act) {
            return perform.apply(at, type.cast(act));
        }
    }

    private record Trial<A extends Act>(Class<A> type, BiFunction<Writing, A, Optional<ActResult>> dryRun) {
        Optional<ActResult> run(Writing at, Act act) {
            return dryRun.apply(at, type.cast(act));
        }
    }

    /** All acts whose API is AWS. */
    static ActBook full() {
        ActBook book = new ActBook();
        ClusterWrites.in(book);
        IdentityWrites.in(book);
        AccessWrites.in(book);
        TrustWrites.in(book);
        IngressWrites.in(book);
        BlockWrites.in(book);
        SubnetWrites.in(book);
        ReservationWrites.in(book);
        TemplateWrites.in(book);
        NodeGroupWrites.in(book);
        ScalingWrites.in(book);
        GroupSettings.in(book);
        InstanceWrites.in(book);
        AddonWrites.in(book);
        TargetWrites.in(book);
        TargetGroupWrites.in(book);
        RecordWrites.in(book);
        return book;
    }

    /**
     * From now on acts of that type are performed so.
     *
     * @param before what stands where the act writes, as a tree; empty when nothing does
     */
    <A extends Act> void on(
            Class<A> type,
            BiFunction<Writing, A, Map<String, Object>> before,
            BiFunction<Writing, A, ActResult> perform) {
        byType.put(type, new Entry<>(type, before, perform));
    }

    /**
     * How AWS is asked whether it would take an act of that type.
     *
     * @param dryRun what AWS says, or throws it, for its yes is an error too; empty when this act cannot be asked about
     */
    <A extends Act> void trial(Class<A> type, BiFunction<Writing, A, Optional<ActResult>> dryRun) {
        trials.put(type, new Trial<>(type, dryRun));
    }

    boolean knows(Class<? extends Act> type) {
        return byType.containsKey(type);
    }

    Map<String, Object> before(Writing at, Act act) {
        return entry(act).before(at, act);
    }

    ActResult perform(Writing at, Act act) {
        return entry(act).perform(at, act);
    }

    /** What AWS says of an act without doing it; empty when its API cannot be asked so. */
    Optional<ActResult> trial(Writing at, Act act) {
        return Optional.ofNullable(trials.get(act.getClass())).flatMap(t -> t.run(at, act));
    }

    private Entry<? extends Act> entry(Act act) {
        return Optional.ofNullable(byType.get(act.getClass()))
                .orElseThrow(
                        () -> new IllegalArgumentException(act.getClass().getSimpleName() + " does not go to AWS"));
    }
}

package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Part;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.FaultValue;
import io.cnishift.simulator.Kernel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Faults of AWS, by the settings of the world:
 * <ul>
 *   <li>{@code boot=TIME}: instances take that long from their launch until they join;
 *   <li>{@code zone-capacity=ZONE[:N]}: launches in the zone fail with InsufficientInstanceCapacity, all or the first N;
 *   <li>{@code node-never-joins=SHARE|N}: that share of the launched instances, or the first N, never register a Node;
 *   <li>{@code lost-node=TIME}: so long after the start the first instance fails without a word from EC2.
 * </ul>
 */
public final class AwsFaults implements Behaviour {

    /** These faults, each with what reads its value or says how it is written. */
    public static final Map<String, Consumer<FaultValue>> FORMS = Map.of(
            "boot",
            FaultValue::time,
            "zone-capacity",
            ZoneCapacity::parse,
            "node-never-joins",
            FaultValue::countOrShare,
            "lost-node",
            FaultValue::time,
            AccessEntryApi.GONE,
            AccessEntryApi::who,
            SpotInterruptions.FAULT,
            FaultValue::share);

    @Override
    public String id() {
        return "aws-faults";
    }

    @Override
    public String source() {
        return "EC2 error codes: InsufficientInstanceCapacity; EKS user guide: troubleshooting managed nodes";
    }

    @Override
    public void install(Kernel kernel) {
        given(kernel, "zone-capacity").ifPresent(v -> ZoneCapacity.install(kernel, v));
        given(kernel, "boot").ifPresent(v -> boot(kernel, v));
        given(kernel, "node-never-joins").ifPresent(v -> neverJoins(kernel, v));
        given(kernel, "lost-node").ifPresent(v -> lostNode(kernel, v.time()));
    }

    private static Optional<FaultValue> given(Kernel kernel, String fault) {
        return Optional.ofNullable(kernel.settings().faults().get(fault)).map(text -> new FaultValue(fault, text));
    }

    private static void boot(Kernel kernel, FaultValue value) {
        Duration time = value.time();
        NodeJoin.Settings.of(kernel).boot(i -> {
            kernel.injected().note("boot", "an instance took " + value.text() + " to boot");
            return Optional.of(time);
        });
    }

    private static void neverJoins(Kernel kernel, FaultValue value) {
        NodeJoin.Settings settings = NodeJoin.Settings.of(kernel);
        Function<Instance, Optional<Duration>> boot = settings.boot();
        Predicate<Instance> dead = value.countOrShare()
                .map(AwsFaults::first)
                .orElseGet(() -> share(kernel.random("node-never-joins"), value.share()));
        settings.boot(i -> {
            if (!dead.test(i)) {
                return boot.apply(i);
            }
            kernel.injected().note("node-never-joins", "instance " + i.id() + " never registers a node");
            return Optional.empty();
        });
    }

    private static Predicate<Instance> first(int count) {
        AtomicInteger left = new AtomicInteger(count);
        return i -> left.getAndDecrement() > 0;
    }

    private static Predicate<Instance> share(RandomGenerator random, double share) {
        return i -> random.nextDouble() < share;
    }

    private static void lostNode(Kernel kernel, Duration after) {
        kernel.clock()
                .after(
                        after,
                        () -> Cloud.of(kernel).view().all(Part.INSTANCES, Instance.class).stream()
                                .filter(Ec2::live)
                                .findFirst()
                                .ifPresent(i -> {
                                    kernel.injected().note("lost-node", "instance " + i.id() + " failed");
                                    Ec2.of(kernel).lose(i.id());
                                }));
    }
}

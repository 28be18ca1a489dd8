package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.MigrationException;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Faults of AWS, by the settings of the world:
 * <ul>
 *   <li>{@code no-capacity=ZONE:N}: the first N launches in the zone fail with InsufficientInstanceCapacity;
 *   <li>{@code never-joins=N}: the first N instances launched never register a Node;
 *   <li>{@code slow-boot=F}: instances take F times as long to join;
 *   <li>{@code lost-node=SECONDS}: so long after the start the first instance fails without a word from EC2.
 * </ul>
 */
public final class AwsFaults implements Behaviour {

    /** The names of these faults. */
    public static final Set<String> NAMES = Set.of("no-capacity", "never-joins", "slow-boot", "lost-node");

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
        Map<String, String> faults = kernel.settings().faults();
        Optional.ofNullable(faults.get("no-capacity")).ifPresent(v -> noCapacity(kernel, v));
        Optional.ofNullable(faults.get("slow-boot")).ifPresent(v -> slowBoot(kernel, number("slow-boot", v)));
        Optional.ofNullable(faults.get("never-joins")).ifPresent(v -> neverJoins(kernel, number("never-joins", v)));
        Optional.ofNullable(faults.get("lost-node")).ifPresent(v -> lostNode(kernel, number("lost-node", v)));
    }

    private static void noCapacity(Kernel kernel, String value) {
        String[] parts = value.split(":", 2);
        if (parts.length != 2) {
            throw malformed("no-capacity", value);
        }
        Map<String, Integer> left = new HashMap<>(Map.of(parts[0], number("no-capacity", parts[1])));
        Ec2.of(kernel).refuseLaunches((group, subnet) -> {
            String zone = subnet.availabilityZone();
            if (left.getOrDefault(zone, 0) == 0) {
                return Optional.empty();
            }
            left.merge(zone, -1, Integer::sum);
            return Optional.of("InsufficientInstanceCapacity: no capacity for "
                    + group.instanceTypes().get(0) + " in " + zone);
        });
    }

    private static void slowBoot(Kernel kernel, int factor) {
        NodeJoin.Settings settings = NodeJoin.Settings.of(kernel);
        Function<Instance, Optional<Duration>> boot = settings.boot();
        settings.boot(i -> boot.apply(i).map(d -> d.multipliedBy(factor)));
    }

    private static void neverJoins(Kernel kernel, int count) {
        NodeJoin.Settings settings = NodeJoin.Settings.of(kernel);
        Function<Instance, Optional<Duration>> boot = settings.boot();
        Set<String> dead = new HashSet<>();
        settings.boot(i -> dead.size() < count && dead.add(i.id()) ? Optional.empty() : boot.apply(i));
    }

    private static void lostNode(Kernel kernel, int seconds) {
        kernel.clock()
                .after(
                        Duration.ofSeconds(seconds),
                        () -> Cloud.of(kernel).view().all(Part.INSTANCES, Instance.class).stream()
                                .filter(Ec2::live)
                                .findFirst()
                                .ifPresent(i -> Ec2.of(kernel).lose(i.id())));
    }

    private static int number(String fault, String value) {
        if (!value.matches("[0-9]{1,6}")) {
            throw malformed(fault, value);
        }
        return Integer.parseInt(value);
    }

    private static MigrationException malformed(String fault, String value) {
        return MigrationException.user(
                "SIM-FAULT",
                "fault " + fault + " cannot be '" + value + "'",
                "see the list of faults in docs/simulator.md");
    }
}

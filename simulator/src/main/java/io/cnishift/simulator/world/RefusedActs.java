package io.cnishift.simulator.world;

import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.AwsPort;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Port;
import io.cnishift.api.port.Reading;
import io.cnishift.api.port.World;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * APIs that do not always answer an act, of Kubernetes and AWS alike. Reads are retried by the adapters of a real cluster and
 * always answer here.
 *
 * <ul>
 *   <li>{@code throttle=SHARE}: that share of acts is refused because of too many requests;
 *   <li>{@code server-errors=SHARE}: that share of acts meets a server error before anything is changed.
 * </ul>
 */
final class RefusedActs {

    static final Set<String> NAMES = Set.of("throttle", "server-errors");

    private final double throttled;
    private final double failing;
    private final RandomGenerator random;

    private RefusedActs(double throttled, double failing, RandomGenerator random) {
        this.throttled = throttled;
        this.failing = failing;
        this.random = random;
    }

    /** The world with those faults, or as it is when none of them is given. */
    static World over(World world, Map<String, String> faults, RandomGenerator random) {
        double throttled = share("throttle", faults);
        double failing = share("server-errors", faults);
        if (throttled + failing == 0) {
            return world;
        }
        RefusedActs refused = new RefusedActs(throttled, failing, random);
        return new World(
                refused.new Kubernetes(world.kubernetes()),
                refused.new Aws(world.aws()),
                world.helm(),
                world.reach(),
                world.owners(),
                world.time(),
                world.violations(),
                world.notModelled());
    }

    private static double share(String name, Map<String, String> faults) {
        String value = faults.getOrDefault(name, "0");
        if (!value.matches("0(\\.[0-9]{1,6})?")) {
            throw MigrationException.user(
                    "SIM-FAULT", "fault " + name + " cannot be '" + value + "'", "give a share below 1, such as 0.1");
        }
        return Double.parseDouble(value);
    }

    private Optional<ActResult> refusal() {
        if (random.nextDouble() < throttled) {
            return Optional.of(new ActResult.Refused(Reason.THROTTLED, "too many requests (injected)"));
        }
        return random.nextDouble() < failing
                ? Optional.of(new ActResult.Refused(Reason.UNAVAILABLE, "internal server error (injected)"))
                : Optional.empty();
    }

    /** A port that refuses. */
    private abstract class Refusing implements Port {
        private final Port port;

        Refusing(Port port) {
            this.port = port;
        }

        @Override
        public Reading read(Set<Part> parts) {
            return port.read(parts);
        }

        @Override
        public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
            return port.watch(parts, sink);
        }

        @Override
        public Map<String, Object> before(Act act) {
            return port.before(act);
        }

        @Override
        public ActResult perform(Act act) {
            return refusal().orElseGet(() -> port.perform(act));
        }
    }

    private final class Kubernetes extends Refusing implements KubernetesPort {
        Kubernetes(Port port) {
            super(port);
        }
    }

    private final class Aws extends Refusing implements AwsPort {
        Aws(Port port) {
            super(port);
        }
    }
}

package io.cnishift.simulator.world;

import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.AwsPort;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.Port;
import io.cnishift.api.port.Reading;
import io.cnishift.api.port.World;
import io.cnishift.simulator.FaultValue;
import io.cnishift.simulator.Injected;
import io.cnishift.simulator.Kernel;
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

    static final Map<String, Consumer<FaultValue>> FORMS =
            Map.of("throttle", FaultValue::shareBelowAll, "server-errors", FaultValue::shareBelowAll);

    private final double throttled;
    private final double failing;
    private final RandomGenerator random;
    private final Injected injected;

    private RefusedActs(double throttled, double failing, Kernel kernel) {
        this.throttled = throttled;
        this.failing = failing;
        this.random = kernel.random("refused-acts");
        this.injected = kernel.injected();
    }

    /** The world with those faults, or as it is when none of them is given. */
    static World over(World world, Kernel kernel) {
        Map<String, String> faults = kernel.settings().faults();
        double throttled = share("throttle", faults);
        double failing = share("server-errors", faults);
        if (throttled + failing == 0) {
            return world;
        }
        RefusedActs refused = new RefusedActs(throttled, failing, kernel);
        return world.through(refused.new Kubernetes(world.kubernetes()), refused.new Aws(world.aws()), world.helm());
    }

    private static double share(String name, Map<String, String> faults) {
        return Optional.ofNullable(faults.get(name))
                .map(text -> new FaultValue(name, text).shareBelowAll())
                .orElse(0.0);
    }

    private Optional<ActResult> refusal(String tooMany) {
        if (random.nextDouble() < throttled) {
            return refused("throttle", Reason.THROTTLED, tooMany);
        }
        return random.nextDouble() < failing
                ? refused("server-errors", Reason.UNAVAILABLE, "internal server error")
                : Optional.empty();
    }

    private Optional<ActResult> refused(String fault, Reason reason, String message) {
        injected.note(fault, "an act was refused: " + message);
        return Optional.of(new ActResult.Refused(reason, message + " (injected)"));
    }

    /** A port that refuses. */
    private abstract class Refusing implements Port {
        private final Port port;
        private final String tooMany;

        Refusing(Port port, String tooMany) {
            this.port = port;
            this.tooMany = tooMany;
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
            return refusal(tooMany).orElseGet(() -> port.perform(act));
        }

        @Override
        public Optional<ActResult> check(Act act) {
            return port.check(act);
        }
    }

    private final class Kubernetes extends Refusing implements KubernetesPort {
        Kubernetes(Port port) {
            super(port, "too many requests");
        }
    }

    private final class Aws extends Refusing implements AwsPort {
        Aws(Port port) {
            super(port, "RequestLimitExceeded: request limit exceeded");
        }
    }
}

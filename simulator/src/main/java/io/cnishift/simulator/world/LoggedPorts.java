package io.cnishift.simulator.world;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.AwsPort;
import io.cnishift.api.port.HelmPort;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.Port;
import io.cnishift.api.port.Reading;
import io.cnishift.api.port.World;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A world whose acts, and what is asked of owners, are logged first. */
final class LoggedPorts {

    private LoggedPorts() {}

    static World over(World world, Consumer<Act> log, Consumer<Act> logAsked) {
        return new World(
                new Kubernetes(world.kubernetes(), log),
                new Aws(world.aws(), log),
                new Helm(world.helm(), log),
                world.reach(),
                act -> {
                    logAsked.accept(act);
                    world.owners().ask(act);
                },
                world.time(),
                world.violations(),
                world.notModelled(),
                world.injected(),
                world.guards(),
                world.second()
                        .map(there -> over(
                                there,
                                act -> log.accept(new OnSecond(act)),
                                act -> logAsked.accept(new OnSecond(act)))),
                world.requestsLost(),
                world.calls());
    }

    /** A port that logs. */
    private abstract static class Logged implements Port {
        private final Port port;
        private final Consumer<Act> log;

        Logged(Port port, Consumer<Act> log) {
            this.port = port;
            this.log = log;
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
            log.accept(act);
            return port.perform(act);
        }

        @Override
        public Optional<ActResult> check(Act act) {
            return port.check(act);
        }
    }

    private static final class Kubernetes extends Logged implements KubernetesPort {
        Kubernetes(Port port, Consumer<Act> log) {
            super(port, log);
        }
    }

    private static final class Aws extends Logged implements AwsPort {
        Aws(Port port, Consumer<Act> log) {
            super(port, log);
        }
    }

    private static final class Helm extends Logged implements HelmPort {
        Helm(Port port, Consumer<Act> log) {
            super(port, log);
        }
    }
}

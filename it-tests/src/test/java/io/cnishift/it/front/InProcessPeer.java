package io.cnishift.it.front;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.Reading;
import io.cnishift.it.Bench;
import io.cnishift.simulator.kube.ApiServer;
import io.cnishift.simulator.world.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The simulator in this process. */
final class InProcessPeer implements Peer {

    @Override
    public Optional<String> absent() {
        return Optional.empty();
    }

    @Override
    public Site open(Path folder) {
        Bench bench = new Bench();
        return new Open(bench.simulate(bench.scenario("minnie-wallace"), 1));
    }

    @Override
    public String toString() {
        return "in process";
    }

    private record Open(Simulation simulation) implements Site {
        @Override
        public KubernetesPort port() {
            return simulation.world().kubernetes();
        }

        @Override
        public KubernetesPort another() {
            return new OneAtATime(port());
        }

        @Override
        public ActResult check(Act act) {
            return port().check(act).orElseThrow();
        }

        @Override
        public void changedByAnother(ObjectRef object, Map<String, Object> patch) {
            new ApiServer(simulation.kernel())
                    .patch(
                            ApiServer.key(object),
                            PatchType.MERGE,
                            patch,
                            Optional.empty(),
                            ApiServer.Writer.named("another"));
        }

        @Override
        public Node node() {
            return KubeProjection.node(
                    simulation.kernel().objects().list("Node").iterator().next());
        }

        @Override
        public String namespace() {
            return "parity";
        }

        @Override
        public void settle() {
            simulation.kernel().clock().pass(Duration.ofMinutes(3));
        }

        @Override
        public void close() {}
    }

    /** The simulator has one thread; several processes take turns there. */
    private record OneAtATime(KubernetesPort port) implements KubernetesPort {
        @Override
        public Reading read(Set<Part> parts) {
            synchronized (port) {
                return port.read(parts);
            }
        }

        @Override
        public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
            synchronized (port) {
                return port.watch(parts, sink);
            }
        }

        @Override
        public Map<String, Object> before(Act act) {
            synchronized (port) {
                return port.before(act);
            }
        }

        @Override
        public ActResult perform(Act act) {
            synchronized (port) {
                return port.perform(act);
            }
        }
    }
}

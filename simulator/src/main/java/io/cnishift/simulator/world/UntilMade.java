package io.cnishift.simulator.world;

import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.HelmPort;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.Port;
import io.cnishift.api.port.Reading;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.ClusterLifeApi;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The ports of a cluster behind an API server that answers while EKS says that the cluster is active, and not before or after. */
abstract class UntilMade implements Port {

    private static final String SILENT = "the cluster has no API server: EKS does not say that it is active";

    private final Port port;
    private final Kernel kernel;

    private UntilMade(Port port, Kernel kernel) {
        this.port = Objects.requireNonNull(port);
        this.kernel = Objects.requireNonNull(kernel);
    }

    /** A port to the API server. */
    static KubernetesPort kubernetes(KubernetesPort port, Kernel kernel) {
        return new Kubernetes(port, kernel);
    }

    /** A port to Helm, in the same way. */
    static HelmPort helm(HelmPort port, Kernel kernel) {
        return new Helm(port, kernel);
    }

    private boolean up() {
        return ClusterLifeApi.answers(kernel);
    }

    @Override
    public Reading read(Set<Part> parts) {
        return up()
                ? port.read(parts)
                : new Reading(
                        List.of(),
                        parts.stream()
                                .filter(p -> p.source() != Part.Source.AWS)
                                .sorted()
                                .map(p -> new Unknown(p, p.toString(), SILENT, "wait until it is made"))
                                .toList());
    }

    @Override
    public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
        return up() ? port.watch(parts, sink) : Set.of();
    }

    @Override
    public Map<String, Object> before(Act act) {
        return up() ? port.before(act) : Map.of();
    }

    @Override
    public ActResult perform(Act act) {
        return up() ? port.perform(act) : new ActResult.Refused(ActResult.Reason.UNAVAILABLE, SILENT);
    }

    @Override
    public Optional<ActResult> check(Act act) {
        return up() ? port.check(act) : Optional.empty();
    }

    private static final class Kubernetes extends UntilMade implements KubernetesPort {
        Kubernetes(Port port, Kernel kernel) {
            super(port, kernel);
        }
    }

    private static final class Helm extends UntilMade implements HelmPort {
        Helm(Port port, Kernel kernel) {
            super(port, kernel);
        }
    }
}

package io.cnishift.simulator.kube.admission;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * From the control plane, which stands outside of the pod network, to the pods of a Service: one of the ready endpoints is
 * taken by chance and called by its address.
 */
final class ControlPlanePath {
    private final Kernel kernel;
    private final ObjectIndex slices;
    private final RandomGenerator random;

    private ControlPlanePath(Kernel kernel) {
        this.kernel = kernel;
        slices = kernel.objects()
                .index(
                        "EndpointSlice",
                        s -> KubeProjection.serviceOf(s).map(List::of).orElse(List.of()));
        random = kernel.random("control-plane-calls");
    }

    static ControlPlanePath of(Kernel kernel) {
        return kernel.shared(ControlPlanePath.class, ControlPlanePath::new);
    }

    /** Why a call did not get through, and how long it took to find out. */
    record Failure(String message, Duration after) {}

    /** An endpoint that could be called. */
    private record Endpoint(String address, Optional<String> pod, int port) {}

    /** Calls a Service, named {@code namespace/name}; empty when it answers. */
    Optional<Failure> call(String service, int port, Duration timeout) {
        List<Endpoint> ready = ready(service, port);
        if (ready.isEmpty()) {
            return Optional.of(new Failure("no endpoints available for service \"" + service + "\"", Duration.ZERO));
        }
        Endpoint chosen = ready.get(random.nextInt(ready.size()));
        if (chosen.pod().isEmpty()) {
            return Optional.empty();
        }
        Answer answer = kernel.reach(
                Question.of(From.CONTROL_PLANE, "", To.POD, chosen.pod().get(), Protocol.TCP, chosen.port()));
        if (answer.verdict() != Answer.Verdict.NOT_REACHED) {
            return Optional.empty();
        }
        return Optional.of(
                outside(chosen.address())
                        ? new Failure("Address is not allowed", Duration.ZERO)
                        : new Failure("context deadline exceeded", timeout));
    }

    /** The control plane calls addresses of the VPC only. */
    private boolean outside(String address) {
        return kernel.snapshot().vpc().cidrs().stream().map(b -> b.cidr()).noneMatch((Cidr c) -> c.contains(address));
    }

    private List<Endpoint> ready(String service, int port) {
        int slash = service.indexOf('/');
        String namespace = service.substring(0, Math.max(0, slash));
        Optional<String> portName = kernel.objects().get("Service", namespace, service.substring(slash + 1)).stream()
                .flatMap(s -> Tree.maps(s, "spec", "ports").stream())
                .filter(p -> Tree.number(p, 0, "port") == port)
                .map(p -> Tree.text(p, "name").orElse(""))
                .findFirst();
        List<Endpoint> ready = new ArrayList<>();
        for (Map<String, Object> slice : slices.of(service)) {
            int target = (int) Tree.maps(slice, "ports").stream()
                    .filter(p -> Tree.text(p, "name").equals(portName))
                    .mapToLong(p -> Tree.number(p, port, "port"))
                    .findFirst()
                    .orElse(port);
            for (Map<String, Object> endpoint : Tree.maps(slice, "endpoints")) {
                if (!Tree.text(endpoint, "conditions", "ready")
                        .filter("false"::equals)
                        .isPresent()) {
                    ready.add(new Endpoint(
                            Tree.texts(endpoint, "addresses").get(0),
                            Tree.text(endpoint, "targetRef", "name").map(n -> namespace + "/" + n),
                            target));
                }
            }
        }
        return ready;
    }
}

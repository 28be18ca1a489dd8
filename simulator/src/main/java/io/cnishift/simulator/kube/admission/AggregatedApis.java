package io.cnishift.simulator.kube.admission;

import io.cnishift.api.cluster.ControlPlaneCall;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Available condition of an aggregated API is whether the control plane reaches the Service behind it. */
final class AggregatedApis implements Behaviour {
    private static final Duration PERIOD = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Override
    public String id() {
        return "aggregated-apis";
    }

    @Override
    public String source() {
        return "kube-aggregator, available_controller.go";
    }

    @Override
    public void install(Kernel kernel) {
        kernel.clock().after(PERIOD, () -> look(kernel, ControlPlanePath.of(kernel)));
    }

    private static void look(Kernel kernel, ControlPlanePath path) {
        for (Map<String, Object> api : List.copyOf(kernel.objects().list("APIService"))) {
            for (ControlPlaneCall call : KubeProjection.controlPlaneCalls(api)) {
                Optional<ControlPlanePath.Failure> failure =
                        call.service().flatMap(s -> path.call(s, call.port(), TIMEOUT));
                if (failure.isPresent() == call.available()) {
                    write(kernel, api, failure);
                }
            }
        }
        kernel.clock().after(PERIOD, () -> look(kernel, path));
    }

    private static void write(Kernel kernel, Map<String, Object> api, Optional<ControlPlanePath.Failure> failure) {
        List<Map<String, Object>> conditions = new ArrayList<>(Tree.maps(api, "status", "conditions"));
        conditions.removeIf(c -> "Available".equals(c.get("type")));
        conditions.add(Trees.of(
                "type",
                "Available",
                "status",
                failure.isPresent() ? "False" : "True",
                "reason",
                failure.isPresent() ? "FailedDiscoveryCheck" : "Passed",
                "message",
                failure.map(ControlPlanePath.Failure::message).orElse("all checks passed")));
        try {
            kernel.objects().status(Pods.key(api), "kube-apiserver", s -> Trees.with(s, conditions, "conditions"));
        } catch (ApiRefusal refused) {
            // a webhook on everything that is down too; it is said at the next look
        }
    }
}

package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.net.End;
import io.cnishift.simulator.net.Ends;
import io.cnishift.simulator.net.Faces;
import io.cnishift.simulator.net.Ready;
import io.cnishift.simulator.net.Services;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pods of the controller. Whether one of them reaches the API server depends on their ends, on their nodes, on the ends of the API servers
 * and on the Service that leads there: it is found out again when any of that has changed.
 */
final class ControllerPods {

    private static final String NAME = "aws-load-balancer-controller";
    private static final String API = "default/kubernetes";
    private static final int HTTPS = 443;

    private final ObjectIndex pods;
    private final Ends ends;
    private final Faces faces;
    private final Services services;
    private final Set<String> nodes = new HashSet<>();
    private List<End> known = List.of();
    private boolean changed = true;
    private boolean work;

    ControllerPods(Kernel kernel) {
        pods = kernel.objects().index("Pod", ControllerPods::marks);
        ends = Ends.of(kernel);
        faces = Faces.of(kernel);
        services = Services.of(kernel);
        faces.listen(node -> changed |= nodes.contains(node), () -> changed = true);
        kernel.objects()
                .listen(
                        "Service",
                        (before, after) ->
                                changed |= key(before, after).nameInKind().equals(API));
        kernel.objects()
                .listen(
                        "EndpointSlice",
                        (before, after) ->
                                changed |= key(before, after).namespace().equals("default"));
    }

    private static ObjectKey key(Optional<Map<String, Object>> before, Optional<Map<String, Object>> after) {
        return Pods.key(after.or(() -> before).orElseThrow());
    }

    /** Whether one of them is ready and reaches the API server. */
    boolean work() {
        List<End> now = new ArrayList<>();
        for (Map<String, Object> pod : pods.of(NAME)) {
            if (Ready.isReady(pod)) {
                ends.pod(pod).ifPresent(now::add);
            }
        }
        if (now.isEmpty()) {
            known = List.of();
            // before a cluster is made and after it is deleted there are no API servers to ask for either
            return false;
        }
        List<End> all = new ArrayList<>(now);
        all.add(ends.controlPlane());
        if (changed || !all.equals(known)) {
            changed = false;
            known = all;
            nodes.clear();
            now.forEach(end -> end.node().ifPresent(nodes::add));
            nodes.forEach(faces::watch);
            work = now.stream()
                    .anyMatch(end ->
                            services.reach(end, API, HTTPS, Protocol.TCP, 0).open());
        }
        return work;
    }

    private static List<String> marks(Map<String, Object> pod) {
        boolean ours = NAME.equals(Tree.strings(pod, "metadata", "labels").get("app.kubernetes.io/name"));
        return ours ? List.of(NAME) : List.of();
    }
}

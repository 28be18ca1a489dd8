package io.cnishift.engine.step;

import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.Workload;

/** Names of objects as acts take them. */
final class Refs {

    private Refs() {}

    static ObjectRef of(Workload workload) {
        String version = switch (workload.kind()) {
            case "Job", "CronJob" -> "batch/v1";
            default -> "apps/v1";
        };
        return ObjectRef.of(version, workload.kind(), workload.namespace(), workload.name());
    }

    static ObjectRef of(Node node) {
        return ObjectRef.of("v1", "Node", node.name());
    }

    static ObjectRef of(Service service) {
        return ObjectRef.of("v1", "Service", service.namespace(), service.name());
    }

    static ObjectRef of(Ingress ingress) {
        return ObjectRef.of("networking.k8s.io/v1", "Ingress", ingress.namespace(), ingress.name());
    }

    /** A workload key {@code Kind/namespace/name} as messages write it: {@code Kind namespace/name}. */
    static String words(String workload) {
        return workload.replaceFirst("/", " ");
    }
}

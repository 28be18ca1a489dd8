package io.cnishift.simulator.scenario.production;

import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Tree;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A workload and how its pods are spread.
 *
 * @param pool label value of the groups that it runs on; of a DaemonSet {@code ""} for all nodes
 * @param port that its pods serve, by the name {@code serve}; 0 for none
 * @param labels of its pods, by which it selects them
 * @param annotations of its pods
 * @param claim whether each pod has an EBS volume of its own
 * @param branch whether each pod has a branch interface with security groups of its own
 */
record App(
        String kind,
        String namespace,
        String name,
        int replicas,
        String pool,
        int port,
        Owner owner,
        Map<String, String> labels,
        Map<String, String> annotations,
        Map<String, Object> podSpec,
        boolean claim,
        boolean branch) {

    App {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        podSpec = Tree.copy(podSpec);
    }

    boolean daemon() {
        return kind.equals("DaemonSet");
    }

    boolean hostNetwork() {
        return Boolean.TRUE.equals(podSpec.get("hostNetwork"));
    }

    /** The pod's claims, as its template names them. */
    List<String> claims() {
        return claim ? List.of("data") : List.of();
    }

    String key() {
        return kind + "/" + namespace + "/" + name;
    }

    /** What the names of all that belongs to its one revision have. */
    String hash() {
        return Ids.hash(key(), 10);
    }

    /** The name of what makes its pods: of a Deployment its ReplicaSet. */
    String maker() {
        return kind.equals("Deployment") ? name + "-" + hash() : name;
    }
}

package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Workloads that act for one cluster, which they know by its name: a copy of one would go on to act on the first cluster's nodes, load
 * balancers and records. One that the second cluster has is not copied, and one without pods does nothing there either.
 */
final class OneClusters {

    /** Controllers by the name of their image or workload, and what a copy of each would do. */
    private static final Map<String, String> KNOWN = new TreeMap<>(Map.of(
            "karpenter", "would terminate the first cluster's instances as nobody's",
            "cluster-autoscaler", "would scale the first cluster's groups by the pods of the second",
            "aws-load-balancer-controller", "would take the first cluster's load balancers for its own",
            "external-dns", "would lead names to the second cluster at once, or take their records away"));

    private static final String ITS_OWN =
            "install it in the second cluster for that one's own name (with to=eks:NAME), or scale it to zero here until both are kept";

    private final View first;
    private final View second;

    OneClusters(View first, View second) {
        this.first = first;
        this.second = second;
    }

    List<Finding> findings(List<String> namespaces) {
        List<Finding> findings = new ArrayList<>();
        Inventory there = new Inventory(second);
        new Inventory(first)
                .lasting(namespaces).stream()
                        .filter(w -> w.desired() > 0)
                        .filter(w -> !there.has(ObjectRef.of("apps/v1", w.kind(), w.namespace(), w.name())))
                        .forEach(w -> finding(w).ifPresent(findings::add));
        return findings;
    }

    private Optional<Finding> finding(Workload workload) {
        String subject = workload.kind() + " " + workload.namespace() + "/" + workload.name();
        Optional<String> known =
                KNOWN.keySet().stream().filter(name -> is(workload, name)).findFirst();
        if (known.isPresent()) {
            return Optional.of(Code.ONE_CLUSTERS.of(subject, "a copy of it " + KNOWN.get(known.get()), ITS_OWN));
        }
        if (namesFirst(workload)) {
            return Optional.of(Code.ONE_CLUSTERS.of(
                    subject,
                    "its arguments name cluster " + first.cluster().name() + ", for which a copy of it would act too",
                    ITS_OWN));
        }
        return variable(workload)
                .map(name -> Code.MAY_BE_ONE_CLUSTERS.of(
                        subject,
                        "its variable " + name + " may name cluster "
                                + first.cluster().name() + "; values of variables are not read",
                        "accept it where a copy under that name does no harm; else " + ITS_OWN));
    }

    static boolean makesBalancers(Workload workload) {
        return is(workload, "aws-load-balancer-controller");
    }

    private static boolean is(Workload workload, String controller) {
        return workload.name().equals(controller)
                || workload.name().endsWith("-" + controller)
                || containers(workload)
                        .flatMap(c -> Tree.text(c, "image").stream())
                        .flatMap(image ->
                                Stream.of(image.replaceFirst("[:@][^/]*$", "").split("/", -1)))
                        .anyMatch(controller::equals);
    }

    /** As an option of the cluster's name, or in a tag by which a controller finds what belongs to its cluster. */
    private boolean namesFirst(Workload workload) {
        Pattern naming = Pattern.compile("(?i:cluster)[\\w.-]*[=/:\\s]\\s*\"?"
                + Pattern.quote(first.cluster().name()) + "(?![\\w-])");
        return containers(workload).anyMatch(c -> {
            String line = String.join(" ", Tree.texts(c, "command")) + " " + String.join(" ", Tree.texts(c, "args"));
            return naming.matcher(line).find();
        });
    }

    private static Optional<String> variable(Workload workload) {
        return containers(workload)
                .flatMap(c -> Tree.maps(c, "env").stream())
                .flatMap(v -> Tree.text(v, "name").stream())
                .filter(name -> name.endsWith("CLUSTER_NAME"))
                .findFirst();
    }

    private static Stream<Map<String, Object>> containers(Workload workload) {
        return Stream.of("initContainers", "containers").flatMap(key -> Tree.maps(workload.podSpec(), key).stream());
    }
}

package io.cnishift.api.cluster;

import io.cnishift.api.cluster.KubeProjection.Requests;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pods, and what a pod template says of the pods it makes. */
final class PodProjection {
    private static final long DEFAULT_GRACE = 30;
    private static final Set<String> ANNOTATIONS = Set.of(
            "kubernetes.io/config.mirror",
            "cluster-autoscaler.kubernetes.io/safe-to-evict",
            "karpenter.sh/do-not-disrupt");

    private PodProjection() {}

    static Pod pod(Map<String, ?> tree) {
        Map<String, Object> spec = Tree.map(tree, "spec");
        Requests requests = requests(spec);
        return new Pod(
                Meta.namespace(tree),
                Meta.name(tree),
                Meta.uid(tree),
                Meta.version(tree),
                controller(tree),
                Tree.text(spec, "nodeName"),
                phase(tree),
                Conditions.holds(tree, "Ready"),
                Tree.text(tree, "status", "podIP").filter(ip -> !ip.isEmpty()),
                Tree.flag(spec, "hostNetwork"),
                hostPorts(spec),
                Meta.labels(tree),
                annotations(tree),
                requests.cpuMillis(),
                requests.memoryMiB(),
                volumes(tree),
                Tree.text(spec, "serviceAccountName").orElse("default"),
                Tree.number(spec, DEFAULT_GRACE, "terminationGracePeriodSeconds"),
                Tree.text(tree, "metadata", "deletionTimestamp").isPresent(),
                restarts(tree),
                Meta.created(tree));
    }

    static Optional<Pod.OwnerRef> controller(Map<String, ?> tree) {
        return Tree.maps(tree, "metadata", "ownerReferences").stream()
                .filter(r -> Tree.flag(r, "controller"))
                .map(r -> new Pod.OwnerRef(
                        Tree.text(r, "kind").orElse(""),
                        Tree.text(r, "name").orElse(""),
                        Tree.text(r, "uid").orElse("")))
                .findFirst();
    }

    /** Containers together, or the greediest step of starting up if that is more; sidecars run beside both. */
    static Requests requests(Map<String, ?> spec) {
        return new Requests(
                requested(spec, "cpu")
                        .multiply(BigDecimal.valueOf(1000))
                        .setScale(0, RoundingMode.CEILING)
                        .longValue(),
                requested(spec, "memory")
                        .divide(BigDecimal.valueOf(1L << 20), 0, RoundingMode.CEILING)
                        .longValue());
    }

    private static BigDecimal requested(Map<String, ?> spec, String resource) {
        BigDecimal running = sum(Tree.maps(spec, "containers"), resource);
        BigDecimal sidecars = BigDecimal.ZERO;
        BigDecimal peak = BigDecimal.ZERO;
        for (Map<String, Object> init : Tree.maps(spec, "initContainers")) {
            BigDecimal own = sum(List.of(init), resource);
            if (Tree.text(init, "restartPolicy").filter("Always"::equals).isPresent()) {
                sidecars = sidecars.add(own);
                peak = peak.max(sidecars);
            } else {
                peak = peak.max(sidecars.add(own));
            }
        }
        BigDecimal overhead =
                Tree.text(spec, "overhead", resource).map(Quantities::amount).orElse(BigDecimal.ZERO);
        return running.add(sidecars).max(peak).add(overhead);
    }

    private static BigDecimal sum(List<Map<String, Object>> containers, String resource) {
        return containers.stream()
                .flatMap(c -> Tree.text(c, "resources", "requests", resource).stream())
                .map(Quantities::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static List<Pod.HostPort> hostPorts(Map<String, ?> spec) {
        boolean host = Tree.flag(spec, "hostNetwork");
        List<Pod.HostPort> taken = new ArrayList<>();
        for (Map<String, Object> container : Tree.maps(spec, "containers")) {
            for (Map<String, Object> port : Tree.maps(container, "ports")) {
                long number = Tree.number(port, host ? Tree.number(port, 0, "containerPort") : 0, "hostPort");
                if (number > 0) {
                    taken.add(new Pod.HostPort(protocol(port), (int) number));
                }
            }
        }
        return taken;
    }

    /** In lower case, as security group rules and questions have it. */
    static String protocol(Map<String, Object> port) {
        return Tree.text(port, "protocol").orElse("TCP").toLowerCase(Locale.ROOT);
    }

    private static Pod.Phase phase(Map<String, ?> tree) {
        return switch (Tree.text(tree, "status", "phase").orElse("Pending")) {
            case "Running" -> Pod.Phase.RUNNING;
            case "Succeeded" -> Pod.Phase.SUCCEEDED;
            case "Failed" -> Pod.Phase.FAILED;
            case "Unknown" -> Pod.Phase.UNKNOWN;
            default -> Pod.Phase.PENDING;
        };
    }

    private static Map<String, String> annotations(Map<String, ?> tree) {
        Map<String, String> read = new LinkedHashMap<>(Tree.strings(tree, "metadata", "annotations"));
        read.keySet().retainAll(ANNOTATIONS);
        return read;
    }

    /** All but the token volume that every pod gets. */
    private static List<Pod.PodVolume> volumes(Map<String, ?> tree) {
        return Tree.maps(tree, "spec", "volumes").stream()
                .filter(v -> !Tree.text(v, "name").orElse("").startsWith("kube-api-access-"))
                .map(v -> new Pod.PodVolume(PodSpecs.sourceOf(v), claim(tree, v)))
                .toList();
    }

    private static Optional<String> claim(Map<String, ?> tree, Map<String, Object> volume) {
        Optional<String> name = volume.containsKey("ephemeral")
                ? Tree.text(volume, "name").map(n -> Meta.name(tree) + "-" + n)
                : Tree.text(volume, "persistentVolumeClaim", "claimName");
        return name.map(n -> Meta.namespace(tree) + "/" + n);
    }

    private static int restarts(Map<String, ?> tree) {
        return (int) Tree.maps(tree, "status", "containerStatuses").stream()
                .mapToLong(c -> Tree.number(c, 0, "restartCount"))
                .sum();
    }
}

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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pods, and what a pod template says of the pods it makes. */
final class PodProjection {
    private static final long DEFAULT_GRACE = 30;
    private static final Set<String> ANNOTATIONS = Set.of(
            "kubernetes.io/config.mirror",
            "cluster-autoscaler.kubernetes.io/safe-to-evict",
            "karpenter.sh/do-not-disrupt");

    private static final List<String> CONTAINERS = List.of("initContainerStatuses", "containerStatuses");

    /** What a container waits for when nothing is wrong. */
    private static final Set<String> STARTING = Set.of("ContainerCreating", "PodInitializing");

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
                Meta.terminating(tree),
                restarts(tree),
                waiting(tree),
                Meta.created(tree));
    }

    /** Reason and message of the first container that does not get on, or why there is no node for the pod. */
    private static Optional<String> waiting(Map<String, ?> tree) {
        if (Conditions.holds(tree, "Ready")) {
            return Optional.empty();
        }
        for (String kind : CONTAINERS) {
            for (Map<String, Object> status : Tree.maps(tree, "status", kind)) {
                Map<String, Object> waits = Tree.map(status, "state", "waiting");
                if (!STARTING.contains(Tree.text(waits, "reason").orElse("ContainerCreating"))) {
                    return Optional.of(said(waits));
                }
            }
        }
        for (Map<String, Object> condition : Tree.maps(tree, "status", "conditions")) {
            if ("PodScheduled".equals(condition.get("type")) && "False".equals(condition.get("status"))) {
                return Optional.of(said(condition));
            }
        }
        return Optional.empty();
    }

    private static String said(Map<String, Object> reasoned) {
        return Stream.of("reason", "message")
                .flatMap(key -> Tree.text(reasoned, key).stream())
                .collect(Collectors.joining(": "));
    }

    static Optional<Pod.OwnerRef> controller(Map<String, ?> tree) {
        for (Map<String, Object> reference : Tree.maps(tree, "metadata", "ownerReferences")) {
            if (Tree.flag(reference, "controller")) {
                return Optional.of(Tree.known(reference, Pod.OwnerRef.class, PodProjection::owner));
            }
        }
        return Optional.empty();
    }

    private static Pod.OwnerRef owner(Map<String, Object> reference) {
        return new Pod.OwnerRef(
                Tree.text(reference, "kind").orElse(""),
                Tree.text(reference, "name").orElse(""),
                Tree.text(reference, "uid").orElse(""));
    }

    /** Containers together, or the greediest step of starting up if that is more; sidecars run beside both. */
    static Requests requests(Map<String, ?> spec) {
        return Tree.known(spec, Requests.class, PodProjection::summed);
    }

    private static Requests summed(Map<String, ?> spec) {
        Amounts running = Amounts.NONE;
        for (Map<String, Object> container : Tree.maps(spec, "containers")) {
            running = running.plus(Amounts.of(container));
        }
        Amounts sidecars = Amounts.NONE;
        Amounts peak = Amounts.NONE;
        for (Map<String, Object> init : Tree.maps(spec, "initContainers")) {
            Amounts own = Amounts.of(init);
            if (Tree.text(init, "restartPolicy").filter("Always"::equals).isPresent()) {
                sidecars = sidecars.plus(own);
                peak = peak.most(sidecars);
            } else {
                peak = peak.most(sidecars.plus(own));
            }
        }
        return running.plus(sidecars)
                .most(peak)
                .plus(Amounts.in(Tree.map(spec, "overhead")))
                .requests();
    }

    /** CPU in cores and memory in bytes. */
    private record Amounts(BigDecimal cpu, BigDecimal memory) {
        private static final Amounts NONE = new Amounts(BigDecimal.ZERO, BigDecimal.ZERO);

        /** Pods of one template share its containers, which are read once. */
        private static Amounts of(Map<String, Object> container) {
            return Tree.known(container, Amounts.class, c -> in(Tree.map(c, "resources", "requests")));
        }

        private static Amounts in(Map<String, Object> resources) {
            return new Amounts(amount(resources, "cpu"), amount(resources, "memory"));
        }

        private static BigDecimal amount(Map<String, Object> resources, String resource) {
            return Tree.text(resources, resource).map(Quantities::amount).orElse(BigDecimal.ZERO);
        }

        private Amounts plus(Amounts other) {
            return new Amounts(cpu.add(other.cpu), memory.add(other.memory));
        }

        private Amounts most(Amounts other) {
            return new Amounts(cpu.max(other.cpu), memory.max(other.memory));
        }

        private Requests requests() {
            return new Requests(
                    Quantities.millis(cpu, RoundingMode.CEILING), Quantities.mebibytes(memory, RoundingMode.CEILING));
        }
    }

    /** What a pod of a spec takes of its host. */
    private record Taken(List<Pod.HostPort> ports) {
        private static Taken of(Map<String, ?> spec) {
            return new Taken(List.copyOf(declared(spec)));
        }
    }

    static List<Pod.HostPort> hostPorts(Map<String, ?> spec) {
        return Tree.known(spec, Taken.class, Taken::of).ports();
    }

    private static List<Pod.HostPort> declared(Map<String, ?> spec) {
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
        Map<String, String> written = Tree.strings(tree, "metadata", "annotations");
        if (written.isEmpty()) {
            return Map.of();
        }
        Map<String, String> read = new LinkedHashMap<>(written);
        read.keySet().retainAll(ANNOTATIONS);
        return read;
    }

    /** All but the token volume that every pod gets. */
    private static List<Pod.PodVolume> volumes(Map<String, ?> tree) {
        List<Map<String, Object>> volumes = Tree.maps(tree, "spec", "volumes");
        if (volumes.isEmpty() || (volumes.size() == 1 && isToken(volumes.get(0)))) {
            return List.of();
        }
        return volumes.stream()
                .filter(v -> !isToken(v))
                .map(v -> new Pod.PodVolume(PodSpecs.sourceOf(v), claim(tree, v)))
                .toList();
    }

    private static boolean isToken(Map<String, Object> volume) {
        return volume.get("name") instanceof String name && name.startsWith("kube-api-access-");
    }

    private static Optional<String> claim(Map<String, ?> tree, Map<String, Object> volume) {
        Optional<String> name = volume.containsKey("ephemeral")
                ? Tree.text(volume, "name").map(n -> Meta.name(tree) + "-" + n)
                : Tree.text(volume, "persistentVolumeClaim", "claimName");
        return name.map(n -> Meta.namespace(tree) + "/" + n);
    }

    private static int restarts(Map<String, ?> tree) {
        long restarts = 0;
        for (Map<String, Object> container : Tree.maps(tree, "status", "containerStatuses")) {
            restarts += Tree.number(container, 0, "restartCount");
        }
        return (int) restarts;
    }
}

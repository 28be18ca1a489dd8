package io.cnishift.simulator.kube.kubelet;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Pod.HostPort;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.kube.HostPorts;
import io.cnishift.simulator.kube.PodIndexes;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The container runtimes of the nodes: which images are there, how long things take, which host ports are held. */
final class Runtimes {
    /** Ports that the node itself listens on: ssh, and the kubelet's health and API. */
    private static final Set<Integer> NODE_PORTS = Set.of(22, 10_248, 10_250);

    private static final int PULL_LEAST_MILLIS = 2_000;
    private static final int PULL_SPREAD_MILLIS = 8_000;
    private static final int START_LEAST_MILLIS = 600;
    private static final int START_SPREAD_MILLIS = 1_400;
    private static final int END_LEAST_MILLIS = 1_000;
    private static final int END_SPREAD_MILLIS = 3_000;

    private final Kernel kernel;
    private final RandomGenerator random;
    private final Map<String, Set<String>> images = new HashMap<>();

    Runtimes(Kernel kernel) {
        this.kernel = kernel;
        random = kernel.random("kubelet");
    }

    /** Remembers the images of a pod as being on its node. */
    void imagesOf(Map<String, Object> pod) {
        Set<String> there = images.computeIfAbsent(Pods.node(pod).orElse(""), n -> new HashSet<>());
        containers(pod).forEach(c -> Tree.text(c, "image").ifPresent(there::add));
    }

    /** Why an image that is not on the node yet cannot be had; empty when all can. */
    Optional<String> refusal(Map<String, Object> pod) {
        String node = Pods.node(pod).orElse("");
        Set<String> there = images.getOrDefault(node, Set.of());
        for (Map<String, Object> container : containers(pod)) {
            Optional<String> missing = Tree.text(container, "image").filter(image -> !there.contains(image));
            Optional<String> refusal =
                    missing.flatMap(image -> kernel.containers().pull(node, image));
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    /** From the wired sandbox to running containers: images that are missing are pulled one after the other. */
    Duration startOf(Map<String, Object> pod) {
        Set<String> there = images.computeIfAbsent(Pods.node(pod).orElse(""), n -> new HashSet<>());
        long millis = 0;
        for (Map<String, Object> container : containers(pod)) {
            if (Tree.text(container, "image").filter(there::add).isPresent()) {
                millis += PULL_LEAST_MILLIS + random.nextInt(PULL_SPREAD_MILLIS);
            }
            millis += START_LEAST_MILLIS + random.nextInt(START_SPREAD_MILLIS);
        }
        return Duration.ofMillis(millis);
    }

    /** From the signal to the end of the last process, within the grace period. */
    Duration endOf(Map<String, Object> pod) {
        long grace = Tree.number(pod, 0, "metadata", "deletionGracePeriodSeconds");
        Duration own = Tree.text(pod, "metadata", "annotations", "cnishift.io/terminate-seconds")
                .filter(s -> s.matches("[0-9]{1,6}"))
                .map(s -> Duration.ofSeconds(Long.parseLong(s)))
                .orElseGet(() -> Duration.ofMillis(END_LEAST_MILLIS + random.nextInt(END_SPREAD_MILLIS)));
        Duration most = Duration.ofSeconds(grace);
        return own.compareTo(most) > 0 ? most : own;
    }

    /** Until the readiness probes of all containers pass; at once where there is none. */
    Duration readinessOf(Map<String, Object> pod) {
        long most = 0;
        for (Map<String, Object> container : Tree.maps(pod, "spec", "containers")) {
            for (String probe : List.of("startupProbe", "readinessProbe")) {
                if (Tree.at(container, probe).isPresent()) {
                    long period = Tree.number(container, 10, probe, "periodSeconds");
                    most = Math.max(
                            most,
                            Tree.number(container, 0, probe, "initialDelaySeconds") * 1000
                                    + random.nextInt((int) Math.max(1, period * 1000)));
                }
            }
        }
        return Duration.ofMillis(most);
    }

    /** How often readiness is asked again. */
    static Duration periodOf(Map<String, Object> pod) {
        return Tree.maps(pod, "spec", "containers").stream()
                .filter(c -> Tree.at(c, "readinessProbe").isPresent())
                .map(c -> Duration.ofSeconds(Math.max(1, Tree.number(c, 10, "readinessProbe", "periodSeconds"))))
                .findFirst()
                .orElse(Duration.ofSeconds(10));
    }

    /** Who already listens where this pod wants to, on the host's network. */
    Optional<String> clash(Map<String, Object> pod) {
        if (!HostPorts.held(kernel)) {
            return Optional.empty();
        }
        Set<HostPort> wanted = Set.copyOf(KubeProjection.hostPorts(Tree.map(pod, "spec")));
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Optional<HostPort> ofNode = wanted.stream()
                .filter(p -> Pods.hostNetwork(pod) && p.protocol().equals("tcp") && NODE_PORTS.contains(p.port()))
                .findFirst();
        if (ofNode.isPresent()) {
            return Optional.of(
                    "listen tcp :" + ofNode.get().port() + ": bind: address already in use (by the node itself)");
        }
        return PodIndexes.of(kernel).on(Pods.node(pod).orElse("")).stream()
                .filter(other -> !Pods.uid(other).equals(Pods.uid(pod))
                        && Pods.phase(other).equals("Running"))
                .filter(other -> !ContainerStatuses.waiting(other))
                .flatMap(other -> KubeProjection.hostPorts(Tree.map(other, "spec")).stream()
                        .filter(wanted::contains)
                        .map(p -> "listen " + p.protocol() + " :" + p.port() + ": bind: address already in use (by "
                                + Pods.key(other).nameInKind() + ")"))
                .findFirst();
    }

    private static List<Map<String, Object>> containers(Map<String, Object> pod) {
        List<Map<String, Object>> all = new ArrayList<>(Tree.maps(pod, "spec", "initContainers"));
        all.addAll(Tree.maps(pod, "spec", "containers"));
        return all;
    }
}

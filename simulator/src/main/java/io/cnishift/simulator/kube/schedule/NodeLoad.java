package io.cnishift.simulator.kube.schedule;

import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Taint;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A node and what is bound to it. */
final class NodeLoad {

    private Node node;
    private long branchesOffered;
    private final Map<String, Bound> pods = new LinkedHashMap<>();
    private final Map<String, Long> controllers = new HashMap<>();
    private long cpuMillis;
    private long memoryMiB;
    private long branches;

    private List<Taint> taints;

    NodeLoad(Node node) {
        this.node = node;
        taints = Tolerations.hard(node);
    }

    /** The same node and pods, to be changed apart from these. */
    NodeLoad copy() {
        NodeLoad copy = new NodeLoad(node);
        copy.branchesOffered = branchesOffered;
        pods.forEach(copy::bind);
        return copy;
    }

    /** A pod that is bound here and not finished. */
    record Bound(
            String namespace,
            Map<String, String> labels,
            long cpuMillis,
            long memoryMiB,
            boolean branch,
            List<Pod.HostPort> ports,
            String controller,
            List<Map<String, Object>> antiAffinity) {}

    Node node() {
        return node;
    }

    long branchesOffered() {
        return branchesOffered;
    }

    /** Whether nothing differs in that version of the node by which {@link Emptiest} sorts. */
    boolean sortedAs(Node other) {
        return node.cpuMillis() == other.cpuMillis()
                && node.memoryMiB() == other.memoryMiB()
                && node.labels().equals(other.labels())
                && taints.equals(Tolerations.hard(other));
    }

    void node(Node changed, long branches) {
        node = changed;
        taints = Tolerations.hard(changed);
        branchesOffered = branches;
    }

    void bind(String key, Bound pod) {
        pods.put(key, pod);
        controllers.merge(pod.controller(), 1L, Long::sum);
        cpuMillis += pod.cpuMillis();
        memoryMiB += pod.memoryMiB();
        branches += pod.branch() ? 1 : 0;
    }

    Optional<Bound> release(String key) {
        Optional<Bound> pod = Optional.ofNullable(pods.remove(key));
        pod.ifPresent(p -> {
            controllers.computeIfPresent(p.controller(), (c, count) -> count == 1 ? null : count - 1);
            cpuMillis -= p.cpuMillis();
            memoryMiB -= p.memoryMiB();
            branches -= p.branch() ? 1 : 0;
        });
        return pod;
    }

    /** The taints that keep pods off. */
    List<Taint> taints() {
        return taints;
    }

    /** What is bound here, by namespace and name. */
    Map<String, Bound> pods() {
        return Collections.unmodifiableMap(pods);
    }

    /** Pods of the same controller: the fewer the better. */
    long siblings(Candidate pod) {
        return pod.controller().isEmpty() ? 0 : Objects.requireNonNull(controllers.getOrDefault(pod.controller(), 0L));
    }

    int count() {
        return pods.size();
    }

    boolean hasBranchFor(Candidate pod) {
        return !pod.branch() || branches < branchesOffered;
    }

    boolean hasRoomFor(Candidate pod) {
        return cpuMillis + pod.cpuMillis() <= node.cpuMillis() && memoryMiB + pod.memoryMiB() <= node.memoryMiB();
    }

    /** What is taken of it, to be compared among nodes of one size: the more, the fuller. */
    long taken() {
        return cpuMillis * Math.max(1, node.memoryMiB()) + memoryMiB * Math.max(1, node.cpuMillis());
    }

    /** Share of the node's requests that would be taken with the pod, 0 to 1; the mean of CPU and memory. */
    double fullnessWith(Candidate pod) {
        double cpu = (double) (cpuMillis + pod.cpuMillis()) / Math.max(1, node.cpuMillis());
        double memory = (double) (memoryMiB + pod.memoryMiB()) / Math.max(1, node.memoryMiB());
        return (cpu + memory) / 2;
    }

    /** The topology value of a node label; the node's name for the host name. */
    String topology(String key) {
        return key.equals("kubernetes.io/hostname")
                ? node.name()
                : node.labels().getOrDefault(key, "");
    }
}

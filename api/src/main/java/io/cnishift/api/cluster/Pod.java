package io.cnishift.api.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A pod.
 *
 * @param cpuMillis requested
 * @param memoryMiB requested
 * @param annotations only those that cnishift reads: config.mirror, safe-to-evict, do-not-disrupt
 * @param graceSeconds termination grace period
 * @param terminating whether deletion has begun
 * @param waiting what the scheduler or the kubelet says it waits for, beyond the ordinary start of a pod
 */
public record Pod(
        String namespace,
        String name,
        String uid,
        String resourceVersion,
        Optional<OwnerRef> controller,
        Optional<String> node,
        Phase phase,
        boolean ready,
        Optional<String> address,
        boolean hostNetwork,
        List<HostPort> hostPorts,
        Map<String, String> labels,
        Map<String, String> annotations,
        long cpuMillis,
        long memoryMiB,
        List<PodVolume> volumes,
        String serviceAccount,
        long graceSeconds,
        boolean terminating,
        int restarts,
        Optional<String> waiting,
        Instant createdAt)
        implements Resource {

    public Pod {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
        Objects.requireNonNull(uid);
        hostPorts = List.copyOf(hostPorts);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        volumes = List.copyOf(volumes);
    }

    @Override
    public Part part() {
        return Part.PODS;
    }

    @Override
    public String key() {
        return namespace + "/" + name;
    }

    /** Where a pod is in its life. */
    public enum Phase {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        UNKNOWN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The owner reference that is the controller. */
    public record OwnerRef(String kind, String name, String uid) {}

    /** A port taken on the host, declared or implied by host networking. */
    public record HostPort(String protocol, int port) {}

    /** A volume: kind is the name of its source ({@code emptyDir}, {@code persistentVolumeClaim}, ...). */
    public record PodVolume(String kind, Optional<String> claim) {}

    /** Whether it runs to no end any more: succeeded or failed. */
    public boolean finished() {
        return phase == Phase.SUCCEEDED || phase == Phase.FAILED;
    }

    /** Whether the kubelet runs it from a file and the API only mirrors it. */
    public boolean mirror() {
        return annotations.containsKey("kubernetes.io/config.mirror");
    }

    /** Whether this and an earlier look at it show one controller and the same labels, by which their workload is known. */
    boolean ofTheSame(Pod other) {
        return controller.equals(other.controller) && labels.equals(other.labels);
    }

    /** Whether it starts anew elsewhere when its node goes: it still runs, and belongs to no node by its nature. */
    public boolean movesOn() {
        return !finished()
                && !mirror()
                && controller.filter(c -> c.kind().equals("DaemonSet")).isEmpty();
    }

    /**
     * The workload as {@code Kind/namespace/name}, or empty for a bare pod. A ReplicaSet made by a Deployment is named
     * after it and the pod-template-hash label, which gives the Deployment without another read.
     */
    public Optional<String> workload() {
        return controller.map(c -> {
            String hash = labels.get("pod-template-hash");
            if (c.kind().equals("ReplicaSet") && hash != null && c.name().endsWith("-" + hash)) {
                String deployment = c.name().substring(0, c.name().length() - hash.length() - 1);
                return "Deployment/" + namespace + "/" + deployment;
            }
            return c.kind() + "/" + namespace + "/" + c.name();
        });
    }
}

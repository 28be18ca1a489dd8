package io.cnishift.simulator.kube.schedule;

import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Taint;
import io.cnishift.simulator.kube.PodEni;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a node can take a pod; the reasons are worded as the scheduler's events word them. */
final class Filters {

    /** The reason against a node that selector or affinity exclude. */
    static final String NOT_AFFINE = "node(s) didn't match Pod's node affinity/selector";

    private final VolumeZones volumes;
    private final boolean portsHeld;

    /** @param portsHeld whether a host's port is held by one pod */
    Filters(VolumeZones volumes, boolean portsHeld) {
        this.volumes = volumes;
        this.portsHeld = portsHeld;
    }

    /** A pod with all that it is asked about at every node. */
    record Wish(Candidate pod, Neighbours neighbours, List<Map<String, Object>> volumes) {}

    /** The wish of a pod. */
    Wish wish(Candidate pod, NodeLoads nodes) {
        return new Wish(pod, new Neighbours(pod, nodes), volumes.volumes(pod));
    }

    /** Whether nothing is against the node: what is known soonest is asked first. */
    boolean allow(Wish wish, NodeLoad load) {
        Candidate pod = wish.pod();
        return load.count() < load.node().maxPods()
                && load.hasRoomFor(pod)
                && load.hasBranchFor(pod)
                && against(wish, load).isEmpty();
    }

    /** The first reason against the node. */
    Optional<String> against(Wish wish, NodeLoad load) {
        Candidate pod = wish.pod();
        Node node = load.node();
        Optional<String> outright = against(pod, load.taints(), node);
        if (outright.isPresent()) {
            return outright;
        }
        if (load.count() >= node.maxPods()) {
            return Optional.of("Too many pods");
        }
        if (!load.hasRoomFor(pod)) {
            return Optional.of("Insufficient cpu or memory");
        }
        if (!load.hasBranchFor(pod)) {
            return Optional.of("Insufficient " + PodEni.RESOURCE);
        }
        if (portsHeld && !pod.ports().isEmpty() && portTaken(pod, load)) {
            return Optional.of("node(s) didn't have free ports for the requested pod ports");
        }
        if (!VolumeZones.allow(wish.volumes(), node)) {
            return Optional.of("node(s) had volume node affinity conflict");
        }
        return againstNeighbours(wish.neighbours(), load);
    }

    /** The first reason against all nodes of a sort, where labels alone decide about the pod's affinity. */
    static Optional<String> against(Candidate pod, Emptiest.Alike sort) {
        return against(pod, sort.taints(), sort.example());
    }

    private static Optional<String> against(Candidate pod, List<Taint> taints, Node node) {
        Optional<Taint> taint = Tolerations.obstacle(pod, taints);
        if (taint.isPresent()) {
            return Optional.of(
                    taint.get().key().equals("node.kubernetes.io/unschedulable")
                            ? "node(s) were unschedulable"
                            : "node(s) had untolerated taint {" + taint.get().key() + "}");
        }
        return pod.nodeAffinity().allows(node) ? Optional.empty() : Optional.of(NOT_AFFINE);
    }

    private static Optional<String> againstNeighbours(Neighbours neighbours, NodeLoad load) {
        if (!neighbours.affinityAllows(load)) {
            return Optional.of("node(s) didn't match pod affinity rules");
        }
        if (!neighbours.antiAffinityAllows(load)) {
            return Optional.of("node(s) didn't match pod anti-affinity rules");
        }
        return neighbours.spreadAllows(load)
                ? Optional.empty()
                : Optional.of("node(s) didn't match pod topology spread constraints");
    }

    private static boolean portTaken(Candidate pod, NodeLoad load) {
        return pod.ports().stream().anyMatch(port -> taken(port, load));
    }

    private static boolean taken(Pod.HostPort port, NodeLoad load) {
        return load.pods().values().stream().anyMatch(b -> b.ports().contains(port));
    }
}

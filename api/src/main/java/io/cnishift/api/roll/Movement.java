package io.cnishift.api.roll;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.step.RollNodes.Singletons;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the pods of old nodes get to new ones.
 *
 * <ol>
 *   <li>A pod whose budgets and Services can spare it is evicted.
 *   <li>Any other pod of a Deployment that can run a second one beside it is moved by a rollout.
 *   <li>What is left stays on its node, or is evicted against its Service's interest; both want consent.
 * </ol>
 *
 * @param findings what moves in a way the user should know
 * @param remaining workloads, {@code Kind/namespace/name}, whose nodes are not replaced
 * @param left those of them that an option leaves there, although they could move
 * @param byRollout workloads that are moved by a rollout
 * @param movedPods pods that start anew on another node, DaemonSets' left out
 * @param consented workloads, and pods without one as {@code Pod/namespace/name}, whose loss a finding asks consent for
 */
public record Movement(
        List<Finding> findings,
        List<String> remaining,
        List<String> left,
        List<String> byRollout,
        int movedPods,
        List<String> consented) {

    /** Nothing is missing. */
    public Movement {
        findings = List.copyOf(findings);
        remaining = List.copyOf(remaining);
        left = List.copyOf(left);
        byRollout = List.copyOf(byRollout);
        consented = List.copyOf(consented);
    }

    /**
     * How the pods of a cluster move.
     *
     * @param stay workloads, {@code Kind/namespace/name}, that an option of the strategy leaves on their nodes
     * @param hostPorts what is to be known of workloads whose pods take ports of their hosts
     */
    public static Movement of(RollSite site, Set<String> stay, HostPortRule hostPorts) {
        return new Sorter(site, stay, hostPorts).sort();
    }

    /** Sorts the pods of old nodes by workload and each workload by the way it moves. */
    private static final class Sorter {
        private final RollSite site;
        private final ServiceFloor floor;
        private final Claims claims;
        private final HostPortRule hostPorts;
        private final Set<String> left = new TreeSet<>();
        private final Set<String> byRollout = new TreeSet<>();
        private final List<Finding> findings = new ArrayList<>();
        private final Set<String> consented = new TreeSet<>();

        Sorter(RollSite site, Set<String> stay, HostPortRule hostPorts) {
            this.site = site;
            this.floor = new ServiceFloor(site.view());
            this.claims = new Claims(site.view());
            this.hostPorts = hostPorts;
            left.addAll(stay);
            if (site.options().undisturbed() == RollOptions.Undisturbed.LEAVE) {
                left.addAll(BusyPods.workloads(site));
            }
        }

        Movement sort() {
            Map<String, List<Pod>> byWorkload = new TreeMap<>();
            for (Node node : site.nodes()) {
                site.view().podsOn(node.name()).stream()
                        .filter(p -> !p.finished() && !p.mirror())
                        .forEach(p -> add(p, byWorkload));
            }
            List<String> byOption = List.copyOf(left);
            byWorkload.forEach((key, pods) -> {
                if (!key.startsWith("DaemonSet/") && !left.contains(key)) {
                    sort(key, pods);
                }
            });
            return new Movement(
                    findings, List.copyOf(left), byOption, List.copyOf(byRollout), moved(), List.copyOf(consented));
        }

        /** Pods of the nodes that are replaced; a node that keeps one pod keeps all. */
        private int moved() {
            return site.nodes().stream()
                    .map(n -> site.view().podsOn(n.name()))
                    .filter(pods -> pods.stream()
                            .noneMatch(p -> p.workload().filter(left::contains).isPresent()))
                    .mapToInt(pods -> (int) pods.stream().filter(Pod::movesOn).count())
                    .sum();
        }

        private void add(Pod pod, Map<String, List<Pod>> byWorkload) {
            if (pod.controller().isPresent()) {
                byWorkload
                        .computeIfAbsent(pod.workload().orElse(""), k -> new ArrayList<>())
                        .add(pod);
                return;
            }
            String name = "Pod/" + pod.key();
            if (site.options().evictBarePods()) {
                data(name, List.of(pod));
            } else {
                consented.add(name);
                findings.add(site.finding(
                        RollCode.BARE_POD,
                        name,
                        "no controller makes it again once its node is drained",
                        "let a controller own it, accept its loss, or set evictBarePods=true"));
            }
        }

        /** Of a controller that is not read, an operator's for example, only the budgets are known. */
        private void sort(String key, List<Pod> pods) {
            Optional<Workload> workload = site.view().workload(key);
            boolean forbidden = floor.forbidden(pods);
            boolean needed = workload.isPresent() && floor.needed(pods);
            if (!forbidden && !needed) {
                evict(key, pods);
            } else if (site.options().singletons() == Singletons.ROLLOUT
                    && workload.filter(w -> rollsOut(w, pods)).isPresent()) {
                byRollout.add(key);
                evict(key, pods);
            } else if (site.options().singletons() == Singletons.EVICT && !forbidden) {
                findings.add(site.finding(
                        RollCode.SINGLETON_DOWN,
                        key,
                        "a Service is below its minimum while this pod moves",
                        "accept the outage, or run a second replica"));
                evict(key, pods);
            } else {
                stay(key, forbidden);
            }
        }

        private void evict(String workload, List<Pod> pods) {
            data(workload, pods);
            if (floor.doubly(pods)) {
                findings.add(site.finding(
                        RollCode.DOUBLE_BUDGET,
                        workload,
                        "more than one PodDisruptionBudget selects its pods, so none of them can be evicted",
                        "leave one budget over these pods"));
            }
        }

        private void data(String name, List<Pod> pods) {
            boolean data = pods.stream()
                    .anyMatch(p -> p.volumes().stream().anyMatch(v -> v.kind().equals("emptyDir")));
            if (data && !site.options().deleteEmptyDirData()) {
                consented.add(name);
                findings.add(site.finding(
                        RollCode.EMPTYDIR_DATA,
                        name,
                        "its emptyDir volumes are deleted when its pods move",
                        "accept it for caches and scratch files, or keep the data elsewhere first"));
            }
        }

        private void stay(String workload, boolean forbidden) {
            left.add(workload);
            String why = forbidden
                    ? "its budget never allows a disruption"
                    : "its Service would be below its minimum without it";
            findings.add(site.finding(
                    RollCode.UNDRAINABLE,
                    workload,
                    why + ", and no rollout can run a second pod beside it",
                    "accept that its node stays " + site.newNodes().words().stay()
                            + ", or relax the budget for the migration"
                            + (forbidden ? "" : ", or set singletons=evict and accept the outage")));
        }

        /** A second pod must be able to start beside the first: on its volumes, on its ports, by its update strategy. */
        private boolean rollsOut(Workload workload, Collection<Pod> pods) {
            return workload.kind().equals("Deployment")
                    && workload.updateStrategy().equals("RollingUpdate")
                    && !workload.paused()
                    && !claims.ofOneNode(pods)
                    && (!hostPorts.takes(workload, pods) || hostPorts.fits(workload));
        }
    }
}

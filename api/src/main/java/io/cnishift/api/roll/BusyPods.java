package io.cnishift.api.roll;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Running pods that should not be moved: those that ask autoscalers to leave them alone, and those of Jobs, whose work begins
 * anew on another node.
 */
final class BusyPods {

    private static final String DO_NOT_DISRUPT = "karpenter.sh/do-not-disrupt";
    private static final String SAFE_TO_EVICT = "cluster-autoscaler.kubernetes.io/safe-to-evict";

    private BusyPods() {}

    /** Their workloads, {@code Kind/namespace/name}, in order. */
    static Set<String> workloads(RollSite site) {
        Set<String> all = new TreeSet<>();
        pods(site).forEach(p -> p.workload().ifPresent(all::add));
        return all;
    }

    /** What is to be known of them. */
    static List<Finding> findings(RollSite site) {
        boolean left = site.options().undisturbed() == RollOptions.Undisturbed.LEAVE;
        Set<String> asking = new TreeSet<>();
        Map<String, Duration> jobs = new TreeMap<>();
        for (Pod pod : pods(site)) {
            String name = pod.workload().orElse("Pod/" + pod.key());
            if (asksToStay(pod)) {
                asking.add(name);
            }
            if (ofJob(pod)) {
                jobs.merge(
                        name,
                        Duration.between(
                                pod.createdAt(), site.request().snapshot().takenAt()),
                        (a, b) -> a.compareTo(b) > 0 ? a : b);
            }
        }
        List<Finding> findings = new ArrayList<>();
        if (!asking.isEmpty()) {
            findings.add(site.finding(
                    RollCode.DO_NOT_EVICT,
                    "pods that ask to stay",
                    "their pods ask not to be evicted"
                            + (left ? " and keep their nodes: " : ", and are all the same: ")
                            + Names.some(asking),
                    left
                            ? "nothing to do; plan again when they are idle"
                            : "migrate when they are idle, or set undisturbed=leave"));
        }
        jobs.forEach((job, age) -> findings.add(site.finding(
                RollCode.JOB_UNDER_WAY,
                job,
                left
                        ? "it has run for " + words(age) + " and keeps its nodes until it is done"
                        : "it has run for " + words(age) + ", and its pods begin anew when their nodes are replaced",
                left
                        ? "nothing to do; nodes that it still holds at the end of the roll stay "
                                + site.newNodes().words().stay()
                        : "migrate when it is done, or set undisturbed=leave")));
        return findings;
    }

    private static List<Pod> pods(RollSite site) {
        return site.nodes().stream()
                .flatMap(n -> site.view().podsOn(n.name()).stream())
                .filter(p -> !p.finished() && (asksToStay(p) || ofJob(p)))
                .toList();
    }

    private static boolean asksToStay(Pod pod) {
        return "true".equals(pod.annotations().get(DO_NOT_DISRUPT))
                || "false".equals(pod.annotations().get(SAFE_TO_EVICT));
    }

    private static boolean ofJob(Pod pod) {
        return pod.controller().filter(c -> c.kind().equals("Job")).isPresent();
    }

    private static String words(Duration age) {
        return age.toHours() > 0 ? age.toHours() + " h" : age.toMinutes() + " min";
    }
}

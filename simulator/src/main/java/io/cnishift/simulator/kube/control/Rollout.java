package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.kube.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step of a Deployment's rollout: which ReplicaSets are scaled, and how far. maxSurge rounds up, maxUnavailable rounds
 * down, and when both come to nothing one may be unavailable.
 *
 * <p>Source: pkg/controller/deployment/rolling.go and util.ResolveFenceposts.
 */
final class Rollout {
    private static final String QUARTER = "25%";

    private Rollout() {}

    /** How far a rollout of so many replicas may go above and below. */
    record Fence(long surge, long unavailable) {
        static Fence of(Map<String, Object> deployment, long replicas) {
            Optional<String> surge = bound(deployment, "maxSurge");
            Optional<String> unavailable = bound(deployment, "maxUnavailable");
            long above = Bounds.up(surge, replicas, 0);
            long below = Bounds.down(unavailable, replicas, 0);
            return new Fence(above, above == 0 && below == 0 ? 1 : below);
        }

        private static Optional<String> bound(Map<String, Object> deployment, String name) {
            return Tree.text(deployment, "spec", "strategy", "rollingUpdate", name)
                    .or(() -> Optional.of(QUARTER));
        }
    }

    static void roll(
            Controller tools,
            Map<String, Object> deployment,
            Map<String, Object> current,
            List<Map<String, Object>> old) {
        long wanted = Tree.number(deployment, 1, "spec", "replicas");
        Fence fence = Fence.of(deployment, wanted);
        long all = replicas(current) + old.stream().mapToLong(Rollout::replicas).sum();
        long next = nextOfNew(wanted, fence, replicas(current), all);
        if (next != replicas(current)) {
            tools.scale(current, next);
            return;
        }
        long floor = wanted - fence.unavailable();
        long newUnavailable = replicas(current) - available(current);
        long spare = all - floor - newUnavailable;
        if (spare <= 0) {
            return;
        }
        long available =
                available(current) + old.stream().mapToLong(Rollout::available).sum();
        shrink(tools, old, spare, available - floor);
    }

    private static long nextOfNew(long wanted, Fence fence, long now, long all) {
        if (now > wanted) {
            return wanted;
        }
        long room = wanted + fence.surge() - all;
        return room <= 0 ? now : now + Math.min(room, wanted - now);
    }

    /** Takes replicas that do not serve anyway first, then serving ones as far as enough others serve; oldest set first. */
    private static void shrink(Controller tools, List<Map<String, Object>> old, long spare, long spareAvailable) {
        long left = spare;
        List<Long> targets = new ArrayList<>();
        for (Map<String, Object> set : old) {
            long broken = Math.max(0, Math.min(left, replicas(set) - available(set)));
            targets.add(replicas(set) - broken);
            left -= broken;
        }
        long serving = Math.min(left, Math.max(0, spareAvailable));
        for (int i = 0; i < old.size(); i++) {
            long target = targets.get(i);
            long cut = Math.min(serving, target);
            serving -= cut;
            if (target - cut != replicas(old.get(i))) {
                tools.scale(old.get(i), target - cut);
            }
        }
    }

    static void recreate(
            Controller tools,
            Map<String, Object> deployment,
            Map<String, Object> current,
            List<Map<String, Object>> old) {
        List<Map<String, Object>> running =
                old.stream().filter(s -> replicas(s) > 0).toList();
        running.forEach(s -> tools.scale(s, 0));
        long wanted = Tree.number(deployment, 1, "spec", "replicas");
        if (running.isEmpty() && oldPodsGone(tools, deployment, old) && replicas(current) != wanted) {
            tools.scale(current, wanted);
        }
    }

    /** Whether no pod of these sets is left, also none that is still ending; sets with replicas are told to end them. */
    static boolean oldPodsGone(Controller tools, Map<String, Object> deployment, List<Map<String, Object>> sets) {
        boolean gone = true;
        for (Map<String, Object> set : sets) {
            if (replicas(set) > 0) {
                tools.scale(set, 0);
            }
            gone &= tools.pods(set).stream().allMatch(Pods::finished);
        }
        return gone;
    }

    /** A paused Deployment follows its replicas and nothing else: its biggest set takes the difference. */
    static void scaleOnly(Controller tools, Map<String, Object> deployment, List<Map<String, Object>> sets) {
        long wanted = Tree.number(deployment, 1, "spec", "replicas");
        long all = sets.stream().mapToLong(Rollout::replicas).sum();
        sets.stream()
                .filter(s -> all != wanted)
                .max(java.util.Comparator.comparingLong(Rollout::replicas).thenComparing(Deployments::revision))
                .ifPresent(s -> tools.scale(s, Math.max(0, replicas(s) + wanted - all)));
    }

    private static long replicas(Map<String, Object> set) {
        return Tree.number(set, 0, "spec", "replicas");
    }

    private static long available(Map<String, Object> set) {
        return Math.min(replicas(set), Tree.number(set, 0, "status", "availableReplicas"));
    }
}

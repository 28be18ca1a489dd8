package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.port.Progress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Variables of aws-node that its add-on, updated and settled, did not bring to their values: EKS keeps what another field manager
 * set, and says nothing of it.
 */
final class KeptValues {

    /** What the DaemonSet says is read apart from what the add-on says, and may come later. */
    private static final Duration SEEN_WITHIN = Duration.ofMinutes(5);

    private KeptValues() {}

    /** The block for the first of them; empty while there is none, or it may still come. */
    static Optional<StepOutcome> blocked(View view, Addon addon, Map<String, String> env, Progress progress) {
        Map<String, String> kept = new TreeMap<>(
                VpcCni.kept(view, env, AddonEnv.before(addon, progress).keySet()));
        if (kept.isEmpty() && Patience.over(progress, SEEN_WITHIN, AddonEnv.last(progress))) {
            kept.putAll(other(view, env));
        }
        return kept.entrySet().stream()
                .findFirst()
                .map(e -> Outcomes.blocked(StepCode.VALUE_KEPT.of(
                        "DaemonSet/kube-system/aws-node",
                        e.getKey() + " is '" + e.getValue() + "' there, and '" + env.get(e.getKey())
                                + "' in the add-on vpc-cni, which leaves what others set",
                        "take it off with 'kubectl -n kube-system set env daemonset/aws-node -c aws-node " + e.getKey()
                                + "-', or have EKS take it by 'aws eks update-addon --resolve-conflicts OVERWRITE', then"
                                + " resume")));
    }

    /** What an absent variable falls back to may be any. */
    private static Map<String, String> other(View view, Map<String, String> env) {
        Map<String, String> has = VpcCni.of(view).map(VpcCni::env).orElse(Map.of());
        Map<String, String> other = new TreeMap<>();
        env.forEach((name, value) -> {
            if (!value.isEmpty() && !value.equals(has.get(name))) {
                other.put(name, has.getOrDefault(name, ""));
            }
        });
        return other;
    }
}

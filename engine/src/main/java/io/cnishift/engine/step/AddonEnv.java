package io.cnishift.engine.step;

import io.cnishift.api.Finding;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.UpdateAddon;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Environment variables of aws-node in the configuration of the EKS add-on: read, merged and written whole, because EKS
 * takes the document as it is given. An empty value means absent.
 */
final class AddonEnv {

    static final String NAME = "vpc-cni";

    private AddonEnv() {}

    /** The act or the wait that leads to these values; empty when they are in force. */
    static Optional<StepOutcome> set(Addon addon, Map<String, String> env, Progress progress) {
        Map<String, Object> wanted = merged(addon, env);
        if (!Trees.same(Tree.map(wanted, "env"), Tree.map(addon.configuration(), "env"))) {
            return AddonHealth.settling(addon)
                    .or(() -> Optional.of(new Attempts(progress)
                            .perform(
                                    "setting " + Count.of(env.size(), "variable") + " of the add-on vpc-cni",
                                    new UpdateAddon(NAME, wanted))));
        }
        return AddonHealth.settling(addon).or(() -> AddonHealth.unhealthy(addon));
    }

    /** The way back to the values that stood before the first update, for those that are still ours. */
    static StepOutcome restore(Addon addon, Map<String, String> env, Progress progress) {
        Map<String, String> was = before(addon, progress);
        Map<String, String> now = Tree.strings(addon.configuration(), "env");
        Map<String, String> back = new LinkedHashMap<>();
        List<Finding> changed = new ArrayList<>();
        env.forEach((name, written) -> {
            String earlier = was.getOrDefault(name, "");
            String here = now.getOrDefault(name, "");
            if (here.equals(written) && !here.equals(earlier)) {
                back.put(name, earlier);
            } else if (!here.equals(earlier)) {
                changed.add(StepCode.addonChanged(NAME, "env." + name, earlier, written, here));
            }
        });
        if (back.isEmpty()) {
            return AddonHealth.settling(addon)
                    .orElseGet(() -> Outcomes.done("the add-on vpc-cni is as before", changed));
        }
        Map<String, Object> wanted = merged(addon, back);
        if (was.isEmpty() && Tree.map(wanted, "env").isEmpty()) {
            wanted.remove("env");
        }
        return AddonHealth.settling(addon)
                .orElseGet(() ->
                        new Attempts(progress).perform("restoring the add-on vpc-cni", new UpdateAddon(NAME, wanted)));
    }

    /** The variables that the configuration had before the first update. */
    static Map<String, String> before(Addon addon, Progress progress) {
        return Attempts.first(progress, UpdateAddon.class)
                .map(e -> Tree.strings(e.before(), "configuration", "env"))
                .orElseGet(() -> Tree.strings(addon.configuration(), "env"));
    }

    static Optional<Progress.Entry> last(Progress progress) {
        return progress.last(UpdateAddon.class, new UpdateAddon(NAME, Map.of()).target());
    }

    private static Map<String, Object> merged(Addon addon, Map<String, String> env) {
        Map<String, Object> wanted = Tree.mutable(addon.configuration());
        Map<String, Object> merged = new LinkedHashMap<>(Tree.map(addon.configuration(), "env"));
        env.forEach((name, value) -> {
            if (value.isEmpty()) {
                merged.remove(name);
            } else {
                merged.put(name, value);
            }
        });
        wanted.put("env", merged);
        return wanted;
    }
}

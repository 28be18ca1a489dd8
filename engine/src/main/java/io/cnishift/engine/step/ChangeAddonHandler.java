package io.cnishift.engine.step;

import io.cnishift.api.Finding;
import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.UpdateAddon;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.ChangeAddon;
import io.cnishift.engine.fact.Facts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes an EKS add-on. EKS takes the configuration as a whole document, so it is read, merged and written; the way back
 * gives back what is still as it was written here.
 */
final class ChangeAddonHandler implements StepHandler<ChangeAddon> {

    @Override
    public StepOutcome next(View view, ChangeAddon params, Progress progress) {
        Optional<Addon> found = view.addon(params.addon());
        if (found.isEmpty()) {
            return new StepOutcome.Failed("there is no add-on " + params.addon(), Disposition.ASK);
        }
        Addon addon = found.get();
        UpdateAddon update = new UpdateAddon(
                addon.name(),
                merged(addon, params.configuration()),
                params.version().filter(v -> !v.equals(addon.version())),
                params.role().filter(r -> !r.equals(role(addon))));
        return AddonHealth.settling(addon)
                .or(() -> reached(addon, update)
                        ? AddonHealth.unhealthy(addon)
                        : Optional.of(new Attempts(progress).perform("changing the add-on " + addon.name(), update)))
                .or(() -> settling(view, params, progress))
                .orElseGet(() -> Outcomes.done("add-on " + addon.name() + " is at " + addon.version()));
    }

    private static Optional<StepOutcome> settling(View view, ChangeAddon params, Progress progress) {
        return params.workloads().stream()
                .flatMap(w -> Settling.of(view, w, progress).stream())
                .findFirst();
    }

    @Override
    public StepOutcome back(View view, ChangeAddon params, Progress progress) {
        Optional<Addon> found = view.addon(params.addon());
        Optional<Progress.Entry> update = Attempts.first(progress, UpdateAddon.class);
        if (found.isEmpty() || update.isEmpty()) {
            return Outcomes.done("there is nothing to take back of add-on " + params.addon());
        }
        Addon addon = found.get();
        Map<String, Object> before = update.get().before();
        List<Finding> changed = new ArrayList<>();
        UpdateAddon back = new UpdateAddon(
                addon.name(),
                restored(addon, params, Tree.map(before, "configuration"), changed),
                params.version()
                        .filter(v -> v.equals(addon.version()))
                        .flatMap(v -> Tree.text(before, "version"))
                        .filter(v -> !v.equals(addon.version())),
                params.role()
                        .filter(r -> r.equals(role(addon)))
                        .map(r -> Tree.text(before, "serviceAccountRole").orElse(""))
                        .filter(r -> !r.equals(role(addon))));
        return AddonHealth.settling(addon)
                .or(() -> reached(addon, back)
                        ? settling(view, params, progress)
                        : Optional.of(new Attempts(progress).perform("restoring the add-on " + addon.name(), back)))
                .orElseGet(() -> Outcomes.done("add-on " + addon.name() + " is as before", changed));
    }

    private static Map<String, Object> restored(
            Addon addon, ChangeAddon params, Map<String, Object> earlier, List<Finding> changed) {
        Map<String, Object> wanted = new LinkedHashMap<>(addon.configuration());
        params.configuration().forEach((key, written) -> {
            @Nullable Object was = earlier.get(key);
            @Nullable Object now = addon.configuration().get(key);
            if (!Trees.same(now, written)) {
                if (!Trees.same(now, was)) {
                    changed.add(StepCode.addonChanged(
                            addon.name(),
                            key,
                            Objects.toString(was, ""),
                            String.valueOf(written),
                            Objects.toString(now, "")));
                }
            } else if (was == null) {
                wanted.remove(key);
            } else {
                wanted.put(key, was);
            }
        });
        return wanted;
    }

    private static boolean reached(Addon addon, UpdateAddon update) {
        return Trees.same(update.configuration(), addon.configuration())
                && update.version().isEmpty()
                && update.role().isEmpty();
    }

    private static Map<String, Object> merged(Addon addon, Map<String, Object> values) {
        Map<String, Object> wanted = new LinkedHashMap<>(addon.configuration());
        wanted.putAll(values);
        return wanted;
    }

    private static String role(Addon addon) {
        return addon.serviceAccountRole().orElse("");
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.ADDONS, Part.WORKLOADS, Part.PODS);
    }

    @Override
    public List<Fact> facts(View view, ChangeAddon params) {
        String addon = "addons/" + params.addon();
        Stream<Fact> keys = params.configuration().keySet().stream()
                .sorted()
                .map(key -> Facts.same(view, addon, "configuration." + key));
        Stream<Fact> role = params.role().stream().map(r -> Facts.same(view, addon, "serviceAccountRole"));
        return Stream.of(Stream.of(Facts.same(view, addon, "version")), role, keys)
                .flatMap(s -> s)
                .toList();
    }
}

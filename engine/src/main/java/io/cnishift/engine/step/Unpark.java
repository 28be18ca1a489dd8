package io.cnishift.engine.step;

import io.cnishift.api.Finding;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.ResumeProcesses;
import io.cnishift.api.act.SetAutoRepair;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.SuspendProcesses;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Gives back what a park step holds: groups first, then the controllers that act on them. */
final class Unpark {

    private final View view;
    private final Progress park;
    private final Progress progress;
    private final List<Act> acts = new ArrayList<>();
    private final List<Finding> changed = new ArrayList<>();

    private Unpark(View view, Progress park, Progress progress) {
        this.view = view;
        this.park = park;
        this.progress = progress;
    }

    /**
     * The next thing to do.
     *
     * @param park the progress of the step that parked, with what stood before
     * @param progress of the step that restores
     * @param except groups that do not get their values back
     */
    static StepOutcome of(View view, Progress park, Progress progress, Set<String> except) {
        Unpark unpark = new Unpark(view, park, progress);
        return unpark.groups(except)
                .or(unpark::controllers)
                .orElseGet(() ->
                        Outcomes.done("what was held has its earlier values" + unpark.still(except), unpark.changed));
    }

    /** Groups that are still there and stay held. */
    private String still(Set<String> except) {
        List<String> held = except.stream()
                .filter(g -> view.nodeGroup(g).isPresent())
                .sorted()
                .toList();
        return held.isEmpty() ? "" : ", except for " + String.join(", ", held) + ", which cannot launch nodes";
    }

    private Optional<StepOutcome> groups(Set<String> except) {
        Set<String> names = new LinkedHashSet<>();
        Stream.of(
                        park.all(SuspendProcesses.class).stream().map(e -> ((SuspendProcesses) e.act()).group()),
                        park.all(SetAutoRepair.class).stream().map(e -> ((SetAutoRepair) e.act()).group()),
                        park.all(SetGroupSize.class).stream().map(e -> ((SetGroupSize) e.act()).group()))
                .flatMap(s -> s)
                .filter(name -> !except.contains(name))
                .forEach(names::add);
        names.stream().flatMap(n -> view.nodeGroup(n).stream()).forEach(group -> {
            processes(group);
            repair(group);
            size(group);
        });
        return acts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Attempts(progress).perform("restoring autoscaling", acts));
    }

    private void processes(NodeGroup group) {
        Set<String> ours = new LinkedHashSet<>();
        park.all(SuspendProcesses.class).stream()
                .filter(e -> ((SuspendProcesses) e.act()).group().equals(group.name()))
                .flatMap(e -> ((SuspendProcesses) e.act())
                        .processes().stream()
                                .filter(p -> !Tree.texts(e.before(), "suspendedProcesses")
                                        .contains(p)))
                .forEach(ours::add);
        ours.retainAll(group.suspendedProcesses());
        if (!ours.isEmpty()) {
            acts.add(new ResumeProcesses(group.name(), List.copyOf(ours)));
        }
    }

    private void repair(NodeGroup group) {
        boolean was = park.all(SetAutoRepair.class).stream()
                .filter(e -> ((SetAutoRepair) e.act()).group().equals(group.name()))
                .findFirst()
                .filter(e -> Tree.flag(e.before(), "autoRepair"))
                .isPresent();
        if (was && !group.autoRepair()) {
            acts.add(new SetAutoRepair(group.name(), true));
        }
    }

    private void size(NodeGroup group) {
        park.all(SetGroupSize.class).stream()
                .filter(e -> ((SetGroupSize) e.act()).group().equals(group.name()))
                .findFirst()
                .ifPresent(e -> {
                    int written = ((SetGroupSize) e.act()).maxSize();
                    int earlier = (int) Tree.number(e.before(), group.maxSize(), "maxSize");
                    int least = (int) Tree.number(e.before(), group.minSize(), "minSize");
                    if (group.maxSize() == written && earlier != written) {
                        int desired = group.desiredSize();
                        acts.add(new SetGroupSize(
                                group.name(), Math.min(least, desired), Math.max(earlier, desired), desired));
                    } else if (group.maxSize() != earlier) {
                        changed.add(StepCode.FIELD_CHANGED.of(
                                "node group " + group.name(),
                                "maxSize was " + earlier + " before, was set to " + written + " and is now "
                                        + group.maxSize(),
                                "restore it by hand if the earlier value is wanted"));
                    }
                });
    }

    private Optional<StepOutcome> controllers() {
        Set<String> targets = new LinkedHashSet<>();
        for (Progress.Entry entry : park.all(PatchObject.class)) {
            PatchObject act = (PatchObject) entry.act();
            String key = act.object().kind() + "/" + act.object().namespace().orElse("") + "/"
                    + act.object().name();
            if (targets.add(act.target())) {
                Optional<Map<String, Object>> now = view.workload(key).map(Pictures::of);
                StepOutcome outcome = Restore.of(park, progress, act.object(), now);
                if (!Outcomes.isDone(outcome)) {
                    return Optional.of(outcome);
                }
                now.ifPresent(n -> changed.addAll(Restore.changed(park, act.object(), n)));
            }
        }
        return Optional.empty();
    }
}

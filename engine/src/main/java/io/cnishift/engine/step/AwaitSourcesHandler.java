package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.cluster.Application;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.AwaitSources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks the owners of paused Applications for the changes that steps have made, as long as Argo CD finds a changed object out of
 * sync. An Application that is out of sync in other objects, or has no automated sync to get back, is left so: nobody takes a
 * change of ours back for it.
 *
 * <p>The way back comes before the steps are taken back, and asks for what stood there before: it is over for an object that is
 * out of sync again, since its source no longer says what the run changed, or that its owner has changed back already.
 */
final class AwaitSourcesHandler implements StepHandler<AwaitSources> {

    @Override
    public StepOutcome next(View view, AwaitSources params, Progress progress) {
        Map<String, List<Progress.Entry>> made = made(params, progress);
        Optional<Instant> last = made.values().stream()
                .flatMap(List::stream)
                .map(Progress.Entry::at)
                .max(Comparator.naturalOrder());
        Set<Act> asked = new LinkedHashSet<>();
        List<Application> paused = last.isEmpty() ? List.of() : paused(view, params, progress);
        for (Application application : paused) {
            boolean late = application
                    .comparedAt()
                    .filter(at -> !at.isBefore(last.get()))
                    .isEmpty();
            if (late) {
                return Outcomes.notYet(
                        30,
                        "Argo CD has not compared " + SyncPolicy.words(application)
                                + " with its source since the last change; a refresh of it helps");
            }
            application.outOfSync().stream()
                    .flatMap(object -> made.getOrDefault(object, List.of()).stream())
                    .forEach(entry -> asked.add(entry.act()));
        }
        return asked.isEmpty()
                ? Outcomes.done(
                        "what was changed is in the sources of " + Count.of(paused.size(), "paused Application"))
                : Outcomes.perform("the sources of paused Applications", List.copyOf(asked));
    }

    @Override
    public StepOutcome back(View view, AwaitSources params, Progress progress) {
        Set<String> asked = acts(progress).map(entry -> key(entry.act())).collect(Collectors.toSet());
        Map<String, List<Progress.Entry>> made = made(params, progress);
        made.keySet().retainAll(asked);
        paused(view, params, progress).forEach(a -> made.keySet().removeAll(a.outOfSync()));
        List<Act> acts = made.values().stream()
                .flatMap(entries -> undo(view, entries).stream())
                .toList();
        return acts.isEmpty()
                ? Outcomes.done("sources no longer say what the run changed")
                : Outcomes.perform("the sources of paused Applications, before the cluster goes back", acts);
    }

    /** What takes the first patch of an object back, unless it is back. */
    private static Optional<Act> undo(View view, List<Progress.Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.act() instanceof PatchObject)
                .findFirst()
                .flatMap(entry -> {
                    PatchObject patch = (PatchObject) entry.act();
                    return Pictures.of(view, patch.object())
                            .flatMap(Pictures.Sight::object)
                            .flatMap(now -> Undo.of(patch, entry.before(), now).patch());
                });
    }

    private static List<Application> paused(View view, AwaitSources params, Progress progress) {
        Progress pause = progress.of(params.pauseStep());
        return SyncPolicy.of(view, params.applications()).stream()
                .filter(a -> SyncPolicy.recorded(pause, a).isPresent())
                .toList();
    }

    /** The acts of the steps by the objects that are waited for, oldest first. */
    private static Map<String, List<Progress.Entry>> made(AwaitSources params, Progress progress) {
        Map<String, List<Progress.Entry>> made = new LinkedHashMap<>();
        params.steps().stream()
                .map(progress::of)
                .flatMap(AwaitSourcesHandler::acts)
                .filter(entry -> Attempts.mayHaveHappened(entry.result()))
                .sorted(Comparator.comparing(Progress.Entry::at))
                .forEach(entry -> {
                    String object = key(entry.act());
                    if (params.objects().contains(object)) {
                        made.computeIfAbsent(object, o -> new ArrayList<>()).add(entry);
                    }
                });
        return made;
    }

    private static Stream<Progress.Entry> acts(Progress step) {
        return Stream.<Class<? extends Act>>of(
                        PatchObject.class, ApplyObject.class, CreateObject.class, DeleteObject.class)
                .flatMap(type -> step.all(type).stream());
    }

    private static String key(Act act) {
        ObjectRef object = act instanceof PatchObject patch
                ? patch.object()
                : act instanceof ApplyObject apply
                        ? ObjectRef.of(apply.object())
                        : act instanceof CreateObject create
                                ? ObjectRef.of(create.object())
                                : ((DeleteObject) act).object();
        return object.kind() + "/" + object.namespace().map(n -> n + "/").orElse("") + object.name();
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.APPLICATIONS, Part.WORKLOADS, Part.SERVICES);
    }
}

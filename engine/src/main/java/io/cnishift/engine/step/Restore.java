package io.cnishift.engine.step;

import io.cnishift.api.Finding;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.port.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The way back of the patch that a step made on one object. */
final class Restore {

    private Restore() {}

    /** What stood there before the step first tried to patch that object; empty when it never did. */
    static Optional<Progress.Entry> first(Progress progress, ObjectRef object) {
        return progress.all(PatchObject.class).stream()
                .filter(e -> e.act().target().equals(object.toString()))
                .findFirst();
    }

    /** The fields of an object that somebody changed since we wrote them. */
    static List<Finding> changed(Progress progress, ObjectRef object, Map<String, Object> now) {
        return first(progress, object)
                .map(e -> Undo.of((PatchObject) e.act(), e.before(), now).changed())
                .orElse(List.of());
    }

    /**
     * Restores the fields that still have our value.
     *
     * @param now the object as far as it is known; empty when it is gone
     */
    static StepOutcome of(Progress progress, ObjectRef object, Optional<Map<String, Object>> now) {
        return of(progress, progress, object, now);
    }

    /** The same for the patch of another step, {@code made}. */
    static StepOutcome of(Progress made, Progress progress, ObjectRef object, Optional<Map<String, Object>> now) {
        Optional<Progress.Entry> first = first(made, object);
        if (first.isEmpty() || now.isEmpty()) {
            return Outcomes.done(object + (now.isEmpty() ? " is gone" : " was not changed"));
        }
        Undo.Result undo = Undo.of((PatchObject) first.get().act(), first.get().before(), now.get());
        if (undo.patch().isEmpty() || performed(progress, undo.patch().get())) {
            return Outcomes.done(object + " is as before", undo.changed());
        }
        return new Attempts(progress)
                .perform("restoring " + object, undo.patch().get());
    }

    /** Whether that very patch was done and has had time to show; what it restored is then not in the view. */
    private static boolean performed(Progress progress, PatchObject patch) {
        return progress.last(PatchObject.class, patch.target())
                .filter(e -> e.act().equals(patch) && e.result().done())
                .filter(e -> !new Attempts(progress).fresh(patch))
                .isPresent();
    }
}

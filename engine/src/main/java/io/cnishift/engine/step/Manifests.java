package io.cnishift.engine.step;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether an object stands as an act wants it. Kinds that the view shows whole are looked at; of others the journal says
 * whether the last act on the object was this one and was done.
 */
final class Manifests {

    static final Set<Part> READS =
            Set.of(Part.CILIUM_NODE_CONFIGS, Part.ENI_CONFIGS, Part.NETWORK_POLICIES, Part.SERVICES, Part.WORKLOADS);

    private Manifests() {}

    /** Whether the effect of an apply or a delete is there. */
    static boolean reached(View view, Act act, Progress progress) {
        return act instanceof DeleteObject delete
                ? Pictures.of(view, delete.object())
                        .map(sight -> sight.object().isEmpty())
                        .orElseGet(() -> isLast(act, progress))
                : applied(view, ((ApplyObject) act).object(), progress);
    }

    /** Whether an object that was deleted is there again, whoever made it: its owner may have been asked to. */
    static boolean there(View view, Act act, Progress progress) {
        Optional<Pictures.Sight> sight = Pictures.of(view, ObjectRef.of(((ApplyObject) act).object()));
        return sight.filter(s -> !s.whole()).isPresent()
                ? sight.get().object().isPresent()
                : reached(view, act, progress);
    }

    static boolean applied(View view, Map<String, Object> object, Progress progress) {
        Optional<Pictures.Sight> sight = Pictures.of(view, ObjectRef.of(object));
        if (sight.filter(Pictures.Sight::whole).isPresent()) {
            return sight.get().object().filter(now -> has(object, now)).isPresent();
        }
        boolean there = sight.isEmpty() || sight.get().object().isPresent();
        return there && isLast(new ApplyObject(object), progress);
    }

    /** Whether an object that the view shows whole was changed since it was applied. */
    static boolean changed(View view, Map<String, Object> object) {
        return Pictures.of(view, ObjectRef.of(object))
                .filter(Pictures.Sight::whole)
                .flatMap(Pictures.Sight::object)
                .filter(now -> !has(object, now))
                .isPresent();
    }

    private static boolean has(Map<String, Object> object, Map<String, Object> now) {
        return Trees.holds(object.get("spec"), now.get("spec"));
    }

    private static boolean isLast(Act act, Progress progress) {
        Optional<Progress.Entry> applied = progress.last(ApplyObject.class, act.target());
        Optional<Progress.Entry> deleted = progress.last(DeleteObject.class, act.target());
        boolean deletedLast = deleted.filter(
                        d -> applied.filter(a -> a.at().isAfter(d.at())).isEmpty())
                .isPresent();
        return (deletedLast ? deleted : applied)
                .filter(e -> e.act().equals(act) && e.result().done())
                .isPresent();
    }
}

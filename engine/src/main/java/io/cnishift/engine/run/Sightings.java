package io.cnishift.engine.run;

import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.port.ActResult;
import io.cnishift.engine.fact.ActSubject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Remembers acts that the view has not shown yet. A handler that is asked before the view shows what was done would say
 * the same again; so there is no second act on that object until the view has seen the first, or the part was read again.
 *
 * <p>An act is seen when the object comes with the resourceVersion that the act produced or a later one, or, where there
 * is none, when any change of the object arrives.
 */
final class Sightings {

    /** After that time without a sighting the part is read again. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A part that nobody watches is read again so soon after an act. */
    static final Duration SETTLE = Duration.ofSeconds(1);

    private static final Map<Part, Function<Resource, String>> VERSIONS = Map.of(
            Part.NODES, r -> ((Node) r).resourceVersion(),
            Part.PODS, r -> ((Pod) r).resourceVersion(),
            Part.WORKLOADS, r -> ((Workload) r).resourceVersion(),
            Part.SERVICES, r -> ((Service) r).resourceVersion(),
            Part.INGRESSES, r -> ((Ingress) r).resourceVersion());

    private final Map<ActSubject, Unseen> unseen = new HashMap<>();
    private final View view;

    /** An act that was done: the version it produced, and when. */
    record Unseen(Optional<String> version, Instant at) {}

    Sightings(View view) {
        this.view = view;
    }

    /** Notes an act that was done. */
    void performed(Act act, ActResult.Performed result, Instant at) {
        ActSubject.of(act).ifPresent(subject -> {
            Optional<String> version = VERSIONS.containsKey(subject.part())
                    ? Tree.text(result.produced(), "resourceVersion")
                    : Optional.empty();
            Optional<Resource> shown = view.get(subject.part(), Resource.class, subject.key());
            boolean there =
                    version.isPresent() && shown.isPresent() && reached(subject.part(), shown.get(), version.get());
            if (!there) {
                unseen.put(subject, new Unseen(version, at));
            }
        });
    }

    /** The act on the same object that the view has not shown yet. */
    Optional<Unseen> before(Act act) {
        return ActSubject.of(act).map(unseen::get);
    }

    /** Whether a change brings another version of what was there before: then the two need not be compared. */
    static boolean anotherVersion(Change change, Optional<Resource> before) {
        Function<Resource, String> version = VERSIONS.get(change.part());
        return version != null
                && before.isPresent()
                && change.now().isPresent()
                && !version.apply(before.get())
                        .equals(version.apply(change.now().get()));
    }

    /** A change came. */
    void accept(Change change) {
        if (unseen.isEmpty()) {
            return;
        }
        ActSubject subject = new ActSubject(change.part(), change.key());
        Unseen waited = unseen.get(subject);
        if (waited == null) {
            return;
        }
        boolean seen = waited.version().isEmpty()
                || change.now().isEmpty()
                || reached(change.part(), change.now().get(), waited.version().get());
        if (seen) {
            unseen.remove(subject);
        }
    }

    /** These parts were read whole: what they show now is what there is. */
    void reread(Set<Part> parts) {
        unseen.keySet().removeIf(subject -> parts.contains(subject.part()));
    }

    private static boolean reached(Part part, Resource resource, String wanted) {
        String version = Optional.ofNullable(VERSIONS.get(part))
                .map(of -> of.apply(resource))
                .orElse("");
        return version.equals(wanted)
                || (isNumber(version) && isNumber(wanted) && Long.parseLong(version) >= Long.parseLong(wanted));
    }

    /** Whether it is a number that a long holds. */
    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= 18;
    }
}

package io.cnishift.adapters.kubernetes;

import io.cnishift.adapters.kubernetes.ObjectPaths.Place;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.EvictPod;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.act.UncordonNode;
import io.cnishift.api.cluster.Tree;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The request that an act is. Pure.
 *
 * <p>Source: Kubernetes API reference (DeleteOptions, Eviction) and API concepts (patches, server-side apply, dry run). All is
 * written under field manager {@code cnishift} and never forced.
 */
final class ActRequests {

    private static final String JSON = "application/json";
    private static final String MERGE = "application/merge-patch+json";

    private static final Map<Class<? extends Act>, Verb<? extends Act>> VERBS = table();

    private ActRequests() {}

    /** Whether a change is kept, or only checked by the server. */
    enum Mode {
        KEEP,
        DRY_RUN;

        private String query() {
            return "?fieldManager=cnishift" + (this == DRY_RUN ? "&dryRun=All" : "");
        }
    }

    /**
     * One sort of act.
     *
     * @param target the object that it is about
     * @param verb in the words of RBAC
     */
    private record Verb<A extends Act>(
            Class<A> type, Function<A, ObjectRef> target, String verb, String subresource, Writing<A> writing) {

        ObjectRef targetOf(Act act) {
            return target.apply(type.cast(act));
        }

        KubeRequest request(Act act, Place place, Mode mode) {
            return writing.request(type.cast(act), place, mode);
        }
    }

    @FunctionalInterface
    private interface Writing<A extends Act> {
        KubeRequest request(A act, Place place, Mode mode);
    }

    /** The object that an act is about. */
    static ObjectRef target(Act act) {
        return verbOf(act).targetOf(act);
    }

    /** The act as a request. */
    static KubeRequest of(Act act, Place place, Mode mode) {
        return verbOf(act).request(act, place, mode);
    }

    /** Whether it may be sent again when no answer came. An eviction may, for it is of one pod, and of one that goes it costs nothing. */
    static boolean maySendTwice(Act act) {
        return act.repeatable() || act instanceof EvictPod;
    }

    /** The verb that the caller needs, in the words of RBAC. */
    static String verb(Act act) {
        return verbOf(act).verb();
    }

    /** The resource that is written, in the words of RBAC. */
    static String resource(Act act, Place place) {
        return place.resource() + verbOf(act).subresource();
    }

    private static Map<Class<? extends Act>, Verb<? extends Act>> table() {
        Map<Class<? extends Act>, Verb<? extends Act>> verbs = new HashMap<>();
        put(
                verbs,
                new Verb<>(
                        ApplyObject.class,
                        a -> ObjectRef.of(a.object()),
                        "patch",
                        "",
                        (a, place, mode) -> KubeRequest.of(
                                "PATCH",
                                place.path() + mode.query(),
                                "application/apply-patch+yaml",
                                applied(a.object()))));
        put(
                verbs,
                new Verb<>(
                        CreateObject.class,
                        a -> ObjectRef.of(a.object()),
                        "create",
                        "",
                        (a, place, mode) ->
                                KubeRequest.of("POST", place.collection() + mode.query(), JSON, a.object())));
        put(verbs, new Verb<>(PatchObject.class, PatchObject::object, "patch", "", ActRequests::patch));
        put(verbs, new Verb<>(DeleteObject.class, DeleteObject::object, "delete", "", ActRequests::delete));
        put(
                verbs,
                new Verb<>(
                        EvictPod.class,
                        a -> ObjectRef.of("v1", "Pod", a.namespace(), a.pod()),
                        "create",
                        "/eviction",
                        ActRequests::evict));
        put(
                verbs,
                new Verb<>(
                        CordonNode.class,
                        a -> node(a.node()),
                        "patch",
                        "",
                        (a, place, mode) -> schedulable(a.uid(), true, place, mode)));
        put(
                verbs,
                new Verb<>(
                        UncordonNode.class,
                        a -> node(a.node()),
                        "patch",
                        "",
                        (a, place, mode) -> schedulable(a.uid(), null, place, mode)));
        return Map.copyOf(verbs);
    }

    private static <A extends Act> void put(Map<Class<? extends Act>, Verb<? extends Act>> verbs, Verb<A> verb) {
        verbs.put(verb.type(), verb);
    }

    private static Verb<? extends Act> verbOf(Act act) {
        Verb<? extends Act> verb = VERBS.get(act.getClass());
        if (verb == null) {
            throw new IllegalArgumentException(act.getClass().getSimpleName() + " is no act of the Kubernetes API");
        }
        return verb;
    }

    private static ObjectRef node(String name) {
        return ObjectRef.of("v1", "Node", name);
    }

    /** Who manages which field is the server's to say; a config that says it is refused. */
    private static Map<String, Object> applied(Map<String, Object> object) {
        Map<String, Object> config = Tree.mutable(object);
        Map<String, Object> metadata = Tree.mutable(Tree.map(object, "metadata"));
        metadata.remove("managedFields");
        config.put("metadata", metadata);
        return config;
    }

    private static KubeRequest patch(PatchObject act, Place place, Mode mode) {
        Map<String, Object> patch = Tree.mutable(act.patch());
        act.resourceVersion().ifPresent(version -> {
            Map<String, Object> metadata = Tree.mutable(Tree.map(patch, "metadata"));
            metadata.put("resourceVersion", version);
            patch.put("metadata", metadata);
        });
        String type = act.type() == PatchType.MERGE ? MERGE : "application/strategic-merge-patch+json";
        return KubeRequest.of("PATCH", place.path() + mode.query(), type, patch);
    }

    /** A UID in a patch is a precondition: one that is not the object's would change it, which no object allows. */
    private static KubeRequest schedulable(String uid, @Nullable Boolean unschedulable, Place place, Mode mode) {
        Map<String, @Nullable Object> spec = new LinkedHashMap<>();
        spec.put("unschedulable", unschedulable);
        return KubeRequest.of(
                "PATCH", place.path() + mode.query(), MERGE, Map.of("metadata", Map.of("uid", uid), "spec", spec));
    }

    private static KubeRequest delete(DeleteObject act, Place place, Mode mode) {
        Map<String, Object> options = options(act.uid(), mode);
        options.put("apiVersion", "v1");
        options.put("kind", "DeleteOptions");
        // Jobs alone would leave their pods behind.
        options.put("propagationPolicy", "Background");
        return KubeRequest.of("DELETE", place.path(), JSON, options);
    }

    private static KubeRequest evict(EvictPod act, Place place, Mode mode) {
        Map<String, Object> options = options(Optional.of(act.uid()), mode);
        act.graceSeconds().ifPresent(seconds -> options.put("gracePeriodSeconds", seconds));
        return KubeRequest.of(
                "POST",
                place.path() + "/eviction",
                JSON,
                Map.of(
                        "apiVersion",
                        "policy/v1",
                        "kind",
                        "Eviction",
                        "metadata",
                        Map.of("name", act.pod(), "namespace", act.namespace()),
                        "deleteOptions",
                        options));
    }

    private static Map<String, Object> options(Optional<String> uid, Mode mode) {
        Map<String, Object> options = new LinkedHashMap<>();
        uid.ifPresent(u -> options.put("preconditions", Map.of("uid", u)));
        if (mode == Mode.DRY_RUN) {
            options.put("dryRun", List.of("All"));
        }
        return options;
    }
}

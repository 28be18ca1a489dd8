package io.cnishift.simulator.kube;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.EvictPod;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.UncordonNode;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.Reading;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.ApiServer.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** The Kubernetes API of the simulated cluster as cnishift uses it, under field manager {@code cnishift}. */
public final class SimKubernetesPort implements KubernetesPort {
    private static final Writer CNISHIFT = Writer.named("cnishift");
    private static final Writer CHECK = new Writer("cnishift", ApiServer.Mode.DRY_RUN);

    private final Kernel kernel;
    private final ObjectStore store;
    private final ApiServer api;
    private final KubeParts parts;
    private final Catalogue catalogue;
    private final Map<Class<? extends Act>, Verb<? extends Act>> verbs = new HashMap<>();

    /** Opens the port; from now on changes of the store reach the watches. */
    public SimKubernetesPort(Kernel kernel) {
        this.kernel = kernel;
        store = kernel.objects();
        api = new ApiServer(kernel);
        parts = new KubeParts(store);
        catalogue = new Catalogue(store);
        new KubeWatch(kernel, parts).start();
        verb(CordonNode.class, a -> node(a.node()), (a, by) -> api.cordon(a.node(), a.uid(), true, by));
        verb(UncordonNode.class, a -> node(a.node()), (a, by) -> api.cordon(a.node(), a.uid(), false, by));
        verb(
                PatchObject.class,
                PatchObject::object,
                (a, by) -> api.patch(ApiServer.key(a.object()), a.type(), a.patch(), a.resourceVersion(), by));
        verb(ApplyObject.class, a -> ObjectRef.of(a.object()), (a, by) -> api.apply(a.object(), false, by));
        verb(CreateObject.class, a -> ObjectRef.of(a.object()), (a, by) -> api.create(a.object(), by));
        verb(DeleteObject.class, DeleteObject::object, this::delete);
        verb(EvictPod.class, a -> ObjectRef.of("v1", "Pod", a.namespace(), a.pod()), this::evict);
    }

    /** One sort of act: what it is about, and how it is done; the answer is the object afterwards. */
    private record Verb<A extends Act>(
            Class<A> type, Function<A, ObjectRef> target, BiFunction<A, Writer, Map<String, Object>> perform) {
        ObjectRef targetOf(Act act) {
            return target.apply(type.cast(act));
        }

        Map<String, Object> performed(Act act, Writer by) {
            return perform.apply(type.cast(act), by);
        }
    }

    @Override
    public Reading read(Set<Part> wanted) {
        List<Resource> resources = new ArrayList<>();
        wanted.stream()
                .filter(p -> p.source() == Part.Source.KUBERNETES)
                .sorted()
                .forEach(p -> resources.addAll(parts.all(p)));
        return new Reading(resources, List.of());
    }

    @Override
    public Set<Part> watch(Set<Part> wanted, Consumer<Change> sink) {
        Set<Part> fed = new LinkedHashSet<>(wanted);
        // names of whatever there is are read, and watched by nobody
        fed.removeIf(p -> p.source() != Part.Source.KUBERNETES || p == Part.OBJECTS);
        kernel.watch(fed, sink);
        return fed;
    }

    @Override
    public Map<String, Object> before(Act act) {
        return store.get(ApiServer.key(verbOf(act).targetOf(act))).orElse(Map.of());
    }

    @Override
    public ActResult perform(Act act) {
        return perform(act, CNISHIFT);
    }

    @Override
    public Optional<ActResult> check(Act act) {
        return served(act) ? Optional.of(perform(act, CHECK)) : Optional.empty();
    }

    private ActResult perform(Act act, Writer by) {
        if (!served(act)) {
            return unserved(act, verbOf(act).targetOf(act));
        }
        try {
            Map<String, Object> after = verbOf(act).performed(act, by);
            return new ActResult.Performed(Trees.of(
                    "resourceVersion",
                            Tree.text(after, "metadata", "resourceVersion").orElse(null),
                    "uid", Tree.text(after, "metadata", "uid").orElse(null)));
        } catch (ApiRefusal e) {
            return e.asResult();
        }
    }

    private boolean served(Act act) {
        ObjectRef target = verbOf(act).targetOf(act);
        return catalogue.serves(target.apiVersion(), target.kind());
    }

    /** A client cannot even ask: it finds no address for objects of that kind. */
    private static ActResult unserved(Act act, ObjectRef target) {
        return act instanceof DeleteObject
                ? new ActResult.Performed(Map.of())
                : new ActResult.Refused(
                        Reason.INVALID,
                        "no matches for kind \"" + target.kind() + "\" in version \"" + target.apiVersion() + "\"");
    }

    private Map<String, Object> delete(DeleteObject act, Writer by) {
        try {
            api.delete(ApiServer.key(act.object()), act.uid(), by);
        } catch (ApiRefusal e) {
            // gone already is what was wanted
            if (e.reason() != Reason.GONE) {
                throw e;
            }
        }
        return store.get(ApiServer.key(act.object())).orElse(Map.of());
    }

    private Map<String, Object> evict(EvictPod act, Writer by) {
        ObjectKey key = new ObjectKey("Pod", act.namespace(), act.pod());
        api.evict(key, act.uid(), act.graceSeconds(), by);
        return store.get(key).orElse(Map.of());
    }

    private static ObjectRef node(String name) {
        return ObjectRef.of("v1", "Node", name);
    }

    private <A extends Act> void verb(
            Class<A> type, Function<A, ObjectRef> target, BiFunction<A, Writer, Map<String, Object>> perform) {
        verbs.put(type, new Verb<>(type, target, perform));
    }

    private Verb<? extends Act> verbOf(Act act) {
        Verb<? extends Act> verb = verbs.get(act.getClass());
        if (verb == null) {
            throw new IllegalArgumentException(act.getClass().getSimpleName() + " is no act of the Kubernetes API");
        }
        return verb;
    }
}

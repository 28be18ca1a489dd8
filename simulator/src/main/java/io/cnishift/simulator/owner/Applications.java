package io.cnishift.simulator.owner;

import io.cnishift.api.cluster.Application;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Applications of Argo CD that are objects of the cluster. Objects may be held by one that is not: it is somewhere else. */
final class Applications {

    static final String CONTROLLER = "argocd-application-controller";

    private final Kernel kernel;

    Applications(Kernel kernel) {
        this.kernel = kernel;
    }

    /** The one of that name as objects are marked with it. */
    Optional<Application> named(String mark) {
        return kernel.objects().list("Application").stream()
                .map(KubeProjection::application)
                .filter(a -> a.named(mark))
                .findFirst();
    }

    /** The set of that Application's making. */
    Optional<Application> set(Application made) {
        String name = made.owner().name();
        return made.owner().kind() == Owner.Kind.OPERATOR && name.startsWith(Application.SET + "/")
                ? kernel.objects()
                        .get(Application.SET, made.namespace(), name.substring(Application.SET.length() + 1))
                        .map(KubeProjection::application)
                : Optional.empty();
    }

    /** Whether Argo CD writes an object again that is not as its source says. An Application that is nowhere here is taken to. */
    boolean heals(String mark, ObjectKey object) {
        return named(mark).map(a -> a.heals() && !leaves(a, object)).orElse(true);
    }

    private boolean leaves(Application parent, ObjectKey object) {
        return object.kind().equals("Application")
                && kernel.objects()
                        .get(object)
                        .map(KubeProjection::application)
                        .filter(parent::leaves)
                        .isPresent();
    }

    /** Writes down what a comparison of one of its objects with the source found. */
    void compared(String mark, ObjectKey object, boolean inSync) {
        named(mark)
                .ifPresent(a -> kernel.objects()
                        .status(
                                key(a),
                                CONTROLLER,
                                status -> status(
                                        status,
                                        object,
                                        inSync,
                                        kernel.clock().now().toString())));
    }

    static ObjectKey key(Application application) {
        return new ObjectKey(application.objectKind(), application.namespace(), application.name());
    }

    private static Map<String, Object> status(
            Map<String, Object> before, ObjectKey object, boolean inSync, String now) {
        List<Map<String, Object>> resources = new ArrayList<>(Tree.maps(before, "resources"));
        resources.removeIf(r ->
                ObjectKey.of(Trees.of("kind", r.get("kind"), "metadata", r)).equals(object));
        if (!inSync) {
            resources.add(Trees.of(
                    "kind",
                    object.kind(),
                    "namespace",
                    object.namespace().isEmpty() ? null : object.namespace(),
                    "name",
                    object.name(),
                    "status",
                    "OutOfSync"));
        }
        Map<String, Object> after = Trees.with(before, resources, "resources");
        after = Trees.with(after, resources.isEmpty() ? "Synced" : "OutOfSync", "sync", "status");
        return Trees.with(after, now, "reconciledAt");
    }
}

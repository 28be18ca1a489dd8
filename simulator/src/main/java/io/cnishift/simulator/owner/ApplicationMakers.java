package io.cnishift.simulator.owner;

import io.cnishift.api.cluster.Application;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * An ApplicationSet writes the sync policy of its Applications again when somebody changed it, unless it updates none or ignores
 * that field. Its template is what the snapshot showed. A parent Application does the same as with every object that it holds.
 */
public final class ApplicationMakers implements Behaviour {

    private static final Duration SOON = Duration.ofSeconds(3);

    @Override
    public String id() {
        return "applicationset-resets";
    }

    @Override
    public String source() {
        return "Argo CD documentation: Controlling if/when the ApplicationSet controller modifies Application resources";
    }

    @Override
    public void install(Kernel kernel) {
        Map<ObjectKey, Map<String, Object>> templates = new HashMap<>();
        kernel.objects().list("Application").stream()
                .map(KubeProjection::application)
                .forEach(a -> templates.put(Applications.key(a), a.syncPolicy()));
        kernel.objects()
                .listen(
                        "Application",
                        (before, after) -> after.map(KubeProjection::application)
                                .filter(a -> templates.containsKey(Applications.key(a)))
                                .filter(a -> !a.syncPolicy().equals(templates.get(Applications.key(a))))
                                .ifPresent(a -> kernel.clock()
                                        .after(
                                                SOON,
                                                () -> reset(
                                                        kernel,
                                                        a,
                                                        Objects.requireNonNull(templates.get(Applications.key(a)))))));
    }

    private static void reset(Kernel kernel, Application application, Map<String, Object> policy) {
        boolean writes = new Applications(kernel)
                .set(application)
                .filter(set -> !set.leaves(application))
                .isPresent();
        if (writes) {
            kernel.objects()
                    .update(
                            "Application",
                            application.namespace(),
                            application.name(),
                            "argocd-applicationset-controller",
                            a -> Trees.with(a, Trees.canonical(policy), "spec", "syncPolicy"));
        }
    }
}

package io.cnishift.simulator.owner;

import io.cnishift.api.cluster.Application;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Owner;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Argo CD and Flux hold what their sources say, which is what the snapshot showed: a stated field that has another value or is
 * gone is written again, and so is an object that is gone; fields that no source states stay. Argo CD watches and heals within
 * seconds, where the Application of an object says so, and writes down what is out of sync; Flux comes by every ten minutes. An
 * owner of whom the snapshot shows no more than his marks is taken to correct what drifts.
 */
public final class GitOpsReverts implements Behaviour {

    private static final Duration SELF_HEAL = Duration.ofSeconds(5);
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final String FLUX = "kustomize-controller";

    @Override
    public String id() {
        return "gitops-reverts";
    }

    @Override
    public String source() {
        return "Argo CD documentation: automated sync policy, self-heal; Flux documentation: Kustomization, interval";
    }

    @Override
    public void install(Kernel kernel) {
        Sources sources = Sources.of(kernel);
        Set<ObjectKey> due = new HashSet<>();
        Consumer<ObjectKey> soon = key -> {
            if (due.add(key)) {
                kernel.clock().after(SELF_HEAL, () -> {
                    due.remove(key);
                    watched(kernel, key);
                });
            }
        };
        kernel.objects().listen("*", (before, after) -> {
            ObjectKey key = ObjectKey.of(after.isPresent() ? after.get() : before.orElseThrow());
            if (sources.has(Owner.Kind.ARGO_CD, key)) {
                soon.accept(key);
            }
        });
        kernel.objects()
                .listen(
                        "Application",
                        (before, after) -> after.map(KubeProjection::application)
                                .filter(Application::heals)
                                .filter(a -> before.map(KubeProjection::application)
                                        .filter(Application::heals)
                                        .isEmpty())
                                .ifPresent(a -> sources.of(Owner.Kind.ARGO_CD).stream()
                                        .filter(key -> sources.holder(key)
                                                .filter(a::named)
                                                .isPresent())
                                        .forEach(soon)));
        sources.listen(key -> {
            if (sources.owner(key).filter(o -> o == Owner.Kind.ARGO_CD).isPresent()) {
                soon.accept(key);
            }
        });
        kernel.clock().after(INTERVAL, () -> round(kernel, sources));
    }

    /** Argo CD has seen a change: its Application heals or not, and tells of it. */
    private static void watched(Kernel kernel, ObjectKey key) {
        Applications applications = new Applications(kernel);
        Optional<String> holder = Sources.of(kernel).holder(key);
        if (holder.isEmpty()) {
            return;
        }
        Sources sources = Sources.of(kernel);
        boolean inSync = sources.inSync(key);
        if (!inSync && applications.heals(holder.get(), key)) {
            write(kernel, key, Applications.CONTROLLER);
            inSync = sources.inSync(key);
        }
        applications.compared(holder.get(), key, inSync);
    }

    private static void round(Kernel kernel, Sources sources) {
        sources.of(Owner.Kind.FLUX).forEach(key -> write(kernel, key, FLUX));
        kernel.clock().after(INTERVAL, () -> round(kernel, sources));
    }

    /** Writes what the source says of an object. */
    static void write(Kernel kernel, ObjectKey key, String manager) {
        Optional<Manifest> source = Sources.of(kernel).manifest(key);
        if (source.isEmpty()) {
            return;
        }
        Manifest manifest = source.get();
        try {
            Optional<Map<String, Object>> live = kernel.objects().get(key);
            if (live.isEmpty()) {
                kernel.objects().create(manifest.stated(), manager);
            } else {
                kernel.objects().update(key.kind(), key.namespace(), key.name(), manager, manifest::over);
            }
        } catch (ApiRefusal refused) {
            // said again when the object changes again or at the next round
        }
    }
}

package io.cnishift.simulator.owner;

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

/**
 * Argo CD and Flux hold what their sources say, which is what the snapshot showed: a stated field that has another value or is
 * gone is written again, and so is an object that is gone; fields that no source states stay. Argo CD watches and heals within
 * seconds, Flux comes by every ten minutes. Both are taken to correct what drifts, since a snapshot does not say whether an
 * application has that switched off.
 */
public final class GitOpsReverts implements Behaviour {

    private static final Duration SELF_HEAL = Duration.ofSeconds(5);
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final String ARGO = "argocd-controller";
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
        kernel.objects().listen("*", (before, after) -> {
            ObjectKey key = ObjectKey.of(after.or(() -> before).orElseThrow());
            if (sources.owner(key).filter(o -> o == Owner.Kind.ARGO_CD).isPresent() && due.add(key)) {
                kernel.clock().after(SELF_HEAL, () -> {
                    due.remove(key);
                    hold(kernel, key, ARGO);
                });
            }
        });
        kernel.clock().after(INTERVAL, () -> round(kernel, sources));
    }

    private static void round(Kernel kernel, Sources sources) {
        sources.of(Owner.Kind.FLUX).forEach(key -> hold(kernel, key, FLUX));
        kernel.clock().after(INTERVAL, () -> round(kernel, sources));
    }

    private static void hold(Kernel kernel, ObjectKey key, String manager) {
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

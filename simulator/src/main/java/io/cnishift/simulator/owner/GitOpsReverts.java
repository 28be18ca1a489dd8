package io.cnishift.simulator.owner;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Owner;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        Map<ObjectKey, Manifest> argo = owned(kernel, Owner.Kind.ARGO_CD);
        Set<ObjectKey> due = new HashSet<>();
        argo.keySet().stream()
                .map(ObjectKey::kind)
                .distinct()
                .forEach(kind -> kernel.objects().listen(kind, (before, after) -> {
                    ObjectKey key = ObjectKey.of(after.or(() -> before).orElseThrow());
                    if (argo.containsKey(key) && due.add(key)) {
                        kernel.clock().after(SELF_HEAL, () -> {
                            due.remove(key);
                            hold(kernel, key, Objects.requireNonNull(argo.get(key), "manifest"), ARGO);
                        });
                    }
                }));
        Map<ObjectKey, Manifest> flux = owned(kernel, Owner.Kind.FLUX);
        if (!flux.isEmpty()) {
            kernel.clock().after(INTERVAL, () -> round(kernel, flux));
        }
    }

    private static Map<ObjectKey, Manifest> owned(Kernel kernel, Owner.Kind kind) {
        Map<ObjectKey, Manifest> owned = new LinkedHashMap<>();
        for (String objects : kernel.objects().kinds()) {
            kernel.objects().list(objects).stream()
                    .filter(o -> KubeProjection.owner(o).kind() == kind)
                    .forEach(o -> owned.put(ObjectKey.of(o), Manifest.of(o)));
        }
        return owned;
    }

    private static void round(Kernel kernel, Map<ObjectKey, Manifest> flux) {
        List.copyOf(flux.entrySet()).forEach(e -> hold(kernel, e.getKey(), e.getValue(), FLUX));
        kernel.clock().after(INTERVAL, () -> round(kernel, flux));
    }

    private static void hold(Kernel kernel, ObjectKey key, Manifest manifest, String manager) {
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

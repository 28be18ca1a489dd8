package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Part;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * About every 15 minutes EKS writes the fields that it owns again, whoever changed them; what it does not own, such as a
 * nodeSelector or WARM_ variables, stays. An object that somebody deleted is not made again, it is a health issue.
 */
public final class AddonDrift implements Behaviour {

    private static final Duration EVERY = Duration.ofMinutes(15);
    private static final String MISSING = "K8sResourceNotFound: ";

    @Override
    public String id() {
        return "addon-drift";
    }

    @Override
    public String source() {
        return "EKS best practices, networking/vpc-cni; EKS user guide: field management; domain.md 7.4, 11.2";
    }

    @Override
    public void install(Kernel kernel) {
        kernel.clock().after(EVERY, () -> round(kernel));
    }

    private static void round(Kernel kernel) {
        Cloud cloud = Cloud.of(kernel);
        for (Addon addon : List.copyOf(cloud.view().all(Part.ADDONS, Addon.class))) {
            if (addon.status().equals("ACTIVE")) {
                correct(kernel, cloud, addon);
            }
        }
        kernel.clock().after(EVERY, () -> round(kernel));
    }

    private static void correct(Kernel kernel, Cloud cloud, Addon addon) {
        AddonSoftware software = AddonSoftware.of(kernel);
        List<String> issues = new ArrayList<>(addon.issues());
        issues.removeIf(i -> i.startsWith(MISSING) || i.startsWith(AddonLife.DENIED));
        for (Map<String, Object> object : software.objects(addon.name())) {
            ObjectKey key = ObjectKey.of(object);
            Optional<Map<String, Object>> now = kernel.objects().get(key);
            if (now.isEmpty()) {
                issues.add(MISSING + key);
                continue;
            }
            List<OwnedPath> changed = software.owned(key).stream()
                    .filter(p -> p.in(object).isPresent() && !p.same(object, now.get()))
                    .toList();
            if (!changed.isEmpty()) {
                restore(kernel, key, object, changed).ifPresent(issues::add);
            }
        }
        cloud.put(AddonLife.in(addon, addon.status(), issues));
    }

    /** Writes the fields again; the health issue when the API server refuses that. */
    private static Optional<String> restore(
            Kernel kernel, ObjectKey key, Map<String, Object> object, List<OwnedPath> changed) {
        try {
            kernel.objects()
                    .update(
                            key.kind(),
                            key.namespace(),
                            key.name(),
                            AddonLife.MANAGER,
                            o -> restored(o, object, changed));
            return Optional.empty();
        } catch (ApiRefusal refused) {
            return Optional.of(AddonLife.denied(refused));
        }
    }

    private static Map<String, Object> restored(
            Map<String, Object> object, Map<String, Object> original, List<OwnedPath> paths) {
        Map<String, Object> back = object;
        for (OwnedPath path : paths) {
            back = path.set(back, path.in(original).orElseThrow());
        }
        return back;
    }
}

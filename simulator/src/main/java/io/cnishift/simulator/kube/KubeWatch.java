package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.simulator.Kernel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells the watches of a part what a write to the store means for its records. */
final class KubeWatch {
    private final Kernel kernel;
    private final KubeParts parts;

    KubeWatch(Kernel kernel, KubeParts parts) {
        this.kernel = kernel;
        this.parts = parts;
    }

    void start() {
        parts.kinds()
                .forEach(kind -> kernel.objects().listen(kind, (before, after) -> {
                    if (kernel.watched(parts.part(kind))) {
                        tell(kind, before, after);
                    }
                }));
    }

    private void tell(String kind, Optional<Map<String, Object>> before, Optional<Map<String, Object>> after) {
        Part part = parts.part(kind);
        if (after.isPresent() && parts.single(kind)) {
            parts.project(after.get()).forEach(resource -> kernel.publish(Change.of(resource)));
            return;
        }
        Set<String> gone = new LinkedHashSet<>();
        before.ifPresent(b -> gone.addAll(parts.keys(b)));
        // what is made of several objects may outlive one of them
        List<? extends Resource> now = parts.project(after.or(() -> before).orElseThrow());
        for (Resource resource : now) {
            if (after.isPresent() || parts.shared(part)) {
                gone.remove(resource.key());
                kernel.publish(Change.of(resource));
            }
        }
        gone.forEach(key -> kernel.publish(Change.gone(part, key)));
    }
}

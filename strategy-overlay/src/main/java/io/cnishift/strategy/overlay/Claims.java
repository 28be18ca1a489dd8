package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Volume;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Volumes that one node alone may mount; a claim whose volume was not read counts as one. */
final class Claims {

    private final Map<String, Volume> byClaim = new HashMap<>();

    Claims(View view) {
        view.all(Part.VOLUMES, Volume.class).forEach(v -> v.claim().ifPresent(claim -> byClaim.put(claim, v)));
    }

    boolean ofOneNode(Collection<Pod> pods) {
        return pods.stream()
                .flatMap(p -> p.volumes().stream())
                .flatMap(v -> v.claim().stream())
                .anyMatch(this::ofOneNode);
    }

    private boolean ofOneNode(String claim) {
        Volume volume = byClaim.get(claim);
        List<String> modes = volume == null ? List.of() : volume.accessModes();
        return modes.stream().noneMatch(m -> m.equals("ReadWriteMany") || m.equals("ReadOnlyMany"));
    }
}

package io.cnishift.api.roll;

import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import java.util.Collection;

/** Volumes that one node alone may mount; a claim whose volume was not read counts as one. */
final class Claims {

    private final View view;

    Claims(View view) {
        this.view = view;
    }

    boolean ofOneNode(Collection<Pod> pods) {
        return pods.stream()
                .flatMap(p -> p.volumes().stream())
                .flatMap(v -> v.claim().stream())
                .anyMatch(this::ofOneNode);
    }

    private boolean ofOneNode(String claim) {
        return view.volumesOf(claim).stream()
                .flatMap(v -> v.accessModes().stream())
                .noneMatch(m -> m.equals("ReadWriteMany") || m.equals("ReadOnlyMany"));
    }
}

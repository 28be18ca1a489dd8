package io.cnishift.engine.inspect;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.ClusterSnapshot;
import java.util.List;
import java.util.Objects;

/** The published document of {@code inspect}: additions only. */
public record Inspection(ClusterSnapshot snapshot, List<Finding> findings) {
    public Inspection {
        Objects.requireNonNull(snapshot);
        findings = List.copyOf(findings);
    }
}

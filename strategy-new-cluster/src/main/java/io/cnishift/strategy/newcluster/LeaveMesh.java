package io.cnishift.strategy.newcluster;

import io.cnishift.api.step.NamesCharts;
import java.util.List;
import java.util.Objects;

/** Parts what {@link JoinMesh} joined. */
record LeaveMesh(JoinMesh mesh) implements NamesCharts {
    LeaveMesh {
        Objects.requireNonNull(mesh);
    }

    @Override
    public List<String> charts() {
        return mesh.charts();
    }
}

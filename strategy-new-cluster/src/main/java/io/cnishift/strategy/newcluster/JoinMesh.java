package io.cnishift.strategy.newcluster;

import io.cnishift.api.step.NamesCharts;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Makes both clusters one mesh: each behind a load balancer, then each told of the other one. */
record JoinMesh(MeshSide first, MeshSide second) implements NamesCharts {
    JoinMesh {
        Objects.requireNonNull(first);
        Objects.requireNonNull(second);
    }

    @Override
    public List<String> charts() {
        return Stream.of(first.chart(), second.chart()).distinct().toList();
    }
}

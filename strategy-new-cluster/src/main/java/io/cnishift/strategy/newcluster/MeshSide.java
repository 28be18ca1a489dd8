package io.cnishift.strategy.newcluster;

import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Tree;
import io.cnishift.cilium.CiliumVersion;
import io.cnishift.cilium.MeshValues;
import io.cnishift.cilium.Values;
import java.util.Map;
import java.util.Objects;

/**
 * The release of Cilium of one of two clusters of a mesh.
 *
 * @param name of the cluster in the mesh
 * @param alone values before and after
 * @param open values with which the other cluster can ask it, laid over these
 */
record MeshSide(String name, String chart, String chartVersion, Map<String, Object> alone, Map<String, Object> open) {
    private static final String MESH = "clustermesh";

    MeshSide {
        Objects.requireNonNull(name);
        Objects.requireNonNull(chart);
        Objects.requireNonNull(chartVersion);
        alone = Tree.copy(alone);
        open = Tree.copy(open);
    }

    /**
     * What the release has now with what it says of a mesh taken from these values, so that everything else stays as somebody may have set it
     * since.
     */
    @SuppressWarnings("NullAway") // a chart value may be null, which takes a default away; acts take maps of objects
    static Map<String, Object> over(Release now, Map<String, Object> wanted) {
        Values values = Values.of(now.values());
        Object mesh = wanted.get(MESH);
        return (mesh == null ? values.without(MESH) : values.without(MESH).with(MESH, mesh)).toMap();
    }

    /** Whether it could be asked before. */
    boolean served() {
        return Values.of(alone).isTrue(MeshValues.SERVED);
    }

    /** Values with which it asks the other one too: it stands behind the first load balancer, the other one behind the second. */
    @SuppressWarnings("NullAway") // a chart value may be null, which takes a default away; acts take maps of objects
    Map<String, Object> connected(String host, MeshSide other, String at) {
        return MeshValues.connected(CiliumVersion.parse(chartVersion), Values.of(open), host, other.name, at)
                .toMap();
    }
}

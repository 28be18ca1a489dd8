package io.cnishift.strategy.newcluster;

import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.View;
import io.cnishift.cilium.CiliumVersion;
import io.cnishift.cilium.MeshMember;
import io.cnishift.cilium.MeshValues;
import io.cnishift.cilium.Migration;
import io.cnishift.cilium.Values;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The release of Cilium by which a cluster becomes one of a mesh. */
record MeshRelease(Release release) {

    MeshRelease {
        Objects.requireNonNull(release);
    }

    /** That of a cluster, where it has one of the name that Cilium's tools expect. */
    static Optional<MeshRelease> of(View view) {
        return view.release(Migration.NAMESPACE, Migration.RELEASE)
                .filter(r -> r.chart().equals(Migration.CHART))
                .map(MeshRelease::new);
    }

    Values values() {
        return Values.of(release.values());
    }

    /** A value that is a secret, where there is one. */
    Optional<String> hidden() {
        return values().leaves().entrySet().stream()
                .filter(leaf -> String.valueOf(leaf.getValue()).contains(Release.HIDDEN))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether its API server of the mesh has a load balancer already. */
    boolean balanced() {
        return values().isTrue(MeshValues.SERVED)
                && values().text("clustermesh.apiserver.service.type")
                        .filter("LoadBalancer"::equals)
                        .isPresent();
    }

    /** The name of a cluster in a mesh; empty text where it can have none. */
    static String name(View view) {
        return of(view).flatMap(MeshRelease::member).map(MeshMember::name).orElse("");
    }

    /** What the cluster is to a mesh; empty for a release of a line that is not known. */
    Optional<MeshMember> member() {
        try {
            return Optional.of(MeshMember.of(CiliumVersion.parse(release.chartVersion()), values()));
        } catch (IllegalArgumentException unknownLine) {
            return Optional.empty();
        }
    }
}

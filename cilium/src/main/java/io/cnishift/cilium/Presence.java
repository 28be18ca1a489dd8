package io.cnishift.cilium;

import io.cnishift.api.cluster.CiliumNode;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.View;
import java.util.Optional;

/** What shows that Cilium is in a cluster, in whatever way and state. */
public final class Presence {

    private Presence() {}

    /** The release, or else the agents or what is left of them; empty when there is none of it. */
    public static Optional<String> of(View view) {
        boolean release = view.all(Part.RELEASES, Release.class).stream()
                .anyMatch(r -> r.chart().equals(Migration.CHART));
        boolean agents = view.workload("DaemonSet/" + Migration.NAMESPACE + "/" + Migration.AGENT_DAEMON_SET)
                        .isPresent()
                || !view.all(Part.CILIUM_NODES, CiliumNode.class).isEmpty();
        return release
                ? Optional.of("release cilium")
                : agents ? Optional.of("DaemonSet/kube-system/cilium") : Optional.empty();
    }
}

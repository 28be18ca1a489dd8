package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Namespace;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Volume;
import java.util.Optional;

/** Whether anybody uses a second cluster from which all that was copied is gone: then it is not deleted. */
final class SecondUse {

    private SecondUse() {}

    static Optional<Finding> against(View second) {
        return second.all(Part.NAMESPACES, Namespace.class).stream()
                .filter(n -> !n.name().startsWith("kube-") && !n.name().equals("default") && !n.terminating())
                .findFirst()
                .map(n -> used("namespace " + n.name(), "somebody made it in the second cluster"))
                .or(() -> second.all(Part.VOLUMES, Volume.class).stream()
                        .findFirst()
                        .map(v -> used("volume " + v.key(), "it would be lost with the second cluster")));
    }

    private static Finding used(String subject, String message) {
        return Code.SECOND_IN_USE.of(
                subject, message, "remove it there, then resume; or leave the second cluster to its users");
    }
}

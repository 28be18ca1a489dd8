package io.cnishift.cli.command;

import io.cnishift.adapters.reach.RealReach;
import io.cnishift.adapters.target.ClusterTarget;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What asks the network of a real cluster. */
final class ProbeOptions {

    @Option(
            names = "--probe-image",
            paramLabel = "IMAGE",
            description =
                    "Image of the pods that ask the network of a real cluster, a copy of the default one (default: "
                            + RealReach.PROBE_IMAGE + ").")
    private @Nullable String image;

    /** What was given, as it is said to the next command: the option after a space. */
    String words() {
        return image == null ? "" : " --probe-image " + PlanCall.quoted(image);
    }

    /** The cluster, to be asked with that image. */
    ClusterTarget of(ClusterTarget target) {
        return target.probedWith(Optional.ofNullable(image));
    }
}

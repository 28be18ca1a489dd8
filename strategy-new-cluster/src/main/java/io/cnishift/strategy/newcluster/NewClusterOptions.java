package io.cnishift.strategy.newcluster;

import io.cnishift.api.Option;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Options of a move to a second cluster. */
record NewClusterOptions(
        @Option(
                description = "The second cluster, which exists and has its nodes and add-ons, as --cluster takes it.",
                example = "eks:shop-2")
        Optional<String> to,

        @Option(
                description =
                        "Who brings workloads into the second cluster: cnishift copies them, or GitOps has them there already or soon.",
                example = "gitops",
                defaultValue = "copy")
        Workloads workloads,

        @Option(
                description = "Seconds for which each share of the traffic is watched before it grows, beyond the TTL.",
                example = "1800",
                defaultValue = "600")
        Duration soak,

        @Option(
                description = "Seconds for which the first cluster stays as it is after the last share has moved.",
                example = "172800",
                defaultValue = "86400")
        Duration hold,

        @Option(
                description =
                        "Whether workloads and node groups of the first cluster go to zero at the end; nothing is deleted.",
                example = "false",
                defaultValue = "true")
        boolean retire,

        @Option(
                description =
                        "Whether the first cluster is deleted at the end, which this version leaves to its owner.",
                example = "true",
                defaultValue = "false")
        boolean deleteBlue) {

    /** Longer than that a run would not be watched. */
    private static final Duration LONGEST = Duration.ofDays(30);

    /** Who brings workloads. */
    enum Workloads {
        COPY,
        GITOPS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    NewClusterOptions {
        Objects.requireNonNull(to);
        Objects.requireNonNull(workloads);
        require("soak", soak);
        require("hold", hold);
    }

    private static void require(String name, Duration time) {
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " is from 0 to " + LONGEST.toSeconds() + " seconds");
        }
    }
}

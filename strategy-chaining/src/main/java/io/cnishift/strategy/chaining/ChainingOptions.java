package io.cnishift.strategy.chaining;

import io.cnishift.api.Option;
import io.cnishift.cilium.CiliumVersion;
import io.cnishift.cilium.HubbleLevel;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Options of chaining. */
record ChainingOptions(
        @Option(
                description = "Cilium release to install, as a line or with its patch number.",
                example = "1.19.6",
                defaultValue = "1.20")
        CiliumVersion ciliumVersion,

        @Option(
                description =
                        "How much of Hubble is installed at the end; the agents' own buffers are on in every case.",
                example = "relay",
                defaultValue = "agent")
        HubbleLevel hubble,

        @Option(
                description = "Where the Cilium chart is, by default in the project's published repository.",
                example = "oci://registry.example.com/charts/cilium")
        Optional<String> chart,

        @Option(
                description = "Registry and path of a copy of Cilium's images, by default quay.io/cilium.",
                example = "registry.example.com/cilium")
        Optional<String> imageRegistry,

        @Option(
                description =
                        "What becomes of Jobs that run: the run waits for their end, or leaves their pods without policies.",
                example = "leave",
                defaultValue = "wait")
        Jobs jobs,

        @Option(
                description = "Seconds that the run waits for Jobs to end before it changes anything.",
                example = "14400",
                defaultValue = "3600")
        Duration jobLimit) {

    ChainingOptions {
        Objects.requireNonNull(ciliumVersion);
        Objects.requireNonNull(hubble);
        Objects.requireNonNull(chart);
        Objects.requireNonNull(imageRegistry);
        Objects.requireNonNull(jobs);
        if (jobLimit.isNegative()) {
            throw new IllegalArgumentException("jobLimit is 0 or more");
        }
    }

    /** What becomes of Jobs that run. */
    enum Jobs {
        /** They are waited for. */
        WAIT,
        /** Their pods stay as they are until they end. */
        LEAVE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

package io.cnishift.strategy.chaining;

import io.cnishift.api.Option;
import io.cnishift.cilium.CiliumVersion;
import io.cnishift.cilium.HubbleLevel;
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
        Optional<String> imageRegistry) {

    ChainingOptions {
        Objects.requireNonNull(ciliumVersion);
        Objects.requireNonNull(hubble);
        Objects.requireNonNull(chart);
        Objects.requireNonNull(imageRegistry);
    }
}

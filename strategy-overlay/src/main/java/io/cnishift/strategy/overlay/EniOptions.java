package io.cnishift.strategy.overlay;

import io.cnishift.api.Option;
import io.cnishift.cilium.CiliumVersion;
import java.util.Objects;

/** The options of the strategy with network interfaces that Cilium manages. */
record EniOptions(
        @Option(
                description = "Cilium release to install, as a line or with its patch number.",
                example = "1.19.6",
                defaultValue = "1.20")
        CiliumVersion ciliumVersion,

        @Option(
                description = "Whether interfaces get blocks of 16 addresses instead of single ones.",
                example = "true",
                defaultValue = "false")
        boolean prefixDelegation) {

    EniOptions {
        Objects.requireNonNull(ciliumVersion);
    }
}

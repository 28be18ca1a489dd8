package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Option;
import io.cnishift.api.capacity.Cidr;
import java.util.Optional;

/** Options of custom networking. */
record CustomNetworkingOptions(
        @Option(
                description =
                        "Block to associate with the VPC for pods; by default the first permitted /16 of 100.64.0.0/10.",
                example = "100.64.0.0/16")
        Optional<Cidr> podCidr,

        @Option(
                description = "Whether prefixes of 16 addresses are delegated to the interfaces.",
                example = "true",
                defaultValue = "false")
        boolean prefixes) {}

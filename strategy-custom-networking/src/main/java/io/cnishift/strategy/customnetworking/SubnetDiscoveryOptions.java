package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Option;
import io.cnishift.api.capacity.Cidr;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Options of subnet discovery. */
record SubnetDiscoveryOptions(
        @Option(
                description =
                        "Block in which a subnet is made for each zone of nodes; by default subnets that are there serve, where"
                                + " each zone has one with room, else the first permitted /16 of 100.64.0.0/10.",
                example = "100.64.0.0/16")
        Optional<Cidr> podCidr,

        @Option(
                description =
                        "Seconds that the control plane is given to notice a new block before pods get addresses of it.",
                example = "1200",
                defaultValue = "3600")
        Duration recognition) {

    SubnetDiscoveryOptions {
        Objects.requireNonNull(podCidr);
        PodNetwork.checkRecognition(recognition);
    }
}

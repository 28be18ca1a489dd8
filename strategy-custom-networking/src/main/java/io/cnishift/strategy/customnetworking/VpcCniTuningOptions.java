package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Option;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;

/** Options of VPC CNI tuning. */
record VpcCniTuningOptions(
        @Option(
                description = "Addresses that each node keeps spare for the next pods (WARM_IP_TARGET).",
                example = "3",
                defaultValue = "1")
        int warmIpTarget,

        @Option(
                description =
                        "Addresses that each node holds at least, pods and spare ones together (MINIMUM_IP_TARGET); without it none.",
                example = "12")
        OptionalInt minimumIpTarget,

        @Option(
                description = "Who translates the addresses of pods that leave the VPC (AWS_VPC_K8S_CNI_EXTERNALSNAT).",
                example = "external",
                defaultValue = "keep")
        Snat snat) {

    VpcCniTuningOptions {
        Objects.requireNonNull(minimumIpTarget);
        Objects.requireNonNull(snat);
        if (warmIpTarget < 1) {
            throw new IllegalArgumentException("warmIpTarget is at least 1: with 0 each pod start waits for EC2");
        }
        if (minimumIpTarget.orElse(1) < 1) {
            throw new IllegalArgumentException("minimumIpTarget is at least 1; leave it out for none");
        }
    }

    /** Where source addresses are translated. */
    enum Snat {
        /** As it is now. */
        KEEP,
        /** On the node, to its address. */
        NODE,
        /** Outside, by a NAT gateway or another router. */
        EXTERNAL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Option;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

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
        Snat snat,

        @Option(
                description =
                        "Versions that the EKS add-on is updated to, one after the other, each at most a minor version above the one"
                                + " before it.",
                example = "v1.21.1-eksbuild.3,v1.22.0-eksbuild.1")
        List<String> addonVersions,

        @Option(
                description = "IAM role for the add-on to use in place of that of the nodes or of its earlier one.",
                example = "arn:aws:iam::111122223333:role/vpc-cni")
        Optional<String> addonRole) {

    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/.+");

    VpcCniTuningOptions {
        Objects.requireNonNull(minimumIpTarget);
        Objects.requireNonNull(snat);
        addonVersions = List.copyOf(addonVersions);
        Objects.requireNonNull(addonRole);
        if (warmIpTarget < 1) {
            throw new IllegalArgumentException("warmIpTarget is at least 1: with 0 each pod start waits for EC2");
        }
        if (minimumIpTarget.orElse(1) < 1) {
            throw new IllegalArgumentException("minimumIpTarget is at least 1; leave it out for none");
        }
        addonVersions.forEach(AddonVersion::parse);
        if (addonRole.filter(r -> !ROLE.matcher(r).matches()).isPresent()) {
            throw new IllegalArgumentException("addonRole is the ARN of an IAM role, arn:aws:iam::ACCOUNT:role/NAME");
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

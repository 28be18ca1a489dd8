package io.cnishift.strategy.newcluster;

import io.cnishift.api.Option;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Cluster.IpFamily;
import io.cnishift.cilium.CiliumVersion;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Options of a move to a second cluster. */
record NewClusterOptions(
        @Option(
                description =
                        "The second cluster, where it exists and has its nodes and add-ons, as --cluster takes it; without it the"
                                + " plan makes one.",
                example = "eks:shop-2")
        Optional<String> to,

        @Option(
                description = "Name of a second cluster that the plan makes, by default that of the first with -green.",
                example = "shop-2")
        Optional<String> name,

        @Option(
                description =
                        "Network of a second cluster that the plan makes: overlay and eni are Cilium, the others the VPC CNI, with"
                                + " blocks of 16 IPv4 addresses or with IPv6.",
                example = "vpc-cni-prefix",
                defaultValue = "overlay")
        Network network,

        @Option(
                description =
                        "ARN of the IAM role that Cilium's operator gets with network=eni, by a Pod Identity association; by default it"
                                + " acts with the role of its node.",
                example = "arn:aws:iam::111122223333:role/cilium-operator")
        Optional<String> operatorRole,

        @Option(
                description =
                        "Range from which pods of a second cluster with network=overlay get their addresses, outside of everything"
                                + " that the VPC can reach.",
                example = "100.64.0.0/16",
                defaultValue = "10.245.0.0/16")
        Cidr podCidr,

        @Option(
                description =
                        "Cilium release that a second cluster which the plan makes gets, as a line or with its patch number.",
                example = "1.19.6",
                defaultValue = "1.20")
        CiliumVersion ciliumVersion,

        @Option(
                description = "Where the Cilium chart is, by default in the project's published repository.",
                example = "oci://registry.example.com/charts/cilium")
        Optional<String> chart,

        @Option(
                description =
                        "Where the chart of the AWS Load Balancer Controller is, which a second cluster that the plan makes gets where"
                                + " the first has it as a Helm release; by default in AWS's published repository.",
                example = "oci://registry.example.com/charts/aws-load-balancer-controller")
        Optional<String> controllerChart,

        @Option(
                description =
                        "Registry and path of a copy of Cilium's images, by default quay.io/cilium; where nodes have no"
                                + " way there, path cilium in the account's own registry that workloads come from.",
                example = "registry.example.com/cilium")
        Optional<String> imageRegistry,

        @Option(
                description =
                        "Whether a second cluster that the plan made is deleted again when the migration is taken back and nobody"
                                + " uses it; else it is left, and paid for.",
                example = "false",
                defaultValue = "true")
        boolean deleteGreen,

        @Option(
                description =
                        "Who brings workloads into the second cluster: cnishift copies them, or GitOps has them there already or soon.",
                example = "gitops",
                defaultValue = "copy")
        Workloads workloads,

        @Option(
                description =
                        "Who lets IAM roles that trust the issuer of the first cluster trust that of the second too: cnishift adds a"
                                + " statement to their trust policies, or their owner is asked to when it is due, as it is for roles that are kept in"
                                + " code.",
                example = "owner",
                defaultValue = "cnishift")
        Trust trust,

        @Option(
                description =
                        "By what clients of a load balancer that an Ingress made are moved: route53, by weights of DNS records;"
                                + " target-groups, by weights of the load balancer itself; auto, by records where simple ones lead to it,"
                                + " else by target groups. Those of Services are moved by records in every case.",
                example = "target-groups",
                defaultValue = "auto")
        Shift shift,

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
                description = "Whether workloads and node groups of the first cluster go to zero after the hold.",
                example = "false",
                defaultValue = "true")
        boolean retire,

        @Option(
                description =
                        "Whether the first cluster is deleted at the end: groups, Fargate profiles, IAM's knowledge of its issuer, cluster."
                                + " Nothing brings it back, so plans for real clusters hold before it.",
                example = "true",
                defaultValue = "false")
        boolean deleteBlue,

        @Option(
                description =
                        "Whether both clusters are one Cilium Cluster Mesh while both serve, so that pods reach each other and network"
                                + " policies admit those of both. The first cluster has to run Cilium already, with a name and a number.",
                example = "true",
                defaultValue = "false")
        boolean mesh) {

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

    /** Who extends trust policies. */
    enum Trust {
        CNISHIFT,
        OWNER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** By what clients of the load balancer of an Ingress are moved. */
    enum Shift {
        AUTO,
        ROUTE53,
        TARGET_GROUPS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What gives pods of the second cluster their addresses. */
    enum Network {
        OVERLAY,
        ENI,
        VPC_CNI_PREFIX,
        VPC_CNI_IPV6;

        /** Of which pods and Services have their addresses. */
        IpFamily family() {
            return this == VPC_CNI_IPV6 ? IpFamily.IPV6 : IpFamily.IPV4;
        }

        /** Whether pods have addresses of Cilium, and not of the VPC CNI. */
        boolean cilium() {
            return this == OVERLAY || this == ENI;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    NewClusterOptions {
        Objects.requireNonNull(to);
        name.filter(text -> !text.matches("[0-9A-Za-z][A-Za-z0-9_-]{0,99}")).ifPresent(text -> {
            throw new IllegalArgumentException(
                    "name begins with a letter or a digit and has letters, digits, - and _ alone, at most 100");
        });
        Objects.requireNonNull(network);
        operatorRole
                .filter(role -> !role.matches("arn:aws[a-z-]*:iam::[0-9]{12}:role/\\S+"))
                .ifPresent(role -> {
                    throw new IllegalArgumentException("operatorRole is the ARN of an IAM role");
                });
        Objects.requireNonNull(podCidr);
        Objects.requireNonNull(ciliumVersion);
        Objects.requireNonNull(chart);
        Objects.requireNonNull(controllerChart);
        Objects.requireNonNull(imageRegistry);
        Objects.requireNonNull(workloads);
        Objects.requireNonNull(trust);
        Objects.requireNonNull(shift);
        require("soak", soak);
        require("hold", hold);
        boolean cilium = !(ciliumVersion.equals(CiliumVersion.newest()) && chart.isEmpty() && imageRegistry.isEmpty());
        if (to.isPresent()) {
            requireUnsaid("name", name.isPresent());
            requireUnsaid("network", network != Network.OVERLAY);
            requireUnsaid("operatorRole", operatorRole.isPresent());
            requireUnsaid("podCidr", !podCidr.equals(Cidr.parse("10.245.0.0/16")));
            // a mesh takes the first cluster's chart too
            boolean chartOnly = ciliumVersion.equals(CiliumVersion.newest()) && imageRegistry.isEmpty();
            requireUnsaid("ciliumVersion, chart or imageRegistry", cilium && !(mesh && chartOnly));
            requireUnsaid("controllerChart", controllerChart.isPresent());
            requireUnsaid("deleteGreen", !deleteGreen);
        }
        requireFor(network == Network.OVERLAY, network, "podCidr", !podCidr.equals(Cidr.parse("10.245.0.0/16")));
        requireFor(network.cilium(), network, "ciliumVersion, chart or imageRegistry", cilium);
    }

    /** Name of a second cluster that the plan makes after that one. */
    String made(String first) {
        return name.orElse(first + "-green");
    }

    private static void requireFor(boolean used, Network network, String option, boolean said) {
        if (said && !used) {
            throw new IllegalArgumentException(option + " has no effect with network=" + network);
        }
    }

    /** An option without effect is a plan that somebody takes for another one. */
    private static void requireUnsaid(String option, boolean said) {
        if (said) {
            throw new IllegalArgumentException(
                    option + " is for a second cluster that the plan makes, and with to it makes none");
        }
    }

    private static void require(String name, Duration time) {
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " is from 0 to " + LONGEST.toSeconds() + " seconds");
        }
    }
}

package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.roll.Fleet;
import io.cnishift.api.roll.MaxPodsRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The VPC CNI of a second cluster: an add-on, set as the first cluster has it, that is there before any group is. */
record AddonCni(SecondSite site) {

    private static final String CUSTOM = "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG";

    /** Variables that name the first cluster or that EKS sets by cluster and version. */
    private static final Set<String> OF_THE_CLUSTER =
            Set.of("CLUSTER_ENDPOINT", "CLUSTER_NAME", "ENABLE_IPv4", "ENABLE_IPv6", "VPC_CNI_VERSION", "VPC_ID");

    Step step(MakeAddons.Wanted addon) {
        return StepDraft.of(
                "make-network",
                new MakeAddons(List.of(addon), false),
                SecondDraft.BEFORE_NODES,
                List.of(StepDraft.SECOND),
                SecondDraft.GOES_WITH_IT);
    }

    /** As the first cluster has it, but for its variables. */
    MakeAddons.Wanted addon(Map<String, String> env) {
        Optional<Addon> like = like();
        Map<String, Object> configuration =
                new LinkedHashMap<>(like.map(Addon::configuration).orElse(Map.of()));
        configuration.put("env", env);
        return new MakeAddons.Wanted(
                SecondDraft.VPC_CNI,
                like.map(Addon::version).orElse(""),
                configuration,
                like.flatMap(Addon::serviceAccountRole));
    }

    Optional<Addon> like() {
        return site.first().addon(SecondDraft.VPC_CNI);
    }

    /** What was set for aws-node, by the add-on's configuration or past it; of one that is no add-on, all it runs with. */
    Map<String, String> env() {
        Map<String, String> env = new TreeMap<>();
        VpcCni.of(site.first()).ifPresent(cni -> env.putAll(cni.addon() ? VpcCni.held(site.first()) : cni.env()));
        like().map(a -> Tree.strings(a.configuration(), "env"))
                .ifPresent(configured -> configured.forEach(env::putIfAbsent));
        env.keySet().removeAll(OF_THE_CLUSTER);
        return env;
    }

    /** Its pods get no network before it has its role. */
    List<PodIdentity> identities() {
        return site.first().get(Part.POD_IDENTITIES, PodIdentity.class, "kube-system/aws-node").stream()
                .toList();
    }

    /** Pods that the weakest type of a group admits, as many as its nodes do now where no type is known. */
    int fewest(NodeGroup group, Function<InstanceLimits, OptionalInt> admitted) {
        return limits(group)
                .map(admitted)
                .filter(OptionalInt::isPresent)
                .mapToInt(OptionalInt::getAsInt)
                .min()
                .orElseGet(() -> MaxPodsRule.unchanged(group, site.nodes(group)));
    }

    private Stream<InstanceLimits> limits(NodeGroup group) {
        return Stream.concat(
                        group.instanceTypes().stream(),
                        site.nodes(group).stream().map(Node::instanceType))
                .distinct()
                .flatMap(type -> Fleet.limits(type).stream());
    }

    /** Whose rights it has is not known where the first one is no add-on, unless an association says so. */
    Optional<Finding> rights() {
        return VpcCni.of(site.first())
                .filter(cni -> !cni.addon() && identities().isEmpty())
                .map(cni -> Code.CNI_RIGHTS.of(
                        "DaemonSet kube-system/aws-node of the second cluster",
                        "it acts with the role of its node; it is no add-on here, and whether its service account has a role is not read",
                        "see to it that the role of the nodes has AmazonEKS_CNI_Policy, and accept this; or give the service account its"
                                + " role by a Pod Identity association, which is made there too"));
    }

    /** What stands against blocks of addresses, whichever their family is. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (NodeGroup group : site.groups()) {
            limits(group)
                    .filter(l -> !l.prefixCapable())
                    .findFirst()
                    .ifPresent(l -> findings.add(Code.NOT_MADE.of(
                            "node group " + group.name(),
                            l.type() + " is not built on nitro, and its interfaces take no blocks of addresses",
                            "give it other instance types, or choose another network")));
        }
        if ("true".equalsIgnoreCase(env().get(CUSTOM))
                || VpcCni.of(site.first()).filter(cni -> cni.on(CUSTOM)).isPresent()) {
            findings.add(Code.NOT_MADE.of(
                    "add-on " + SecondDraft.VPC_CNI,
                    CUSTOM
                            + " is set: pods have subnets by ENIConfig, which this version does not make in a second cluster",
                    "make a second cluster with them, and name it with to=eks:NAME; or choose another network"));
        }
        return findings;
    }
}

package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.capacity.Holding;
import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.MaxPods;
import io.cnishift.api.capacity.PodMode;
import io.cnishift.api.capacity.WarmPool;
import io.cnishift.api.capacity.WarmPoolSettings;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.plan.Count;
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
import java.util.stream.Stream;

/** The VPC CNI with blocks of 16 addresses from the first node on: the add-on is there before any group is. */
record PrefixNetwork(SecondSite site) implements SecondNetwork {

    private static final PodMode MODE = PodMode.PREFIX_DELEGATION;
    private static final String CUSTOM = "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG";
    private static final Map<String, String> BLOCKS =
            Map.of("ENABLE_PREFIX_DELEGATION", "true", "WARM_PREFIX_TARGET", "1");

    /** Variables that name the first cluster or that EKS sets by cluster and version. */
    private static final Set<String> OF_THE_CLUSTER =
            Set.of("CLUSTER_ENDPOINT", "CLUSTER_NAME", "ENABLE_IPv4", "ENABLE_IPv6", "VPC_CNI_VERSION", "VPC_ID");

    @Override
    public Step step() {
        return StepDraft.of(
                "make-network",
                new MakeAddons(addon().stream().toList(), false),
                SecondDraft.BEFORE_NODES,
                List.of(StepDraft.SECOND),
                SecondDraft.GOES_WITH_IT);
    }

    @Override
    public Optional<Release> release() {
        return Optional.empty();
    }

    /** As the first cluster has it, but for the variables of blocks. */
    @Override
    public Optional<MakeAddons.Wanted> addon() {
        Optional<Addon> like = site.first().addon(SecondDraft.VPC_CNI);
        Map<String, Object> configuration =
                new LinkedHashMap<>(like.map(Addon::configuration).orElse(Map.of()));
        configuration.put("env", env());
        return Optional.of(new MakeAddons.Wanted(
                SecondDraft.VPC_CNI,
                like.map(Addon::version).orElse(""),
                configuration,
                like.flatMap(Addon::serviceAccountRole)));
    }

    /** What was set for aws-node, by the add-on's configuration or past it; of one that is no add-on, all it runs with. */
    private Map<String, String> env() {
        Map<String, String> env = new TreeMap<>();
        VpcCni.of(site.first()).ifPresent(cni -> env.putAll(cni.addon() ? setPastIt(cni) : cni.env()));
        site.first()
                .addon(SecondDraft.VPC_CNI)
                .map(a -> Tree.strings(a.configuration(), "env"))
                .ifPresent(configured -> configured.forEach(env::putIfAbsent));
        env.keySet().removeAll(OF_THE_CLUSTER);
        env.putAll(BLOCKS);
        return env;
    }

    private Map<String, String> setPastIt(VpcCni cni) {
        Map<String, String> absent = new TreeMap<>(cni.env());
        absent.replaceAll((name, value) -> "");
        return VpcCni.kept(site.first(), absent);
    }

    /** Its pods get no network before it has its role. */
    @Override
    public List<PodIdentity> identities() {
        return site.first().get(Part.POD_IDENTITIES, PodIdentity.class, "kube-system/aws-node").stream()
                .toList();
    }

    @Override
    public int maxPods(NodeGroup group) {
        return maxPodsByEks(group);
    }

    /** What the interfaces of the weakest type carry with blocks, but not above what AWS advises. */
    @Override
    public int maxPodsByEks(NodeGroup group) {
        return limits(group)
                .map(this::admitted)
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

    private OptionalInt admitted(InstanceLimits limits) {
        return MaxPods.recommended(limits, MODE, settings().maxEni().orElse(0));
    }

    private WarmPoolSettings settings() {
        return WarmPoolSettings.fromEnv(env());
    }

    @Override
    public int addresses(Node node) {
        return held(node).map(Holding::subnetAddresses).orElse(1);
    }

    /** Blocks of 16 that it takes. */
    private int blocks(Node node) {
        return held(node).map(Holding::prefixes).orElse(0);
    }

    private Optional<Holding> held(Node node) {
        int pods = Fleet.podsWithAddress(site.first(), node).size();
        return Fleet.limits(node.instanceType())
                .map(limits -> WarmPool.held(
                        settings().inMode(MODE),
                        limits,
                        pods,
                        Math.max(1, admitted(limits).orElse(node.maxPods()))));
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        AddressUse.ofNodeSubnets(site.first()).forEach(use -> blocks(use).ifPresent(findings::add));
        for (NodeGroup group : site.groups()) {
            limits(group)
                    .filter(l -> !l.prefixCapable())
                    .findFirst()
                    .ifPresent(l -> findings.add(Code.NOT_MADE.of(
                            "node group " + group.name(),
                            l.type() + " is not built on nitro, and its interfaces take no blocks of addresses",
                            "give it other instance types, or choose another network")));
        }
        VpcCni.of(site.first())
                .filter(cni -> !cni.addon() && identities().isEmpty())
                .ifPresent(cni -> findings.add(Code.CNI_RIGHTS.of(
                        "DaemonSet kube-system/aws-node of the second cluster",
                        "it acts with the role of its node; it is no add-on here, and whether its service account has a role is not read",
                        "see to it that the role of the nodes has AmazonEKS_CNI_Policy, and accept this; or give the service account its"
                                + " role by a Pod Identity association, which is made there too")));
        boolean runsCustom =
                VpcCni.of(site.first()).filter(cni -> cni.on(CUSTOM)).isPresent();
        if (runsCustom || settings().customNetworking()) {
            findings.add(Code.NOT_MADE.of(
                    "add-on " + SecondDraft.VPC_CNI,
                    CUSTOM
                            + " is set: pods have subnets by ENIConfig, which this version does not make in a second cluster",
                    "make a second cluster with them, and name it with to=eks:NAME; or choose another network"));
        }
        return findings;
    }

    private Optional<Finding> blocks(AddressUse use) {
        int needed = site.first().nodes().stream()
                .filter(n -> site.first()
                        .instanceOf(n)
                        .filter(i -> i.subnet().equals(use.subnet().id()))
                        .isPresent())
                .mapToInt(this::blocks)
                .sum();
        OptionalInt free = use.subnet().freePrefixBlocks();
        if (needed == 0 || free.orElse(0) >= needed) {
            return Optional.empty();
        }
        return Optional.of(
                free.isEmpty()
                        ? Code.UNKNOWN.of(
                                "subnet " + use.subnet().id(),
                                "its free /28 blocks are not read, and nodes of the second cluster need " + needed,
                                "read the cluster again with the IAM action ec2:DescribeNetworkInterfaces allowed")
                        : Code.NO_BLOCKS.of(
                                "subnet " + use.subnet().id(),
                                use.subnet().cidr() + " has "
                                        + Count.of(free.getAsInt(), "free /28 block", "free /28 blocks")
                                        + ", and nodes of the second cluster need " + needed,
                                "choose network=overlay, which takes none, or give the groups subnets with more room"));
    }
}

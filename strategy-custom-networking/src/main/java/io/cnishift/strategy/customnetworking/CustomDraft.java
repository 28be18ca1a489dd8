package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Finding;
import io.cnishift.api.Request;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.PodMode;
import io.cnishift.api.capacity.WarmIps;
import io.cnishift.api.capacity.WarmPoolSettings;
import io.cnishift.api.cluster.EniConfig;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.plan.Gate;
import io.cnishift.api.roll.RollDraft;
import io.cnishift.api.roll.RollSite;
import io.cnishift.api.roll.RollWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What custom networking changes on one cluster: a subnet and an ENIConfig for each zone, variables of aws-node, and every node.
 *
 * <p>aws-node cannot be told apart by node, so old nodes change their mode too when it starts anew: pods keep their addresses, the
 * first interface gives none to new pods, and further interfaces are made in the pod subnets.
 *
 * @param pods the block and the subnets
 * @param env variables of aws-node that are to differ
 * @param mode how new nodes get their addresses: in blocks where that is wished for, or is so already
 * @param old what old nodes take meanwhile
 * @param roll the nodes that are replaced, for old ones keep the addresses that they hold
 */
record CustomDraft(
        CustomNetworkingOptions options,
        PodSubnets pods,
        Map<String, String> env,
        PodMode mode,
        OldNodes old,
        RollDraft roll) {

    static final String ID = "custom-networking";
    static final String ENABLE = "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG";
    private static final String LABEL = "ENI_CONFIG_LABEL_DEF";
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final String SNAT = "AWS_VPC_K8S_CNI_EXTERNALSNAT";
    private static final String DOCUMENTED = "https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network.html";

    private static final Gate AFTER_EACH_GROUP =
            new Gate(List.of("POD-SUBNETS", "VPC-CNI-SETTLED", "DNS-READY", "SERVICES-SERVE"), 2);

    private static final RollWords WORDS = new RollWords(
            "the first interface of a node carries no pods any more, and kubelet's limit is set when a node starts",
            "EKS reckons max-pods of a group when it is made; its nodes take pod addresses from the pod subnets alone",
            "its nodes take pod addresses from the pod subnets alone",
            "a node keeps the addresses of its subnet that it holds until it goes; each is replaced, none converted",
            "an old group that launches a node meanwhile makes one that has to be replaced again; a new one that evens out its"
                    + " zones ends a node undrained",
            "an empty group whose nodes would admit more pods than their interfaces carry",
            "what was held while nodes were replaced gets its recorded value back",
            "while nodes are replaced",
            "admit as many pods as their interfaces carry",
            "as it is, with addresses of its own subnet",
            DOCUMENTED);

    static CustomDraft of(Request request) {
        CustomNetworkingOptions options = request.options(CustomNetworkingOptions.class);
        View view = request.view();
        PodSubnets pods = VpcCni.of(view)
                .filter(cni -> cni.on(ENABLE))
                .flatMap(cni -> MadeSubnets.of(view, options))
                .orElseGet(() -> PodBlock.choose(request, options.podCidr()));
        Map<String, String> then =
                new TreeMap<>(VpcCni.of(view).map(VpcCni::env).orElse(Map.of()));
        Map<String, String> wanted = wanted(options, WarmPoolSettings.fromEnv(then));
        Map<String, String> changed = new TreeMap<>(wanted);
        changed.entrySet().removeIf(e -> e.getValue().equals(then.get(e.getKey())));
        then.putAll(wanted);
        WarmPoolSettings settings = WarmPoolSettings.fromEnv(then);
        PodMode mode = settings.prefixDelegation() ? PodMode.CUSTOM_NETWORKING_PREFIX : PodMode.CUSTOM_NETWORKING;
        RollSite site = new RollSite(
                request,
                options,
                new VpcCniNodes(view, ID, mode, settings, options.maxPods(), pods.block(), AFTER_EACH_GROUP, WORDS));
        OldNodes old = OldNodes.of(site, settings);
        return new CustomDraft(options, pods, changed, mode, old, RollDraft.of(site, old.addresses()));
    }

    boolean prefixes() {
        return mode == PodMode.CUSTOM_NETWORKING_PREFIX;
    }

    /** The blocks of pod subnets that are there; those that are made are whole. */
    BlockRoom blocks() {
        ServedNodes then = ServedNodes.of(view()).replacedBy(roll);
        SortedMap<String, BlockRoom.Need> needed = new TreeMap<>();
        if (prefixes()) {
            pods.there().forEach((zone, cidr) -> {
                List<ServedNodes.Member> nodes = then.members().stream()
                        .filter(m -> then.successors().containsKey(m.node().name()))
                        .filter(m -> m.instance().availabilityZone().equals(zone))
                        .toList();
                int blocks = nodes.stream()
                        .mapToInt(m -> then.held(m, mode).prefixes())
                        .sum();
                view().subnets().stream()
                        .filter(s -> s.cidr().equals(cidr))
                        .forEach(s -> needed.put(s.id(), new BlockRoom.Need(nodes.size(), blocks)));
            });
        }
        return BlockRoom.of(roll.site().request(), options.reserve(), needed);
    }

    private static Map<String, String> wanted(CustomNetworkingOptions options, WarmPoolSettings now) {
        Map<String, String> env = new TreeMap<>(Map.of(ENABLE, "true", LABEL, ZONE));
        if (options.prefixes()) {
            env.put("ENABLE_PREFIX_DELEGATION", "true");
            if (now.warmPrefix().orElse(0) < 1) {
                env.put("WARM_PREFIX_TARGET", "1");
            }
        }
        if (options.snat() != VpcCniTuningOptions.Snat.KEEP) {
            env.put(SNAT, String.valueOf(options.snat() == VpcCniTuningOptions.Snat.EXTERNAL));
        }
        return env;
    }

    /** Whether pods get addresses by ENIConfigs already, and no earlier run left nodes that can be replaced now. */
    boolean inForce() {
        String label = roll.site().newNodes().label();
        boolean begun = view().nodes().stream().anyMatch(n -> n.labels().containsKey(label));
        return VpcCni.of(view()).filter(cni -> cni.on(ENABLE)).isPresent()
                && !(begun && roll.site().nodes().stream().anyMatch(n -> !roll.remains(n)));
    }

    /** The warm targets as they are, empty where one is not set. */
    Map<String, String> targets() {
        Map<String, String> now = VpcCni.of(view()).map(VpcCni::env).orElse(Map.of());
        Map<String, String> targets = new TreeMap<>();
        WarmIps.LOWERED.keySet().forEach(name -> targets.put(name, now.getOrDefault(name, "")));
        return targets;
    }

    /** Whether the network outside translates the addresses of pods, once the plan is through. */
    boolean external() {
        return Boolean.parseBoolean(env.getOrDefault(
                SNAT,
                VpcCni.of(view())
                        .map(cni -> cni.env().getOrDefault(SNAT, "false"))
                        .orElse("false")));
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(pods.findings());
        findings.addAll(pods.obstacles());
        findings.addAll(blocks().findings());
        names().forEach(findings::add);
        findings.addAll(KarpenterCounts.findings(view()));
        findings.addAll(PodGroups.findings(roll.site().request(), options.securityGroups()));
        pods.block().ifPresent(block -> {
            findings.addAll(PodNetwork.rules(view(), block));
            findings.addAll(new PodAcls(view(), pods, block).findings());
        });
        if (external()) {
            PodSubnets.publicNodeSubnets(view()).forEach(s -> findings.add(Code.noNat(s)));
        }
        return findings;
    }

    /** What would lead a node to another ENIConfig than that of its zone, or already has the name of one. */
    private Stream<Finding> names() {
        Stream<Finding> groups = roll.groups().stream()
                .filter(g -> g.old().labels().containsKey(EniConfig.EXTERNAL)
                        || g.nodes().stream().anyMatch(n -> n.labels().containsKey(EniConfig.EXTERNAL)))
                .map(g -> Code.ENI_CONFIG_NAME.of(
                        "node group " + g.name(),
                        "its nodes carry label " + EniConfig.EXTERNAL
                                + ", which names their ENIConfig before their zone does",
                        "take the label from the group, from what its user data gives nodes, and from the nodes"));
        Stream<Finding> nodes = view().nodes().stream()
                .filter(n -> n.annotations().containsKey(annotation()))
                .map(Node::name)
                .map(name -> Code.ENI_CONFIG_ANNOTATED.of(
                        "node " + name,
                        "its annotation " + annotation() + " names an ENIConfig before its zone does",
                        "find out who sets it, for new nodes may get it too"));
        Map<String, Cidr> shares = pods.toMake();
        Stream<Finding> taken = view().all(Part.ENI_CONFIGS, EniConfig.class).stream()
                .filter(c -> shares.containsKey(c.name()))
                .map(c -> Code.ENI_CONFIG_EXISTS.of(
                        "ENIConfig " + c.name(),
                        "it names subnet " + c.subnet() + ", and the plan makes one of that name",
                        "delete it if nothing uses it"));
        return Stream.of(groups, nodes, taken).flatMap(s -> s);
    }

    private String annotation() {
        return VpcCni.of(view())
                .flatMap(cni -> Optional.ofNullable(cni.env().get("ENI_CONFIG_ANNOTATION_DEF")))
                .orElse(EniConfig.NAMING);
    }

    private View view() {
        return roll.site().view();
    }
}

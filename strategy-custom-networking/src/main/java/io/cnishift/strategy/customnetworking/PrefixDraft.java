package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Request;
import io.cnishift.api.capacity.MaxPods;
import io.cnishift.api.capacity.PodMode;
import io.cnishift.api.capacity.WarmPoolSettings;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.plan.Gate;
import io.cnishift.api.roll.AddressDraft;
import io.cnishift.api.roll.AddressDraft.Claim;
import io.cnishift.api.roll.Fleet;
import io.cnishift.api.roll.RollDraft;
import io.cnishift.api.roll.RollSite;
import io.cnishift.api.roll.RollWords;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What prefix delegation changes on one cluster: variables of aws-node, and every node.
 *
 * <p>aws-node cannot be told apart by node, so old nodes change their mode too when it starts anew: they give free single
 * addresses back and take blocks for the next pods. What they take by that no new node finds in the subnet.
 *
 * @param options what the user chose
 * @param env variables of aws-node as they are wanted
 * @param roll the nodes that are replaced, for pods of one node are not to have addresses of both kinds
 */
record PrefixDraft(PrefixDelegationOptions options, Map<String, String> env, RollDraft roll) {

    static final String ID = "prefix-delegation";
    static final String ENABLE = "ENABLE_PREFIX_DELEGATION";
    private static final String WARM = "WARM_PREFIX_TARGET";
    private static final String DOCUMENTED =
            "https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html";

    private static final Gate AFTER_EACH_GROUP =
            new Gate(List.of("VPC-CNI-SETTLED", "DNS-READY", "SERVICES-SERVE", "PREFIXES-HELD"), 2);

    private static final RollWords WORDS = new RollWords(
            "kubelet's limit is set when a node starts",
            "EKS reckons max-pods of a group when it is made; its nodes take blocks from their first pod on",
            "its nodes take blocks from their first pod on",
            "single addresses that pods of a node have keep blocks off its interfaces; each node is replaced, none converted",
            "an old group that launches a node meanwhile makes one that has to be replaced again; a new one that evens out its"
                    + " zones ends a node undrained",
            "an empty group whose nodes would admit fewer pods",
            "what was held while nodes were replaced gets its recorded value back",
            "while nodes are replaced",
            "admit more pods",
            "as it is, with single addresses among its blocks",
            DOCUMENTED);

    static PrefixDraft of(Request request) {
        PrefixDelegationOptions options = request.options(PrefixDelegationOptions.class);
        View view = request.view();
        Map<String, String> env =
                new TreeMap<>(Map.of(ENABLE, "true", WARM, String.valueOf(options.warmPrefixTarget())));
        Map<String, String> then =
                new TreeMap<>(VpcCni.of(view).map(VpcCni::env).orElse(Map.of()));
        then.putAll(env);
        WarmPoolSettings settings = WarmPoolSettings.fromEnv(then);
        RollSite site = new RollSite(
                request,
                options,
                new VpcCniNodes(
                        view,
                        ID,
                        PodMode.PREFIX_DELEGATION,
                        settings,
                        options.maxPods(),
                        Optional.empty(),
                        AFTER_EACH_GROUP,
                        WORDS));
        return new PrefixDraft(options, env, RollDraft.of(site, AddressDraft.after(site, claims(site, settings))));
    }

    /** Whether aws-node gives blocks already, and nodes admit as many pods as new ones would. */
    boolean inForce() {
        return VpcCni.of(roll.site().view()).filter(cni -> cni.on(ENABLE)).isPresent()
                && roll.groups().stream().allMatch(g -> g.nodes().stream().allMatch(n -> n.maxPods() >= g.maxPods()));
    }

    /** Whether spare blocks are asked for while the VPC CNI counts spare addresses and leaves blocks out. */
    boolean countsAddresses() {
        return options.warmPrefixTarget() > 1
                && VpcCni.of(roll.site().view())
                        .filter(cni -> WarmPoolSettings.fromEnv(cni.env()).ipTargets())
                        .isPresent();
    }

    /** The blocks of the node subnets. */
    BlockRoom blocks() {
        SortedMap<String, BlockRoom.Need> needed = new TreeMap<>();
        AddressUse.ofNodeSubnets(roll.site().view())
                .forEach(use -> needed.put(
                        use.subnet().id(),
                        new BlockRoom.Need(
                                use.nodes(), blocksNeeded(use.subnet().id()))));
        return BlockRoom.of(roll.site().request(), options.reserve(), needed);
    }

    /** Blocks that a subnet must have: for all new nodes in the end, and for the first one beside what old nodes take meanwhile. */
    private int blocksNeeded(String subnet) {
        IntSummaryStatistics successors = roll.site().fleet().nodesIn(subnet).stream()
                .mapToInt(roll.site().newNodes()::blocks)
                .summaryStatistics();
        int meanwhile =
                roll.addresses().claims().getOrDefault(subnet, new Claim(0, 0)).blocks();
        return successors.getCount() == 0 ? 0 : Math.max((int) successors.getSum(), meanwhile + successors.getMax());
    }

    /** By subnet, what old nodes take when aws-node starts anew. */
    private static Map<String, Claim> claims(RollSite site, WarmPoolSettings settings) {
        boolean on = VpcCni.of(site.view()).filter(cni -> cni.on(ENABLE)).isPresent();
        Map<String, Claim> claims = new TreeMap<>();
        for (Node node : site.nodes()) {
            site.view()
                    .instanceOf(node)
                    .ifPresent(instance -> claims.merge(
                            instance.subnet(),
                            on ? new Claim(0, 0) : claim(site.view(), node, settings),
                            (a, b) -> new Claim(a.addresses() + b.addresses(), a.blocks() + b.blocks())));
        }
        return claims;
    }

    /** Pods keep their single addresses, interfaces stay; where these leave no slot for a block, there is one interface more. */
    private static Claim claim(View view, Node node, WarmPoolSettings settings) {
        List<NetworkInterface> interfaces = view.instanceOf(node).stream()
                .flatMap(i -> view.interfacesIn(i.subnet()).stream()
                        .filter(n -> n.instance().filter(i.id()::equals).isPresent()))
                .toList();
        int held = interfaces.stream().mapToInt(i -> i.addresses().size()).sum();
        int pods = Fleet.podsWithAddress(view, node).size();
        int spare = settings.ipTargets()
                ? Math.max(settings.warmIp().orElse(0), settings.minimumIp().orElse(0))
                : MaxPods.PER_PREFIX * settings.warmPrefix().orElse(1);
        int blocks = Math.max(1, (spare + MaxPods.PER_PREFIX - 1) / MaxPods.PER_PREFIX);
        int slots = Fleet.limits(node.instanceType())
                .map(l -> l.slotsPerEni() * interfaces.size())
                .orElse(0);
        int more = pods + blocks > slots ? 1 : 0;
        return new Claim(pods + interfaces.size() + more + MaxPods.PER_PREFIX * blocks - held, blocks);
    }
}

package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.util.List;

/** The behaviours of the CNIs. */
public final class CniBehaviours {

    private CniBehaviours() {}

    /** Lets the world of a second cluster know what is not a cluster's own, once both are filled. */
    public static void share(Kernel first, Kernel second) {
        OperatorRights.share(first, second);
    }

    /** All of them, in the order of installation, for one world; the store must be filled before. */
    public static List<Behaviour> all() {
        return List.of(
                new ConfOrder(),
                new OwnNetworking(),
                new AwsCniPlugin(),
                new CiliumPlugin(),
                new EndpointsGone(),
                new BranchInterfaces(),
                new NodeGoneFromCni(),
                new Opening(),
                new KubeProxies(),
                new Ipamd(),
                new AwsNodes(),
                new EniConfigNeeded(),
                new Ipv6Rights(),
                new Ipv6NeedsPrefixes(),
                new Ipv4Listeners(),
                new StalePolicyEndpoints(),
                new Trunks(),
                new IpamdEnds(),
                new ApiServerAccess(),
                new PodCidrNeeded(),
                new EniOwnAddresses(),
                new EniSharedInterfaces(),
                new EniAddressesNeeded(),
                new MasqueradeNeedsReplacement(),
                new MasqueradeOffFatal(),
                new SchemeInServiceHost(),
                new AwsRulesRemoval(),
                new CiliumConf(),
                new StaleConflist(),
                new KubeProxyReplacement(),
                new CiliumAgents(),
                new PodCidrs(),
                new EniIpam(),
                new OperatorVariant(),
                new OperatorRights(),
                new AgentTaint(),
                new UnmanagedPodWatcher(),
                new LostPodGroups(),
                new HelmReleases());
    }
}

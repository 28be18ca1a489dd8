package io.cnishift.simulator.aws;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.util.List;

/** The behaviours of AWS. */
public final class AwsBehaviours {

    private AwsBehaviours() {}

    /** Lets the world of a second cluster know what is not a cluster's own, once both are filled. */
    public static void share(Kernel first, Kernel second) {
        TemplateJoins.share(first, second);
        AddonSoftware.share(first, second);
    }

    /** All of them, in the order of installation, for one world. */
    public static List<Behaviour> all() {
        return List.of(
                new AwsApi(),
                new SubnetSize(),
                new PrefixBlocks(),
                new ReservedCapacity(),
                new NodeQuota(),
                new AutoScaling(),
                new AzRebalance(),
                new Karpenter(),
                new KarpenterDrift(),
                new NodeJoin(),
                new KubeletMaxPods(),
                new NodeGone(),
                new InstancePower(),
                new ReplaceUnhealthy(),
                new AwsFaults(),
                new Ipv6Nodes(),
                new SpotInterruptions(),
                new ManagedSpot(),
                new KarpenterInterruption(),
                new GroupApi(),
                new GroupLifeApi(),
                new TemplateApi(),
                new SecurityGroupApi(),
                new VpcBlocks(),
                new SubnetApi(),
                new ReservationApi(),
                new ClusterLifeApi(),
                new PodIdentityApi(),
                new AccessEntryApi(),
                new TrustApi(),
                new UntrustedIssuer(),
                new AddonApi(),
                new AddonPreserves(),
                new AddonDrift(),
                new DnsApi());
    }
}

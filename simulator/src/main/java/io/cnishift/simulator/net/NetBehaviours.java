package io.cnishift.simulator.net;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.util.List;

/** The behaviours of the network: first who can be asked, then what stands in the way, in this order. */
public final class NetBehaviours {

    private NetBehaviours() {}

    /** Lets the networks of two clusters in one VPC meet, as far as they do. */
    public static void share(Kernel first, Kernel second) {
        ClusterMesh.share(first, second);
    }

    /** All of them, in the order of installation, for one world. */
    public static List<Behaviour> all() {
        return List.of(
                new Reach(),
                new HostPower(),
                new ServiceTranslation(),
                new OverlayOutsideVpc(),
                new NewBlockRecognition(),
                new TunnelEnds(),
                new UnmanagedPods(),
                new CrossCniRoutes(),
                new BranchRoutes(),
                new TunnelPort(),
                new PathMtu(),
                new Masquerade(),
                new NetworkAcls(),
                new SecurityGroups(),
                new ImdsHopLimit(),
                new PodIdentityAgent(),
                new InternetEgress(),
                new ImagePull(),
                new ClusterMesh());
    }
}

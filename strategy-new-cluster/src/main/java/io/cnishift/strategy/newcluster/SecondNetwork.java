package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.Request;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.Release;
import java.util.List;
import java.util.Optional;

/** What gives pods of a second cluster that the plan makes their addresses: what is installed for it, and what its nodes are like with it. */
interface SecondNetwork {

    /** The one that the options name. */
    static SecondNetwork of(Request request) {
        SecondSite site = SecondSite.of(request);
        return switch (site.options().network()) {
            case OVERLAY -> new OverlayNetwork(site);
            case ENI -> new EniNetwork(site);
            case VPC_CNI_PREFIX -> new PrefixNetwork(site);
            case VPC_CNI_IPV6 -> new Ipv6Network(site);
        };
    }

    /** Installs it, before there are nodes. */
    Step step();

    /** Cilium's release, where it is one. */
    Optional<Release> release();

    /** The add-on vpc-cni, where it is one. */
    Optional<MakeAddons.Wanted> addon();

    /** Roles that it acts with, which nodes must not wait for. */
    List<PodIdentity> identities();

    /** Pods that a node of the group admits where its user data says so. */
    int maxPods(NodeGroup group);

    /** The same where EKS says so: it has no launch template, or one that is not used. */
    int maxPodsByEks(NodeGroup group);

    /** Addresses that a node with the pods of this one takes from its subnet, its own included. */
    int addresses(Node node);

    /** What stands against it. */
    List<Finding> findings();
}

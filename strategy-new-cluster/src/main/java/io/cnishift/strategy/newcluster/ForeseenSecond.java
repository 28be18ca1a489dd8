package io.cnishift.strategy.newcluster;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Cluster.IpFamily;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A cluster that is still to be made, as what is copied to it will find it. */
final class ForeseenSecond {

    /** From these addresses EKS takes the Services of an IPv6 cluster. */
    private static final Cidr UNIQUE_LOCAL = Cidr.parse("fc00::/7");

    private ForeseenSecond() {}

    /** After the first one, with Services of that range, where it has one of its own, and with that release as its network, or with the VPC CNI. */
    static View of(
            View first,
            String name,
            IpFamily family,
            Optional<Cidr> services,
            Instant takenAt,
            Optional<Release> network) {
        List<Resource> resources = new ArrayList<>();
        Cluster like = cluster(first.cluster(), name);
        Cidr range = family == like.ipFamily() ? services.orElse(like.serviceCidr()) : UNIQUE_LOCAL;
        resources.add(like.with(family, range));
        resources.add(first.vpc());
        // nodes and add-ons are made after those of the first cluster
        resources.addAll(first.nodes());
        first.all(Part.ADDONS, Addon.class).stream()
                .filter(a -> network.isEmpty() || !a.name().equals(SecondDraft.VPC_CNI))
                .forEach(resources::add);
        first.workloads().stream()
                .filter(w -> w.owner().kind() == Owner.Kind.EKS_ADDON)
                .forEach(resources::add);
        BalancerController.of(first)
                .flatMap(c -> first.get(Part.WORKLOADS, Workload.class, c.workload()))
                .ifPresent(resources::add);
        network.ifPresent(resources::add);
        return View.of(ClusterSnapshot.of("new:" + name, takenAt, resources, List.of()));
    }

    private static Cluster cluster(Cluster like, String name) {
        return new Cluster(
                name,
                like.arn().replaceFirst("cluster/.*$", "cluster/" + name),
                like.account(),
                like.region(),
                like.kubernetesVersion(),
                "CREATING",
                "",
                like.publicEndpoint(),
                like.privateEndpoint(),
                like.serviceCidr(),
                like.ipFamily(),
                like.authenticationMode(),
                false,
                false,
                List.of(),
                like.controlPlaneSubnets(),
                "",
                like.vpcId(),
                "",
                Optional.empty(),
                false,
                Map.of(),
                OptionalInt.empty());
    }
}

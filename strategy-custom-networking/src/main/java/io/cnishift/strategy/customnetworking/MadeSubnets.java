package io.cnishift.strategy.customnetworking;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.EniConfig;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Vpc;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The subnets that pods have from an earlier run, as the ENIConfigs of the zones name them. */
final class MadeSubnets {

    private MadeSubnets() {}

    /** Empty unless every zone of nodes has an ENIConfig such as a plan makes, and all their subnets lie in one block. */
    static Optional<PodSubnets> of(View view, CustomNetworkingOptions options) {
        SortedMap<String, Cidr> there = new TreeMap<>();
        List<String> zones = PodSubnets.zones(view);
        for (String zone : zones) {
            view.get(Part.ENI_CONFIGS, EniConfig.class, zone)
                    .filter(c -> c.securityGroups().equals(options.securityGroups()))
                    .flatMap(c -> view.subnet(c.subnet()))
                    .filter(s -> s.availabilityZone().equals(zone))
                    .map(Subnet::cidr)
                    .ifPresent(cidr -> there.put(zone, cidr));
        }
        return zones.isEmpty() || there.size() < zones.size()
                ? Optional.empty()
                : view.vpc().cidrs().stream()
                        .filter(b -> b.state().equals("associated"))
                        .map(Vpc.CidrBlock::cidr)
                        .filter(b -> options.podCidr().stream().allMatch(b::equals))
                        .filter(b -> there.values().stream().allMatch(b::contains))
                        .findFirst()
                        .map(b -> new PodSubnets(view, Optional.of(b), true, there, List.of()));
    }
}

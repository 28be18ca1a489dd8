package io.cnishift.engine.step;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import java.util.Optional;
import java.util.stream.Collectors;

/** Subnets from which nodes take addresses for pods, and who still has some of them. */
final class PodSubnets {

    private PodSubnets() {}

    /** The subnet of that block; a VPC has one at most. */
    static Optional<Subnet> at(View view, Cidr cidr) {
        return view.subnets().stream().filter(s -> s.cidr().equals(cidr)).findFirst();
    }

    /** Names of all that has a network interface in it; empty when nothing has. */
    static Optional<String> users(View view, Subnet subnet) {
        return named(view, subnet, false);
    }

    /** Names of the nodes that have an interface for pods in it besides their first one; empty when none has. */
    static Optional<String> nodes(View view, Subnet subnet) {
        return named(view, subnet, true);
    }

    private static Optional<String> named(View view, Subnet subnet, boolean secondary) {
        return Optional.of(view.interfacesIn(subnet.id()).stream()
                        .filter(i -> !secondary || secondary(view, i))
                        .map(i -> user(view, i))
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", ")))
                .filter(names -> !names.isEmpty());
    }

    private static boolean secondary(View view, NetworkInterface networkInterface) {
        return instance(view, networkInterface)
                .filter(i -> networkInterface.addresses().stream().noneMatch(i.privateAddress()::equals))
                .isPresent();
    }

    private static String user(View view, NetworkInterface networkInterface) {
        return instance(view, networkInterface)
                .map(i -> view.nodeOf(i).map(Node::name).orElse(i.id()))
                .orElse(networkInterface.id());
    }

    private static Optional<Instance> instance(View view, NetworkInterface networkInterface) {
        return networkInterface.instance().flatMap(id -> view.get(Part.INSTANCES, Instance.class, id));
    }
}

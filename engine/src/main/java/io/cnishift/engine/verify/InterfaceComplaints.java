package io.cnishift.engine.verify;

import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be wrong with the interfaces that the VPC CNI attaches to nodes. */
final class InterfaceComplaints {

    /** How ipamd describes what it makes. */
    private static final String OF_VPC_CNI = "aws-K8S-";

    private InterfaceComplaints() {}

    /** A node that holds single addresses for pods is one from before, or waits to be replaced; any other must hold a block. */
    static List<String> withoutPrefix(View view) {
        if (noPrefixes(view).isPresent()) {
            return List.of("aws-node does not delegate prefixes");
        }
        Set<String> served = view.all(Part.NETWORK_INTERFACES, NetworkInterface.class).stream()
                .filter(i -> !i.prefixes().isEmpty() || i.addresses().size() > 1)
                .flatMap(i -> i.instance().stream())
                .collect(Collectors.toSet());
        return view.nodes().stream()
                .filter(n -> n.linux() && n.ready())
                .filter(n ->
                        view.instanceOf(n).filter(i -> !served.contains(i.id())).isPresent())
                .map(n -> "Node " + n.name() + " holds no block of addresses")
                .toList();
    }

    static Optional<String> noPrefixes(View view) {
        return VpcCni.of(view).filter(cni -> cni.on("ENABLE_PREFIX_DELEGATION")).isPresent()
                ? Optional.empty()
                : Optional.of("aws-node gives single addresses here");
    }

    static List<String> stray(View view) {
        return view.all(Part.NETWORK_INTERFACES, NetworkInterface.class).stream()
                .filter(i -> i.description().startsWith(OF_VPC_CNI))
                .filter(i -> i.instance().isEmpty())
                .map(i -> "interface " + i.id() + " hangs on no node and keeps addresses of " + i.subnet())
                .toList();
    }
}

package io.cnishift.simulator.scenario.production;

import io.cnishift.api.capacity.WarmPool;
import io.cnishift.api.capacity.WarmPoolSettings;
import io.cnishift.api.cluster.NetworkInterface;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The interfaces of every node as ipamd holds them when its pool has settled, with a trunk, and which pod has which address.
 * Pods with security groups of their own have a branch interface each.
 */
final class Wiring {

    private static final WarmPoolSettings SETTINGS = WarmPoolSettings.fromEnv(Daemons.AWS_NODE);

    private final AddressPlan addresses;
    private final Map<String, String> byPod = new HashMap<>();

    Wiring(AddressPlan addresses, Map<Host, List<Placed>> pods) {
        this.addresses = addresses;
        pods.forEach(this::wire);
    }

    String address(Placed pod) {
        return pod.app().hostNetwork() ? pod.host().address() : byPod.getOrDefault(pod.key(), "");
    }

    private void wire(Host host, List<Placed> pods) {
        String subnet = AddressPlan.nodes(host.zone());
        List<Placed> fromPool = pods.stream()
                .filter(p -> !p.app().hostNetwork() && !p.app().branch())
                .toList();
        List<String> free = pool(host, subnet, fromPool.size());
        for (int i = 0; i < fromPool.size(); i++) {
            byPod.put(fromPool.get(i).key(), free.get(i));
        }
        if (host.limits().branchEnis() > 0) {
            addresses.attach(
                    subnet, "trunk", "aws-k8s-trunk-eni", Optional.of(host.instance()), 1, SecurityGroups.CLUSTER);
        }
        // a branch interface hangs on the trunk and not, as EC2 sees it, on the instance
        pods.stream()
                .filter(p -> p.app().branch())
                .forEach(p -> byPod.put(
                        p.key(),
                        addresses
                                .attach(
                                        subnet,
                                        "branch",
                                        "aws-k8s-branch-eni",
                                        Optional.empty(),
                                        1,
                                        SecurityGroups.LEDGER)
                                .addresses()
                                .get(0)));
    }

    /** Makes the interfaces that hold so many pods and the warm addresses; answers the addresses that pods may have. */
    private List<String> pool(Host host, String subnet, int pods) {
        int left = WarmPool.held(SETTINGS, host.limits(), pods, host.maxPods()).ips();
        List<String> free = new ArrayList<>();
        boolean primary = true;
        while (left > 0 || primary) {
            int count = Math.min(left, host.limits().slotsPerEni());
            List<String> own = new ArrayList<>();
            own.add(primary ? host.address() : addresses.take(subnet));
            for (int i = 0; i < count; i++) {
                own.add(addresses.take(subnet));
            }
            NetworkInterface made = addresses.attach(
                    subnet,
                    "interface",
                    primary ? "" : "aws-K8S-" + host.instance(),
                    Optional.of(host.instance()),
                    own,
                    SecurityGroups.CLUSTER);
            free.addAll(made.addresses().subList(1, made.addresses().size()));
            left -= count;
            primary = false;
        }
        return free;
    }
}

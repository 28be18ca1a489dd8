package io.cnishift.simulator.kit;

import io.cnishift.api.cluster.Pod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where everything runs: nodes with their interfaces and addresses, pods on them in turn. */
final class Placement {

    private static final int FIRST_OFFSET = 10;

    /** A network interface of a node; the first address is its primary one. */
    record Interface(String id, List<String> addresses) {}

    /** A node. */
    record Host(int index, String instance, String name, List<Interface> interfaces, List<String> podAddresses) {
        String address() {
            return interfaces.get(0).addresses().get(0);
        }
    }

    /** A pod on a node. */
    record Placed(Apps.App app, int number, Host host, Optional<String> address) {
        String podName() {
            return switch (app.kind()) {
                case "DaemonSet" -> app.name() + "-n" + host.index();
                case "StatefulSet" -> app.name() + "-" + number;
                default -> app.name() + "-" + Apps.HASH + "-p" + number;
            };
        }

        Pod.OwnerRef owner() {
            return app.kind().equals("Deployment")
                    ? new Pod.OwnerRef("ReplicaSet", app.name() + "-" + Apps.HASH, Apps.uid(app.name() + "-rs"))
                    : new Pod.OwnerRef(app.kind(), app.name(), Apps.uid(app.name()));
        }
    }

    private final List<Host> hosts = new ArrayList<>();
    private final List<Placed> pods = new ArrayList<>();
    private final Map<Integer, Long> nextOffset = new LinkedHashMap<>();

    Placement(Layout layout) {
        List<Apps.App> apps = Apps.all(layout);
        int[] perHost = new int[layout.nodes()];
        int turn = 0;
        List<int[]> turns = new ArrayList<>();
        for (int a = 0; a < apps.size(); a++) {
            Apps.App app = apps.get(a);
            for (int i = 0; i < (app.daemon() ? layout.nodes() : app.replicas()); i++) {
                int host = app.daemon() ? i : turn++ % layout.nodes();
                perHost[host] += app.hostNetwork() ? 0 : 1;
                turns.add(new int[] {a, i, host});
            }
        }
        for (int i = 0; i < layout.nodes(); i++) {
            hosts.add(host(layout, i, perHost[i]));
        }
        int[] taken = new int[layout.nodes()];
        for (int[] t : turns) {
            Apps.App app = apps.get(t[0]);
            Host host = hosts.get(t[2]);
            String address =
                    app.hostNetwork() ? host.address() : host.podAddresses().get(taken[t[2]]++);
            pods.add(new Placed(app, t[1], host, Optional.of(address)));
        }
    }

    List<Host> hosts() {
        return hosts;
    }

    List<Placed> pods() {
        return pods;
    }

    /** Interfaces as aws-node holds them when its pools have settled. */
    private Host host(Layout layout, int index, int podCount) {
        int slots = layout.limits().slotsPerEni();
        int wanted = wanted(layout, podCount);
        String instance = "i-0" + String.format("%016x", index + 1);
        List<Interface> interfaces = new ArrayList<>();
        List<String> podAddresses = new ArrayList<>();
        for (int left = wanted, number = 0; left > 0 || number == 0; number++) {
            int count = 1 + Math.min(slots, left);
            List<String> addresses = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                long offset = nextOffset.merge(index % 2, (long) FIRST_OFFSET, (old, first) -> old + 1);
                addresses.add(layout.cidr(index).address(offset));
            }
            interfaces.add(new Interface("eni-0" + String.format("%015x%x", index + 1, number), addresses));
            podAddresses.addAll(addresses.subList(1, addresses.size()));
            left -= slots;
        }
        String primary = interfaces.get(0).addresses().get(0);
        String name = "ip-" + primary.replace('.', '-') + "." + Layout.REGION + ".compute.internal";
        return new Host(index, instance, name, interfaces, podAddresses);
    }

    private static int wanted(Layout layout, int podCount) {
        int slots = layout.limits().slotsPerEni();
        int most = layout.limits().enis() * slots;
        int warm = number(layout, "WARM_IP_TARGET");
        int minimum = number(layout, "MINIMUM_IP_TARGET");
        if (warm > 0 || minimum > 0) {
            return Math.min(most, Math.max(podCount + warm, minimum));
        }
        int target = podCount + slots * number(layout, "WARM_ENI_TARGET");
        return Math.min(most, Math.max(slots, (target + slots - 1) / slots * slots));
    }

    private static int number(Layout layout, String variable) {
        return Integer.parseInt(layout.env().getOrDefault(variable, "0"));
    }
}

package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.aws.Interfaces;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The operator at work on the interfaces of one instance. A pass grows them once, or takes something back:
 *
 * <ol>
 *   <li>Wanted are as many free addresses as are to be kept ready, the least number, and one for each pod that waits on the
 *       node beyond that; not more than the most, and not more than the type's interfaces carry.
 *   <li>They come to the first interface that has room and whose subnet has an address; blocks of 16 with prefix delegation,
 *       single ones where the subnet has no block left.
 *   <li>Without such an interface another is attached, with the security groups of the primary one: in the subnet of the node
 *       if that could fill it, else in the one of the zone with the most addresses.
 *   <li>Single addresses that are too many go back after three minutes, if that is switched on. Interfaces stay.
 * </ol>
 */
final class EniKeeper {

    private static final Duration RELEASED_AFTER = Duration.ofMinutes(3);

    private final Kernel kernel;
    private final String node;
    private final EniPool pool;
    private final Cloud cloud;
    private final Interfaces ec2;
    private final ObjectIndex pending;
    private EniSettings settings;
    private Optional<Instant> tooManySince = Optional.empty();

    EniKeeper(Kernel kernel, String node, EniPool pool) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        this.node = Objects.requireNonNull(node, "node");
        this.pool = Objects.requireNonNull(pool, "pool");
        settings = new EniSettings(AgentConfig.configMap(kernel));
        cloud = Cloud.of(kernel);
        ec2 = new Interfaces(cloud);
        pending = kernel.shared(Pending.class, Pending::new).byNode;
    }

    /** Pods that are bound to a node and do not run yet. */
    private static final class Pending {
        private final ObjectIndex byNode;

        Pending(Kernel kernel) {
            byNode = kernel.objects()
                    .statusIndex(
                            "Pod",
                            pod -> Tree.text(pod, "status", "phase")
                                            .filter("Pending"::equals)
                                            .isPresent()
                                    ? Pods.node(pod).map(List::of).orElse(List.of())
                                    : List.of());
        }
    }

    /** One pass; answers what went wrong, empty when nothing did. */
    String pass(EniSettings now) {
        settings = now;
        if (pool.attached().isEmpty()) {
            return ""; // the instance is gone, and its node is about to follow
        }
        Map<String, Object> tree =
                kernel.objects().get(EniAgents.KIND, "", node).orElse(Map.of());
        int used = Tree.map(tree, "status", "ipam", "used").size();
        int available = available().size();
        int most =
                Math.min(settings.most().orElse(Integer.MAX_VALUE), EniAddressesNeeded.most(pool.limits(), settings));
        int ready = Math.min(settings.ready().orElse(EniSettings.READY), most);
        int missing = Math.max(ready - (available - used), settings.least().orElse(0) - available);
        int wanted = Math.min(Math.max(missing, missing > 0 ? pending.of(node).size() : 0), most - available);
        if (wanted > 0) {
            tooManySince = Optional.empty();
            return grow(wanted);
        }
        int kept = Math.max(used + ready, settings.least().orElse(0));
        release(settings.releases() ? Math.max(0, available - kept) : 0);
        return "";
    }

    /** Whether something is to happen later by itself. */
    boolean waits() {
        return tooManySince.isPresent();
    }

    /** Every address for pods on the interfaces, with the interface that has it. */
    Map<String, Object> available() {
        Map<String, Object> all = new TreeMap<>();
        for (NetworkInterface networkInterface : interfaces()) {
            addresses(networkInterface).forEach(a -> all.put(a, Map.of("resource", networkInterface.id())));
        }
        return all;
    }

    private static List<String> addresses(NetworkInterface networkInterface) {
        List<String> all = new ArrayList<>(EniPool.addresses(networkInterface, false));
        all.addAll(EniPool.addresses(networkInterface, true));
        return all;
    }

    private List<NetworkInterface> interfaces() {
        return pool.attached().stream()
                .skip(settings.firstInterface())
                .filter(i -> i.type().equals("interface"))
                .toList();
    }

    private String grow(int wanted) {
        Optional<NetworkInterface> first = interfaces().stream()
                .filter(i -> pool.room(i) > 0 && cloud.free(i.subnet()) > 0)
                .findFirst();
        if (first.isPresent()) {
            return fill(first.get(), wanted)
                    ? ""
                    : "unable to assign addresses to " + first.get().id() + ": InsufficientFreeAddressesInSubnet "
                            + first.get().subnet();
        }
        return pool.attached().size() < pool.limits().enis() ? attach(wanted) : "";
    }

    private boolean fill(NetworkInterface networkInterface, int wanted) {
        int room = pool.room(networkInterface);
        if (prefixes() && ec2.addPrefixes(networkInterface, Math.min(room, blocks(wanted)))) {
            return true;
        }
        int single = Math.min(Math.min(room, wanted), cloud.free(networkInterface.subnet()));
        return ec2.addAddresses(networkInterface, single);
    }

    private String attach(int wanted) {
        NetworkInterface primary = pool.attached().get(0);
        Optional<Subnet> subnet = subnet(primary.subnet());
        if (subnet.isEmpty()) {
            return "no matching subnet available for interface creation in "
                    + pool.instance().availabilityZone();
        }
        int slots = pool.limits().slotsPerEni();
        Optional<NetworkInterface> made = prefixes()
                ? create(primary, subnet.get(), 0, Math.min(slots, blocks(wanted)))
                        .or(() -> create(primary, subnet.get(), Math.min(slots, wanted), 0))
                : create(primary, subnet.get(), Math.min(slots, wanted), 0);
        made.ifPresent(i -> pool.attachedAt(i.id(), kernel.clock().now()));
        return made.isPresent()
                ? ""
                : "unable to create ENI: InsufficientFreeAddressesInSubnet "
                        + subnet.get().id();
    }

    private Optional<NetworkInterface> create(NetworkInterface primary, Subnet subnet, int single, int blocks) {
        List<String> groups =
                settings.securityGroups().isEmpty() ? primary.securityGroups() : settings.securityGroups();
        return ec2.create(new Interfaces.Wanted(
                subnet.id(),
                "interface",
                "Cilium-CNI (" + pool.instance().id() + ")",
                Optional.of(pool.instance().id()),
                single,
                blocks,
                groups));
    }

    private Optional<Subnet> subnet(String own) {
        Optional<Subnet> near = cloud.view()
                .subnet(own)
                .filter(s -> !settings.chooses()
                        && settings.takes(s)
                        && cloud.free(own) > pool.limits().slotsPerEni());
        return near.or(() -> cloud.view().all(Part.SUBNETS, Subnet.class).stream()
                .filter(s -> s.availabilityZone().equals(pool.instance().availabilityZone()) && settings.takes(s))
                .max(Comparator.comparingInt((Subnet s) -> cloud.free(s.id()))
                        .thenComparing(Subnet::id, Comparator.reverseOrder())));
    }

    private void release(int tooMany) {
        Instant now = kernel.clock().now();
        if (tooMany == 0) {
            tooManySince = Optional.empty();
        } else if (tooManySince.isEmpty()) {
            tooManySince = Optional.of(now);
        } else if (!tooManySince.get().plus(RELEASED_AFTER).isAfter(now)) {
            Set<String> used = EniAgents.of(kernel).used(node).keySet();
            interfaces().stream()
                    .filter(i -> i.prefixes().isEmpty())
                    .max(Comparator.comparingInt(i -> idle(i, used).size()))
                    .ifPresent(i -> {
                        List<String> idle = idle(i, used);
                        ec2.release(i, idle.subList(0, Math.min(tooMany, idle.size())), List.of());
                    });
            tooManySince = Optional.empty();
        }
    }

    private static List<String> idle(NetworkInterface networkInterface, Set<String> used) {
        return EniPool.addresses(networkInterface, false).stream()
                .filter(a -> !used.contains(a))
                .toList();
    }

    private boolean prefixes() {
        return settings.prefixes() && pool.limits().prefixCapable();
    }

    private static int blocks(int addresses) {
        return (addresses + EniPool.PREFIX - 1) / EniPool.PREFIX;
    }
}

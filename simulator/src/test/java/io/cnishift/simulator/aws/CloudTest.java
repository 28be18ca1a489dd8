package io.cnishift.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.simulator.kit.Clusters;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CloudTest {

    private static final Set<Part> ALL = EnumSet.allOf(Part.class);

    private final ClusterSnapshot snapshot = Clusters.healthy();
    private final Cloud cloud = new Cloud(snapshot, new SplittableRandom(1));
    private final Interfaces interfaces = new Interfaces(cloud);

    CloudTest() {
        cloud.bounded();
        cloud.aligned();
    }

    @Test
    void readsBackWhatItWasMadeFrom() {
        List<Resource> expected = snapshot.resources()
                .filter(r -> r.part().source() != Part.Source.KUBERNETES)
                .toList();

        assertThat(cloud.read(ALL).resources()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(expected).hasSizeGreaterThan(20);
    }

    @Test
    void countsEveryAddressOfAnInterfaceInItsSubnet() {
        Subnet before = subnet();

        NetworkInterface made = create(9, 0).orElseThrow();

        assertThat(made.addresses())
                .hasSize(10)
                .allMatch(a -> before.cidr().contains(a))
                .doesNotHaveDuplicates();
        assertThat(subnet().freeAddresses()).isEqualTo(before.freeAddresses() - 10);
        interfaces.delete(made.id());
        assertThat(subnet()).isEqualTo(before);
    }

    @Test
    void findsAnInterfaceByEveryAddressThatItHasNow() {
        NetworkInterface made = create(2, 0).orElseThrow();
        String kept = made.addresses().get(0);
        String given = made.addresses().get(2);
        assertThat(cloud.interfaceAt(given)).contains(made);

        interfaces.release(made, List.of(given), List.of());
        assertThat(cloud.interfaceAt(given)).isEmpty();
        assertThat(cloud.interfaceAt(kept))
                .isEqualTo(cloud.networkInterface(made.id()))
                .isPresent();
        interfaces.delete(made.id());
        assertThat(cloud.interfaceAt(kept)).isEmpty();
    }

    @Test
    void interfacesOfServicesAreThoseThatNoInstanceHas() {
        NetworkInterface front = interfaces
                .create(new Interfaces.Wanted(
                        snapshot.subnets().get(0).id(),
                        "network_load_balancer",
                        "ELB net/a/b",
                        Optional.empty(),
                        0,
                        0,
                        List.of()))
                .orElseThrow();

        assertThat(cloud.interfacesOfServices())
                .contains(front)
                .allMatch(i -> i.instance().isEmpty());
        interfaces.delete(front.id());
        assertThat(cloud.interfacesOfServices()).doesNotContain(front);
    }

    @Test
    void givesAlignedBlocksOfSixteenThatNobodyUses() {
        NetworkInterface made = create(0, 3).orElseThrow();

        assertThat(made.prefixes()).hasSize(3).allMatch(p -> p.prefix() == 28).doesNotHaveDuplicates();
        assertThat(snapshot.networkInterfaces().stream().flatMap(i -> i.addresses().stream()))
                .noneMatch(a -> made.prefixes().stream().anyMatch(p -> p.contains(a)));
        assertThat(made.prefixes()).noneMatch(p -> p.contains(made.addresses().get(0)));
    }

    @Test
    void refusesAnInterfaceThatTheSubnetCannotHoldAndChangesNothing() {
        int free = subnet().freeAddresses();

        assertThat(create(free, 0)).isEmpty();

        assertThat(subnet().freeAddresses()).isEqualTo(free);
        assertThat(create(free - 1, 0)).isPresent();
        assertThat(subnet().freeAddresses()).isZero();
        assertThat(create(0, 0)).isEmpty();
    }

    @Test
    void refusesABlockInASubnetThatIsFragmentedAlthoughItHasManyFreeAddresses() {
        List<NetworkInterface> scattered = new ArrayList<>();
        while (subnet().freePrefixBlocks().orElseThrow() > 0) {
            scattered.add(create(0, 0).orElseThrow());
        }

        assertThat(subnet().freeAddresses()).isGreaterThan(16);
        assertThat(create(0, 1)).isEmpty();
        scattered.forEach(i -> interfaces.delete(i.id()));
        assertThat(create(0, 1)).isPresent();
    }

    @Test
    void countsAddressesThatTheSnapshotDoesNotNameAsUsed() {
        Subnet odd = snapshot.subnets().get(0);
        List<Resource> resources =
                new ArrayList<>(snapshot.resources().filter(r -> !r.equals(odd)).toList());
        Subnet short40 = new Subnet(
                odd.id(),
                odd.name(),
                odd.availabilityZone(),
                odd.cidr(),
                40,
                odd.freePrefixBlocks(),
                odd.routeTable(),
                odd.publicAddresses(),
                List.of(),
                odd.tags());
        resources.add(short40);
        Cloud full =
                new Cloud(ClusterSnapshot.of("test", Clusters.TAKEN_AT, resources, List.of()), new SplittableRandom(1));

        assertThat(full.free(odd.id())).isEqualTo(40);
        assertThat(full.view().subnet(odd.id())).contains(short40);
    }

    @Test
    void keepsRangesReservedForPrefixesFreeOfSingleAddresses() {
        Subnet odd = snapshot.subnets().get(0);
        Subnet reserved = new Subnet(
                odd.id(),
                odd.name(),
                odd.availabilityZone(),
                odd.cidr(),
                odd.freeAddresses(),
                odd.freePrefixBlocks(),
                odd.routeTable(),
                odd.publicAddresses(),
                List.of(new Subnet.Reservation(odd.cidr().nth(25, 1), "prefix")),
                odd.tags());
        List<Resource> resources =
                new ArrayList<>(snapshot.resources().filter(r -> !r.equals(odd)).toList());
        resources.add(reserved);
        Cloud kept =
                new Cloud(ClusterSnapshot.of("test", Clusters.TAKEN_AT, resources, List.of()), new SplittableRandom(1));

        List<String> picked = kept.pick(odd.id(), 60, List.of()).orElseThrow();

        assertThat(picked).allMatch(a -> odd.cidr().nth(25, 0).contains(a));
        assertThat(kept.pickBlocks(odd.id(), 1).orElseThrow().get(0).toString()).endsWith(".128/28");
    }

    @Test
    void tellsWhatChangesAndOnlyThat() {
        List<Change> heard = new ArrayList<>();
        cloud.listen(heard::add);

        NetworkInterface made = create(0, 0).orElseThrow();
        cloud.put(made);

        assertThat(heard).containsExactlyInAnyOrder(Change.of(made), Change.of(subnet()));
    }

    private Subnet subnet() {
        return cloud.view().subnet(snapshot.subnets().get(0).id()).orElseThrow();
    }

    private Optional<NetworkInterface> create(int secondary, int prefixes) {
        return interfaces.create(new Interfaces.Wanted(
                snapshot.subnets().get(0).id(), "interface", "test", Optional.empty(), secondary, prefixes, List.of()));
    }
}

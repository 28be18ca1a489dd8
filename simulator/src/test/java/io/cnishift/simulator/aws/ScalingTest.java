package io.cnishift.simulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.SuspendProcesses;
import io.cnishift.api.act.TerminateInstance;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Node;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScalingTest {

    private static final String GROUP = Clusters.GROUP;

    @Test
    void launchesOneAfterAnotherInTheZoneThatHasFewest() {
        AwsWorld world = AwsWorld.of(Clusters.healthy());

        world.perform(new SetGroupSize(GROUP, 1, 8, 6));
        world.run(7);
        assertThat(world.live()).hasSize(4);
        world.run(60);

        assertThat(world.live()).hasSize(6).allMatch(i -> i.state().equals("running"));
        assertThat(world.live().stream()
                        .collect(Collectors.groupingBy(Instance::availabilityZone, Collectors.counting())))
                .containsOnlyKeys("eu-west-1a", "eu-west-1b")
                .allSatisfy((zone, count) -> assertThat(count).isEqualTo(3));
    }

    @Test
    void registersANodeWithTheLabelsOfItsGroupWhenItHasBooted() {
        AwsWorld world = AwsWorld.of(Clusters.healthy());
        List<Instance> before = world.live();

        world.perform(new SetGroupSize(GROUP, 1, 8, 4));
        world.run(40);
        Instance launched = world.live().stream()
                .filter(i -> !before.contains(i))
                .findFirst()
                .orElseThrow();
        assertThat(world.node(launched)).isEmpty();
        world.run(70);

        Node node = world.node(launched).orElseThrow();
        assertThat(node.ready()).isFalse();
        assertThat(node.address()).isEqualTo(launched.privateAddress());
        assertThat(node.zone()).isEqualTo(launched.availabilityZone());
        assertThat(node.labels()).containsEntry("eks.amazonaws.com/nodegroup", GROUP);
        assertThat(node.maxPods()).isEqualTo(29);
    }

    @Test
    void takesOneAddressForANodeAndGivesAllBackSomeTimeAfterItsEnd() {
        AwsWorld world = AwsWorld.of(Clusters.healthy());
        Instance doomed = world.live().get(0);
        int held = world.cloud.interfacesOf(doomed.id()).stream()
                .mapToInt(i -> i.addresses().size())
                .sum();
        int free = world.cloud.free(doomed.subnet());

        world.perform(new SuspendProcesses(GROUP, List.of("Launch")));
        world.perform(new TerminateInstance(doomed.id(), GROUP, false));
        assertThat(world.cloud.free(doomed.subnet())).isEqualTo(free);
        world.run(70);

        assertThat(held).isGreaterThan(10);
        assertThat(world.cloud.free(doomed.subnet())).isEqualTo(free + held);
        assertThat(world.cloud.interfacesOf(doomed.id())).isEmpty();
    }

    @Test
    void replacesATerminatedInstanceUnlessTheGroupShrinksWithIt() {
        AwsWorld world = AwsWorld.of(Clusters.healthy());
        String first = world.live().get(0).id();
        String second = world.live().get(1).id();

        world.perform(new TerminateInstance(first, GROUP, false));
        world.run(30);
        assertThat(world.live()).hasSize(3).noneMatch(i -> i.id().equals(first));
        world.perform(new TerminateInstance(second, GROUP, true));
        world.run(30);

        assertThat(world.live()).hasSize(2);
        assertThat(world.group().desiredSize()).isEqualTo(2);
    }

    @Test
    void failsToLaunchInAFullSubnetAndTriesAgainWhenAnAddressIsFree() {
        AwsWorld world = AwsWorld.of(Clusters.with().subnetPrefix(26).build());
        fill(world);

        world.perform(new SetGroupSize(GROUP, 1, 8, 4));
        world.run(120);
        assertThat(world.live()).hasSize(3);
        assertThat(world.group().issues()).isNotEmpty().allMatch(i -> i.contains("InsufficientFreeAddressesInSubnet"));
        world.cloud.view().interfacesIn(world.live().get(0).subnet()).stream()
                .filter(i -> i.description().equals("filler"))
                .map(i -> i.id())
                .toList()
                .forEach(new Interfaces(world.cloud)::delete);
        world.run(900);

        assertThat(world.live()).hasSize(4);
        assertThat(world.group().issues()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"b, 0", "eu-west-1b, 0", "b:1, 1", "'a:1,b:1', 1"})
    void triesTheOtherZoneWhereOneHasNoCapacity(String zones, int later) {
        AwsWorld world = AwsWorld.withFault("zone-capacity", zones);
        List<Instance> before = world.live();

        world.perform(new SetGroupSize(GROUP, 1, 8, 5));
        world.run(240);

        assertThat(world.live()).hasSize(5);
        assertThat(world.live().stream()
                        .filter(i -> !before.contains(i))
                        .filter(i -> i.availabilityZone().equals("eu-west-1b")))
                .hasSize(later);
        assertThat(world.kernel.injected().lines()).anyMatch(l -> l.contains("a launch in eu-west-1b failed"));
    }

    @Test
    void bootsForAsLongAsItIsTold() {
        AwsWorld world = AwsWorld.withFault("boot", "5m");

        world.perform(new SetGroupSize(GROUP, 1, 8, 4));
        world.run(300);
        assertThat(world.kernel.objects().list("Node")).hasSize(3);
        world.run(30);

        assertThat(world.kernel.objects().list("Node")).hasSize(4);
    }

    @Test
    void leavesAShareOfInstancesOutByTheSeed() {
        AwsWorld world = AwsWorld.withFault("node-never-joins", "40%");

        world.perform(new SetGroupSize(GROUP, 1, 30, 23));
        world.run(900);

        assertThat(world.live()).hasSize(23);
        assertThat(world.kernel.objects().list("Node").size()).isBetween(8, 20);
        assertThat(world.kernel.injected().lines())
                .hasSize(23 - world.kernel.objects().list("Node").size());
    }

    @Test
    void rebalancesZonesByEndingInstancesOfTheFullerOneUnlessSuspended() {
        for (boolean suspended : new boolean[] {false, true}) {
            AwsWorld world = AwsWorld.of(Clusters.with().nodes(4).build());
            if (suspended) {
                world.perform(new SuspendProcesses(GROUP, List.of("AZRebalance")));
            }
            List<Instance> b = world.live().stream()
                    .filter(i -> i.availabilityZone().equals("eu-west-1b"))
                    .toList();
            List<Instance> a = world.live().stream().filter(i -> !b.contains(i)).toList();
            b.forEach(i -> world.perform(new TerminateInstance(i.id(), GROUP, true)));
            world.run(900);

            assertThat(world.live()).hasSize(2);
            assertThat(world.live().containsAll(a)).isEqualTo(suspended);
        }
    }

    @Test
    void replacesALostInstanceUnlessSuspended() {
        AwsWorld world = AwsWorld.withFault("lost-node", "60s");
        String first = world.live().get(0).id();

        world.run(120);
        assertThat(world.live()).anyMatch(i -> i.id().equals(first));
        world.run(300);

        assertThat(world.live()).hasSize(3).noneMatch(i -> i.id().equals(first));
    }

    @Test
    void neverSeesANodeOfAnInstanceThatDoesNotJoin() {
        AwsWorld world = AwsWorld.withFault("node-never-joins", "1");
        List<Instance> before = world.live();

        world.perform(new SetGroupSize(GROUP, 1, 8, 4));
        world.run(3600);

        Optional<Instance> launched =
                world.live().stream().filter(i -> !before.contains(i)).findFirst();
        assertThat(launched).isPresent();
        assertThat(world.node(launched.get())).isEmpty();
    }

    @Test
    void removesTheNodeObjectOfAnEndedInstanceAboutAMinuteLater() {
        AwsWorld world = AwsWorld.of(Clusters.healthy());
        world.perform(new SetGroupSize(GROUP, 1, 8, 4));
        world.run(120);
        Instance launched = world.live().stream()
                .filter(i -> world.node(i).isPresent())
                .max((x, y) -> x.launchedAt().compareTo(y.launchedAt()))
                .orElseThrow();
        String name = world.node(launched).orElseThrow().name();

        world.perform(new TerminateInstance(launched.id(), GROUP, true));
        assertThat(world.kernel.powered(name)).isFalse();
        world.run(50);
        assertThat(world.node(launched)).isPresent();
        world.run(10);

        assertThat(world.node(launched)).isEmpty();
    }

    private static void fill(AwsWorld world) {
        Interfaces interfaces = new Interfaces(world.cloud);
        world.cloud.view().subnets().stream().toList().forEach(s -> {
            for (int left = s.freeAddresses(); left > 0; left--) {
                interfaces.create(
                        new Interfaces.Wanted(s.id(), "interface", "filler", Optional.empty(), 0, 0, List.of()));
            }
        });
    }
}

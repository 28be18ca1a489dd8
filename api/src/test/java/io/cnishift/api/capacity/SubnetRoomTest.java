package io.cnishift.api.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.capacity.SubnetRoom.Supply;
import io.cnishift.api.capacity.SubnetRoom.Taken;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** m5.large: 3 interfaces of 10 addresses, so 9 slots on each. */
final class SubnetRoomTest {

    private static final InstanceLimits M5_LARGE =
            InstanceTable.embedded().find("m5.large").orElseThrow();

    @Test
    void slotsLimitWhereTheSubnetIsLarge() {
        assertThat(room(1000, node(14, 2, 14, 10))).isEqualTo(10);
    }

    @Test
    void warmAddressesOfANodeServeThatNodeAlone() {
        // Both hold 18 addresses on 2 interfaces; one uses all of them, the other none.
        assertThat(room(0, node(18, 2, 18, 8), node(18, 2, 0, 26))).isEqualTo(18);
        assertThat(room(0, node(18, 2, 18, 8), node(18, 2, 0, 5))).isEqualTo(5);
    }

    @Test
    void aFurtherInterfaceTakesAnAddressForItself() {
        // 4 slots are left on 2 interfaces.
        assertThat(room(4, node(14, 2, 14, 12))).isEqualTo(4);
        assertThat(room(5, node(14, 2, 14, 12))).isEqualTo(4);
        assertThat(room(7, node(14, 2, 14, 12))).isEqualTo(6);
        assertThat(room(12, node(14, 2, 14, 12))).isEqualTo(11);
    }

    @Test
    void noMoreThanTheTypeHasInterfacesFor() {
        // 27 slots and nothing on the host network: kubelet would admit 30.
        assertThat(room(1000, node(18, 2, 18, 12))).isEqualTo(9);
    }

    @Test
    void maxEniAndAMinimumWithoutAWarmTargetEndGrowth() {
        WarmPoolSettings two = WarmPoolSettings.fromEnv(Map.of("MAX_ENI", "2"));
        WarmPoolSettings frozen = WarmPoolSettings.fromEnv(Map.of("MINIMUM_IP_TARGET", "12"));

        assertThat(fill(1000, NodeRoom.fresh(two, M5_LARGE, 27))).isEqualTo(18);
        assertThat(fill(1000, NodeRoom.fresh(frozen, M5_LARGE, 27))).isEqualTo(12);
    }

    @Test
    void addressesOfAnotherSubnetComeOnFurtherInterfacesAlone() {
        // 4 slots of the second interface stay empty, since its subnet has nothing left.
        Taken taken = SubnetRoom.fill(List.of(node(14, 2, 14, 13)), new Supply(0, OptionalInt.empty(), 100));

        assertThat(taken).isEqualTo(new Taken(9, 10));
    }

    @Test
    void ownAddressesGoWhereFurtherInterfacesDoNotHelp() {
        // The first has all its interfaces, the second may attach one: 3 free addresses are for the first.
        NodeRoom full = node(24, 3, 24, 3);
        NodeRoom half = node(14, 2, 14, 9);

        assertThat(SubnetRoom.fill(List.of(half, full), new Supply(3, OptionalInt.empty(), 100)))
                .isEqualTo(new Taken(12, 10));
    }

    @Test
    void prefixesComeInBlocksOfSixteenAndNeedAlignedOnes() {
        WarmPoolSettings prefixes = WarmPoolSettings.fromEnv(Map.of("ENABLE_PREFIX_DELEGATION", "true"));
        List<NodeRoom> two = List.of(NodeRoom.fresh(prefixes, M5_LARGE, 107), NodeRoom.fresh(prefixes, M5_LARGE, 107));

        assertThat(SubnetRoom.fill(two, Supply.of(48)).pods()).isEqualTo(48);
        assertThat(SubnetRoom.fill(two, Supply.of(47)).pods()).isEqualTo(32);
        assertThat(SubnetRoom.fill(two, new Supply(48, OptionalInt.of(1), 0)).pods())
                .isEqualTo(16);
        assertThat(SubnetRoom.fill(two, Supply.of(1000)).pods()).isEqualTo(214);
    }

    @Test
    void customNetworkingPaysForEveryInterfaceInThePodSubnet() {
        WarmPoolSettings custom = WarmPoolSettings.fromEnv(Map.of("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "true"));
        NodeRoom node = NodeRoom.fresh(custom, M5_LARGE, 18);

        assertThat(fill(20, node)).isEqualTo(18);
        assertThat(fill(19, node)).isEqualTo(17);
        assertThat(fill(10, node)).isEqualTo(9);
        assertThat(fill(11, node)).isEqualTo(9);
    }

    @Test
    void warmAddressesGivenBackServeAnotherNode() {
        NodeRoom spare = node(18, 2, 10, 16).without(6);
        NodeRoom busy = node(14, 2, 14, 12);

        // 2 warm ones are left, and the subnet has 6: 4 on the interface there is, none for a third one of one pod.
        assertThat(room(6, spare, busy)).isEqualTo(8);
    }

    /** A node with that many addresses on so many interfaces. */
    private static NodeRoom node(int ips, int interfaces, int pods, int open) {
        return NodeRoom.running(
                WarmPoolSettings.defaults(), M5_LARGE, new NodeRoom.Pods(pods, open), interfaces, ips, 0);
    }

    private static long room(int free, NodeRoom... nodes) {
        return fill(free, nodes);
    }

    private static long fill(int free, NodeRoom... nodes) {
        return SubnetRoom.fill(List.of(nodes), Supply.of(free)).pods();
    }
}

package io.cnishift.strategy.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.step.RollNodes;
import io.cnishift.api.step.SetVpcCniEnv;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AddressDraftTest {

    private static final String NODES = "subnet-0ec9b9d4ba91199ee";

    @Test
    void staysWithinThreeFreeAddressesWithoutFreeingAny() {
        Clusters govcloud = Clusters.govcloud();
        assertThat(govcloud.draft().roll().addresses().frees()).isFalse();
        assertThat(govcloud.draft().roll().addresses().spare()).containsEntry(NODES, 3);
        RollNodes roll = govcloud.params("roll-gov-workers", RollNodes.class);
        assertThat(roll.maxSurge()).isEqualTo(1);
        assertThat(roll.surgeBySubnet()).containsExactly(Map.entry(NODES, 1));
        assertThat(govcloud.stepIds()).doesNotContain("free-warm-addresses");
    }

    @Test
    void neverPlansMoreThanTheSubnetHas() {
        for (int free = 0; free <= 6; free++) {
            int now = free;
            Clusters govcloud = Clusters.govcloud()
                    .change("subnets", "id", NODES, s -> s.put("freeAddresses", now))
                    .option("surge", Map.of("gov-workers", 3));
            SubnetBudget budget = govcloud.assess().ipBudget().stream()
                    .filter(b -> b.subnet().equals(NODES))
                    .findFirst()
                    .orElseThrow();
            assertThat(budget.peakDuring()).as("with %s free", free).isLessThanOrEqualTo(budget.usable());
            assertThat(budget.usedNow()).isEqualTo(budget.usable() - free);
        }
    }

    @Test
    void givesWarmAddressesBackWhereNotOneIsFree() {
        Clusters full = Clusters.govcloud().change("subnets", "id", NODES, s -> s.put("freeAddresses", 0));
        // 12 pods and 2 warm on each of three nodes: 14 addresses, 13 with one warm
        SetVpcCniEnv step = full.params("free-warm-addresses", SetVpcCniEnv.class);
        assertThat(step.env()).containsEntry("WARM_IP_TARGET", "1").containsEntry("MINIMUM_IP_TARGET", "");
        assertThat(step.freeAddresses()).containsExactly(Map.entry(NODES, 1));
        assertThat(full.findings("OVL-WARM-ADDRESSES")).singleElement().satisfies(f -> {
            assertThat(f.curedBy()).contains("free-warm-addresses");
            assertThat(f.message()).contains("0 addresses are free").contains("3 warm ones");
        });
        assertThat(full.params("roll-gov-workers", RollNodes.class).maxSurge()).isEqualTo(1);
    }

    @Test
    void drainsFirstWhereNothingCanBeFreedAndOtherNodesHoldAddressesForThePods() {
        Clusters full = withoutAnyToFree();
        for (String secondary : List.of("eni-02e41127862e3c274", "eni-07ac1701d6c8a0cc9", "eni-0d27fde52d6166c8d")) {
            full = full.change("networkInterfaces", "id", secondary, AddressDraftTest::holdsSixMore);
        }
        RollNodes roll = full.params("roll-gov-workers", RollNodes.class);
        assertThat(roll.maxSurge()).isZero();
        assertThat(roll.maxUnavailable()).isEqualTo(1);
        assertThat(full.findings("OVL-SURGE-LIMITED"))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("drained before"));
    }

    @Test
    void refusesWhereNothingCanBeFreedAndDrainedPodsWouldFindNoAddress() {
        Clusters full = withoutAnyToFree();
        assertThat(full.refusal()).containsExactly("OVL-NO-ADDRESSES");
        assertThat(full.findings("OVL-NO-ADDRESSES"))
                .singleElement()
                .satisfies(f -> assertThat(f.message())
                        .contains("1 address is missing in " + NODES, "would send 12 pods", "hold 4 unused addresses"));
        assertThat(full.findings("OVL-SURGE-LIMITED")).isEmpty();
    }

    @Test
    void countsOnNoWarmAddressThatANodeInAFullSubnetNeverGot() {
        Clusters stuck = Clusters.named("govcloud-26-stuck");
        // the targets promise a warm one more than the lowered ones, and no node has any
        assertThat(stuck.refusal()).containsExactly("OVL-NO-ADDRESSES");
        assertThat(stuck.findings("OVL-NO-ADDRESSES"))
                .singleElement()
                .satisfies(f -> assertThat(f.message())
                        .startsWith("1 address is missing in " + NODES)
                        .contains("nodes have no warm ones to give back", "hold 0 unused addresses"));
    }

    @Test
    void countsWhatOthersKeepAmongWhatIsMissing() {
        Clusters stuck = Clusters.named("govcloud-26-stuck").cluster(c -> c.put("controlPlaneSubnets", List.of(NODES)));
        assertThat(stuck.findings("OVL-NO-ADDRESSES"))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).startsWith("7 addresses are missing in " + NODES));
    }

    private static Clusters withoutAnyToFree() {
        return Clusters.govcloud()
                .change("subnets", "id", NODES, s -> s.put("freeAddresses", 0))
                .change("workloads", "name", "aws-node", w -> Env.set(w, "WARM_IP_TARGET", "1"))
                .change("workloads", "name", "aws-node", w -> Env.set(w, "MINIMUM_IP_TARGET", "0"));
    }

    private static void holdsSixMore(Map<String, Object> networkInterface) {
        List<Object> addresses = new ArrayList<>(Tree.list(networkInterface, "addresses"));
        for (int i = 0; i < 6; i++) {
            addresses.add("10.40.8.6" + i);
        }
        networkInterface.put("addresses", addresses);
    }

    @Test
    void leavesWhatTheControlPlaneAndAlbsNeed() {
        Clusters shared = Clusters.govcloud()
                .cluster(c -> c.put("controlPlaneSubnets", List.of(NODES)))
                .change("subnets", "id", NODES, s -> s.put("freeAddresses", 8));
        assertThat(shared.draft().roll().addresses().spare()).containsEntry(NODES, 2);
        Clusters alb = Clusters.minnieWallace();
        assertThat(alb.draft().roll().addresses().spare().values())
                .containsExactly(4065 - 6 - 8, 4078 - 6 - 8, 4077 - 6 - 8);
    }

    @Test
    void takesAQuarterOfTheNodesUnlessTold() {
        assertThat(Clusters.minnieWallace().draft().groups().get(0).surge().maxSurge())
                .isEqualTo(1);
        Clusters told = Clusters.minnieWallace().option("surge", Map.of("workers", 3));
        assertThat(told.draft().groups().get(0).surge().maxSurge()).isEqualTo(3);
        assertThat(told.params("roll-workers", RollNodes.class).maxUnavailable())
                .isEqualTo(3);
    }

    @Test
    void refusesASurgeThatHasNoAddresses() {
        Clusters greedy = Clusters.govcloud().option("surge", Map.of("gov-workers", 30));
        assertThat(greedy.refusal()).containsExactly("OVL-OPTIONS-CONFLICT");
        assertThat(greedy.findings("OVL-OPTIONS-CONFLICT").get(0).subject()).isEqualTo("option surge.gov-workers");
    }

    @Test
    void drainsFirstWhenAskedTo() {
        RollNodes roll =
                Clusters.minnieWallace().option("surge", Map.of("workers", 0)).params("roll-workers", RollNodes.class);
        assertThat(roll.maxSurge()).isZero();
        assertThat(roll.maxUnavailable()).isEqualTo(1);
    }

    @Test
    void drainsFirstWhereTheReservationIsFull() {
        Clusters reserved = reserved(0);
        assertThat(reserved.params("roll-workers", RollNodes.class).maxSurge()).isZero();
        assertThat(reserved.findings("OVL-SURGE-LIMITED")).singleElement().satisfies(f -> {
            assertThat(f.message()).contains("capacity reservation cr-1 has instances for 0 of 1", "drained before");
            assertThat(f.remedy()).contains("enlarge capacity reservation cr-1");
        });
        assertThat(reserved.stepIds()).doesNotContain("canary-workers");
    }

    @Test
    void takesNoMoreThanTheReservationHas() {
        Clusters told = reserved(2).option("surge", Map.of("workers", 3));
        assertThat(told.draft().groups().get(0).surge().maxSurge()).isEqualTo(2);
        assertThat(told.refusal()).containsExactly("OVL-OPTIONS-CONFLICT");
        assertThat(reserved(2).findings("OVL-SURGE-LIMITED")).isEmpty();
    }

    @Test
    void takesNoMoreThanTheClusterMayHave() {
        Clusters told =
                Clusters.minnieWallace().cluster(c -> c.put("nodeLimit", 6)).option("surge", Map.of("workers", 3));
        assertThat(told.draft().groups().get(0).surge().maxSurge()).isEqualTo(2);
        assertThat(told.findings("OVL-SURGE-LIMITED").get(0).message())
                .contains("4 nodes of at most 6", "room for 2 of 3");
    }

    private static Clusters reserved(int free) {
        return Clusters.minnieWallace()
                .change(
                        "nodeGroups",
                        "name",
                        "workers",
                        g -> Tree.map(g, "launchTemplate").put("reservation", Map.of("id", "cr-1", "free", free)));
    }

    @Test
    void countsWhatANodeKeepsThatStays() {
        SubnetBudget budget = Clusters.govcloud().assess().ipBudget().stream()
                .filter(b -> b.subnet().equals(NODES))
                .findFirst()
                .orElseThrow();
        // 8 of others, two new nodes, and the database's node keeps its 16
        assertThat(budget.usedAfter()).isEqualTo(8 + 2 + 16);
    }
}

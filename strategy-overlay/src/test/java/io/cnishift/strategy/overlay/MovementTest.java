package io.cnishift.strategy.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.roll.Movement;
import io.cnishift.api.step.RollNodes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MovementTest {

    private static final String DATABASE = "StatefulSet/ledger/ledger-db";
    private static final String API = "Deployment/ledger/ledger-api";

    @Test
    void movesASingletonUnderAForbiddingBudgetByRollout() {
        Movement movement = Clusters.govcloud().draft().movement();
        assertThat(movement.byRollout()).contains(API);
        assertThat(movement.remaining()).containsExactly(DATABASE);
    }

    @Test
    void namesTheDatabaseThatStays() {
        Clusters govcloud = Clusters.govcloud();
        assertThat(govcloud.findings("OVL-UNDRAINABLE")).singleElement().satisfies(f -> {
            assertThat(f.subject()).isEqualTo(DATABASE);
            assertThat(f.message()).contains("budget never allows");
        });
        assertThat(govcloud.planned().mayRemain()).containsExactly(DATABASE);
        assertThat(govcloud.params("roll-gov-workers", RollNodes.class).mayRemain())
                .containsExactly(DATABASE);
    }

    @Test
    void leavesOutWhatAHybridEndSkips() {
        assertThat(Clusters.govcloud().planned().phases())
                .extracting(p -> p.id())
                .doesNotContain("remove-vpc-cni", "steady", "kube-proxy", "hubble");
        assertThat(Clusters.govcloud().stepIds()).doesNotContain("remove-gov-workers");
        assertThat(Clusters.govcloud().assess().reversible().pointOfNoReturn()).isEmpty();
    }

    @Test
    void movesTheDatabaseOnceItsBudgetAllows() {
        Clusters relaxed = Clusters.govcloud()
                .change("budgets", "name", "ledger-db", b -> b.put("desiredHealthy", 0))
                .option("singletons", "evict");
        // the other budget still forbids what this option would do
        assertThat(relaxed.draft().movement().remaining()).containsExactly(API);
        // a budget that lets the last pod go says that its Service may be without
        assertThat(relaxed.findings("OVL-SINGLETON-DOWN"))
                .extracting(Finding::subject)
                .doesNotContain(DATABASE)
                .contains("Deployment/ledger/reports");
    }

    @Test
    void doesNotMistakeABudgetThatIsShortNowForOneThatForbids() {
        Clusters shortNow = Clusters.govcloud().change("budgets", "name", "gateway", b -> {
            b.put("currentHealthy", 2);
            b.put("disruptionsAllowed", 0);
        });
        assertThat(shortNow.draft().movement().byRollout()).doesNotContain("Deployment/portal/gateway");
        assertThat(shortNow.refusal()).isEmpty();
    }

    @Test
    void leavesPodsThatAskForItWhereAnOptionSaysSo() {
        Clusters asking = Clusters.minnieWallace()
                .change(
                        "pods",
                        "namespace",
                        "httpd",
                        p -> Tree.map(p, "annotations").put("karpenter.sh/do-not-disrupt", "true"));
        assertThat(asking.findings("OVL-DO-NOT-EVICT"))
                .singleElement()
                .satisfies(f -> assertThat(f.remedy()).contains("undisturbed=leave"));
        assertThat(asking.draft().movement().remaining()).isEmpty();

        Movement left = asking.option("undisturbed", "leave").draft().movement();
        assertThat(left.remaining()).containsExactly("Deployment/httpd/httpd");
        assertThat(left.left()).isEqualTo(left.remaining());
    }

    @Test
    void saysHowLongAJobHasRun() {
        Clusters job = Clusters.minnieWallace().change("pods", "namespace", "httpd", p -> {
            p.put("controller", Map.of("kind", "Job", "name", "reindex", "uid", "u"));
            p.put("createdAt", "2020-01-01T00:00:00Z");
        });
        assertThat(job.findings("OVL-JOB-UNDER-WAY")).singleElement().satisfies(f -> {
            assertThat(f.subject()).isEqualTo("Job/httpd/reindex");
            assertThat(f.message()).containsPattern("has run for [0-9]+ h, and its pods begin anew");
        });
        assertThat(job.option("undisturbed", "leave").draft().movement().remaining())
                .containsExactly("Job/httpd/reindex");
    }

    @Test
    void keepsWhatCannotRunTwice() {
        for (Map<String, Object> change : List.<Map<String, Object>>of(
                Map.of("updateStrategy", "Recreate"), Map.of("paused", true), Map.of("kind", "ReplicaSet"))) {
            Clusters stuck = Clusters.govcloud().change("workloads", "name", "ledger-api", w -> w.putAll(change));
            if (change.containsKey("kind")) {
                stuck = stuck.change("pods", "serviceAccount", "default", p -> {
                    if (String.valueOf(p.get("name")).startsWith("ledger-api")) {
                        Tree.map(p, "controller").put("name", "ledger-api");
                    }
                });
            }
            assertThat(stuck.draft().movement().remaining()).as("%s", change).hasSize(2);
        }
    }

    @Test
    void keepsADeploymentWithAVolumeOfOneNode() {
        Clusters volume = Clusters.govcloud()
                .edit(tree -> Tree.maps(tree, "pods").stream()
                        .filter(p -> String.valueOf(p.get("name")).startsWith("ledger-api"))
                        .forEach(p -> p.put(
                                "volumes",
                                List.of(Map.of("kind", "persistentVolumeClaim", "claim", "ledger/data-ledger-db-0")))));
        assertThat(volume.draft().movement().remaining()).containsExactly(API, DATABASE);
    }

    @Test
    void aRolloutNeedsANodeBesideTheOnlyOneOfAGroup() {
        Clusters one = Clusters.minnieWallace().edit(MovementTest::leaveOneNode).option("surge", Map.of("workers", 0));
        assertThat(one.findings("OVL-NO-NODE-BESIDE")).singleElement().satisfies(f -> {
            assertThat(f.stops()).isTrue();
            assertThat(f.message()).contains("its one node is drained before there is another");
        });
        assertThat(Clusters.minnieWallace()
                        .option("surge", Map.of("workers", 0))
                        .findings("OVL-NO-NODE-BESIDE"))
                .isEmpty();
        assertThat(Clusters.minnieWallace().edit(MovementTest::leaveOneNode).findings("OVL-NO-NODE-BESIDE"))
                .isEmpty();
    }

    /** The first node with the pods that a rollout moves. */
    private static void leaveOneNode(Map<String, Object> tree) {
        List<Map<String, Object>> nodes = Tree.maps(tree, "nodes");
        Object kept = Tree.maps(tree, "pods").stream()
                .filter(p -> "httpd".equals(p.get("namespace")))
                .findFirst()
                .orElseThrow()
                .get("node");
        tree.put("nodes", nodes.stream().filter(n -> kept.equals(n.get("name"))).toList());
        tree.put(
                "pods",
                Tree.maps(tree, "pods").stream()
                        .filter(p -> kept.equals(p.get("node")))
                        .toList());
    }

    @Test
    void leavesSingletonsWhereTheyAreWhenAskedTo() {
        Clusters deferring = Clusters.govcloud().option("singletons", "defer");
        assertThat(deferring.draft().movement().byRollout()).isEmpty();
        assertThat(deferring.draft().movement().remaining()).contains(API, DATABASE, "Deployment/ledger/reports");
    }

    @Test
    void countsAServiceThatItsDeploymentCannotSpareAnEndpoint() {
        // httpd: two replicas, 25 % of which is none
        assertThat(Clusters.minnieWallace().draft().movement().byRollout())
                .containsExactly(
                        "Deployment/echo/echo",
                        "Deployment/httpd/httpd",
                        "Deployment/kube-system/aws-load-balancer-controller");
    }

    @Test
    void evictsWhatTheRunWouldEvict() {
        // all pods of a Recreate Deployment go at once at each update, so its Service needs one of them
        Clusters recreate =
                Clusters.minnieWallace().change("workloads", "name", "httpd", w -> w.put("updateStrategy", "Recreate"));
        Movement movement = recreate.draft().movement();
        assertThat(movement.byRollout()).doesNotContain("Deployment/httpd/httpd");
        assertThat(movement.remaining()).isEmpty();
    }

    @Test
    void asksBeforeItDeletesDataOrBarePods() {
        assertThat(Clusters.govcloud().findings("OVL-EMPTYDIR-DATA"))
                .extracting(Finding::subject)
                .containsExactly("Deployment/kube-system/metrics-server", "Deployment/portal/session-cache");
        assertThat(Clusters.govcloud().option("deleteEmptyDirData", true).findings("OVL-EMPTYDIR-DATA"))
                .isEmpty();
        Clusters bare = Clusters.clean()
                .edit(tree -> Tree.maps(tree, "pods").stream()
                        .filter(p -> "shop".equals(p.get("namespace")))
                        .limit(1)
                        .forEach(p -> p.remove("controller")));
        assertThat(bare.refusal()).containsExactly("OVL-BARE-POD");
        assertThat(bare.accept("OVL-BARE-POD").params("roll-workers", RollNodes.class))
                .satisfies(
                        p -> assertThat(p.evictBarePods()).isFalse(),
                        p -> assertThat(p.consented())
                                .singleElement()
                                .asString()
                                .startsWith("Pod/shop/"));
        assertThat(bare.option("evictBarePods", true).refusal()).isEmpty();
        assertThat(Clusters.clean().params("roll-workers", RollNodes.class).evictBarePods())
                .isFalse();
    }

    @Test
    void takesConsentForNamedPodsOnly() {
        RollNodes roll = Clusters.govcloud().params("roll-gov-workers", RollNodes.class);
        assertThat(roll.deleteEmptyDirData()).isFalse();
        assertThat(roll.consented())
                .containsExactly("Deployment/kube-system/metrics-server", "Deployment/portal/session-cache");
    }

    @Test
    void asksForTheDataOfABarePodThatMayGo() {
        Clusters bare = Clusters.clean()
                .edit(tree -> Tree.maps(tree, "pods").stream()
                        .filter(p -> "shop".equals(p.get("namespace")))
                        .limit(1)
                        .forEach(p -> {
                            p.remove("controller");
                            p.put("volumes", List.of(Map.of("kind", "emptyDir")));
                        }))
                .option("evictBarePods", true);
        assertThat(bare.refusal()).containsExactly("OVL-EMPTYDIR-DATA");
    }

    @Test
    void refusesAPodUnderTwoBudgets() {
        Clusters twice = Clusters.govcloud().add("budgets", """
                namespace: portal
                name: everything
                uid: "1"
                selector: {}
                minAvailable: "1"
                disruptionsAllowed: 9
                currentHealthy: 20
                desiredHealthy: 1
                expectedPods: 20
                """);
        assertThat(twice.refusal()).containsExactly("OVL-DOUBLE-BUDGET");
        assertThat(twice.findings("OVL-DOUBLE-BUDGET"))
                .extracting(Finding::subject)
                .containsExactly("Deployment/portal/gateway", "Deployment/portal/portal-web");
    }

    @Test
    void refusesWhatComesAfterAnEndThatNeverComes() {
        assertThat(Clusters.govcloud().option("hubble", "relay").refusal()).containsExactly("OVL-OPTIONS-CONFLICT");
        assertThat(Clusters.govcloud()
                        .option("hubble", "relay")
                        .option("kubeProxyReplacement", "after")
                        .findings("OVL-OPTIONS-CONFLICT"))
                .as("all contradictions at once")
                .hasSize(2);
    }
}

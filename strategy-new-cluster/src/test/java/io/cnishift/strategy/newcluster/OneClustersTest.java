package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Resource;
import io.cnishift.simulator.kit.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What works for the first cluster by its name is not copied, and roles that trust only its issuer are named. */
final class OneClustersTest {

    private static final ClusterSnapshot FIRST = Asked.scenario("clean-cluster");
    private static final ClusterSnapshot SECOND = Asked.scenario("clean-cluster-green");

    private static ClusterSnapshot with(ClusterSnapshot snapshot, Resource more) {
        List<Resource> all = new ArrayList<>(snapshot.resources().toList());
        all.add(more);
        return ClusterSnapshot.of(snapshot.source(), snapshot.takenAt(), all, List.of());
    }

    private static Resource deployment(String name, String image, List<String> args, String variable) {
        Map<String, Object> container =
                Map.of("name", "it", "image", image, "args", args, "env", List.of(Map.of("name", variable)));
        return KubeProjection.workload(Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "metadata",
                Map.of("namespace", "shop", "name", name, "uid", "u"),
                "spec",
                Map.of("replicas", 1, "template", Map.of("spec", Map.of("containers", List.of(container))))));
    }

    private static Resource pod(String account) {
        return KubeProjection.pod(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                Map.of("namespace", "shop", "name", account + "-1", "uid", "u"),
                "spec",
                Map.of(
                        "serviceAccountName",
                        account,
                        "volumes",
                        List.of(Map.of("name", "aws-iam-token", "projected", Map.of())))));
    }

    /** Of a move to a cluster that exists, and of one that the plan makes. */
    private static List<String> found(String code, Resource more) {
        List<Finding> all = new ArrayList<>(
                Asked.assess(new NewClusterStrategy(), with(FIRST, more)).findings());
        all.addAll(Asked.assess(new NewClusterStrategy(), with(FIRST, more), SECOND, Map.of())
                .findings());
        return all.stream()
                .filter(f -> f.code().equals(code) && f.stops())
                .map(f -> f.subject() + ": " + f.message())
                .toList();
    }

    @Test
    void aControllerIsKnownByItsImage() {
        assertThat(found(
                        "NEW-ONE-CLUSTERS",
                        deployment("scaler", "registry.example/karpenter/controller:1.8.1", List.of(), "A")))
                .hasSize(2)
                .containsOnly("Deployment shop/scaler: a copy of it would terminate the first cluster's instances as"
                        + " nobody's");
        assertThat(found("NEW-ONE-CLUSTERS", deployment("prod-external-dns", "x@sha256:0", List.of(), "A")))
                .hasSize(2);
    }

    @Test
    void anyOtherIsKnownByItsArguments() {
        for (List<String> args : List.of(
                List.of("--cluster-name=clean-cluster"),
                List.of("--cluster-name", "clean-cluster"),
                List.of("--discover=asg:tag=k8s.io/cluster-autoscaler/clean-cluster"))) {
            assertThat(found("NEW-ONE-CLUSTERS", deployment("own", "own:1", args, "A")))
                    .as("%s", args)
                    .hasSize(2)
                    .containsOnly("Deployment shop/own: its arguments name cluster clean-cluster, for which a copy of"
                            + " it would act too");
        }
        assertThat(found("NEW-ONE-CLUSTERS", deployment("own", "own:1", List.of("--cluster=clean-cluster-2"), "A")))
                .isEmpty();
    }

    @Test
    void aVariableMayBeTheNameOfTheCluster() {
        assertThat(found("NEW-MAY-BE-ONE-CLUSTERS", deployment("own", "own:1", List.of(), "CLUSTER_NAME")))
                .hasSize(2);
        assertThat(found("NEW-MAY-BE-ONE-CLUSTERS", deployment("own", "own:1", List.of(), "CLUSTER")))
                .isEmpty();
    }

    @Test
    void whatTheSecondClusterHasIsNotCopied() {
        Resource karpenter = deployment("karpenter", "karpenter/controller", List.of(), "A");
        assertThat(Asked.codes(Asked.assess(
                                new NewClusterStrategy(), with(FIRST, karpenter), with(SECOND, karpenter), Map.of())
                        .findings()))
                .doesNotContain("NEW-ONE-CLUSTERS");
    }

    @Test
    void rolesThatTrustOneIssuerAreToBeAgreedTo() {
        assertThat(found("NEW-TRUST", pod("reader")))
                .hasSize(2)
                .allMatch(m -> m.contains("cluster clean-cluster: maybe service account shop/reader has roles that"));
        assertThat(Asked.codes(Asked.assess(new NewClusterStrategy(), Asked.scenario("stateful-green"))
                        .findings()))
                .contains("NEW-TRUST");
    }
}

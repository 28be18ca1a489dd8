package io.cnishift.strategy.chaining;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Probe;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.plan.Consent;
import io.cnishift.api.step.InstallRelease;
import io.cnishift.api.step.RestartWorkloads;
import io.cnishift.api.step.RestoreWorkloads;
import io.cnishift.engine.plan.Intent;
import io.cnishift.engine.step.BuiltInSteps;
import io.cnishift.engine.verify.BuiltInProbes;
import io.cnishift.simulator.kit.Asked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ChainingPlanTest {

    private static final List<Probe> PROBES = Stream.concat(
                    BuiltInProbes.all().stream(), new ChainingStrategy().probes().stream())
            .toList();

    private final MigrationPlan plan = planned("clean-cluster", Map.of("hubble", "relay"), List.of());

    private static MigrationPlan planned(String scenario, Map<String, Object> options, List<String> accepted) {
        List<Consent> consents = accepted.stream()
                .map(code -> new Consent(code, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))
                .toList();
        return Asked.plan(
                        new ChainingStrategy(),
                        Asked.scenario(scenario),
                        options,
                        new Intent(Optional.empty(), List.of(), consents),
                        kind -> Stream.concat(
                                        BuiltInSteps.all(PROBES).stream(), new ChainingStrategy().stepKinds().stream())
                                .filter(k -> k.id().equals(kind))
                                .findFirst())
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                });
    }

    private Step step(String id) {
        return plan.phases().stream()
                .flatMap(p -> p.steps().stream())
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private <P> P params(String id, Class<P> type) {
        return type.cast(step(id).params());
    }

    @Test
    void policiesCountOnlyOnceEveryPodIsProvenToBeAnEndpoint() {
        assertThat(plan.phases()).extracting(Phase::id).containsExactly("preflight", "install", "chain-pods", "steady");
        assertThat(plan.phases().get(2).steps())
                .extracting(Step::id)
                .containsExactly("restart-kube-system", "restart-shop", "await-later-jobs", "prove-endpoints");
        assertThat(params("install-cilium", InstallRelease.class).values())
                .containsEntry("policyEnforcementMode", "never");
        assertThat(params("enforce-policies", InstallRelease.class).values())
                .containsEntry("policyEnforcementMode", "default");
    }

    @Test
    void theAgentOfTheVpcCniGoesOffWithoutPoliciesWhichComeBackBeforeTheyCount() {
        MigrationPlan policed = planned("chained-policy", Map.of(), List.of("CHN-POLICY-PAUSE", "CHN-POLICIES-BEGIN"));

        assertThat(policed.phases())
                .extracting(Phase::id)
                .containsExactly("preflight", "policy-agent", "install", "chain-pods", "steady");
        assertThat(policed.phases().get(0).steps()).extracting(Step::id).containsExactly("check-cluster", "await-jobs");
        assertThat(policed.phases().get(1).steps())
                .extracting(Step::id)
                .containsExactly(
                        "withdraw-legacy.invoices",
                        "withdraw-shop.cart",
                        "withdraw-shop.default-deny",
                        "withdraw-shop.web",
                        "switch-off-policy-agent");
        assertThat(policed.phases().get(4).steps())
                .extracting(Step::id)
                .containsExactly("restore-policies", "enforce-policies");
    }

    @Test
    void agentsStayOffNodesThatBringTheirOwnNetworking() {
        assertThat(params("install-cilium", InstallRelease.class)
                        .values()
                        .get("affinity")
                        .toString())
                .contains("eks.amazonaws.com/compute-type")
                .contains("NotIn")
                .contains("fargate");
    }

    @Test
    void agentsTakeTheirConfigurationAlongOnTheWayBackOnly() {
        InstallRelease install = params("install-cilium", InstallRelease.class);

        assertThat(Tree.flag(install.leaving(), "cni", "uninstall")).isTrue();
        assertThat(Tree.flag(install.values(), "cni", "uninstall")).isFalse();
        assertThat(Tree.text(install.values(), "cni", "chainingMode")).contains("aws-cni");
    }

    @Test
    void workloadsAreRestoredByAStepThatGoesBackAfterCilium() {
        assertThat(plan.phases().get(1).steps())
                .extracting(Step::id)
                .containsExactly("unchain-workloads", "install-cilium");
        assertThat(params("unchain-workloads", RestoreWorkloads.class).restarts())
                .containsExactly("restart-kube-system", "restart-shop");
        assertThat(params("restart-shop", RestartWorkloads.class))
                .isEqualTo(new RestartWorkloads(
                        List.of("Deployment/shop/cart", "Deployment/shop/web"), true, "unchain-workloads"));
    }

    @Test
    void hubbleComesWithTheLastValues() {
        assertThat(Tree.flag(params("enforce-policies", InstallRelease.class).values(), "hubble", "relay", "enabled"))
                .isTrue();
        assertThat(Tree.flag(params("install-cilium", InstallRelease.class).values(), "hubble", "relay", "enabled"))
                .isFalse();
    }
}

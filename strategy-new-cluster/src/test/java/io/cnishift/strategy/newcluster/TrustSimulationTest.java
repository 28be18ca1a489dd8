package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.act.ExtendTrust;
import io.cnishift.api.act.ReduceTrust;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Role;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.rollback.Rollbacks;
import io.cnishift.simulator.kit.Asked;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pods of stateful-green's shop have a role by the issuer of their cluster. */
final class TrustSimulationTest {

    private static final ClusterSnapshot PLAIN = Asked.scenario("stateful-green");
    private static final String SHOP = "Deployment/shop/shop";
    private static final String ISSUER =
            Role.issuer(PLAIN.cluster().oidcIssuer().orElseThrow());
    private static final String OTHER = Role.issuer(
            Asked.scenario("stateful-green-second").cluster().oidcIssuer().orElseThrow());
    private static final Map<String, Object> NODES = Map.of(
            "Effect", "Allow",
            "Principal", Map.of("Service", "ec2.amazonaws.com"),
            "Action", "sts:AssumeRole");

    private static Map<String, Object> trust(String issuer, Object accounts) {
        return Map.of(
                "Effect",
                "Allow",
                "Principal",
                Map.of("Federated", "arn:aws:iam::111122223333:oidc-provider/" + issuer),
                "Action",
                "sts:AssumeRoleWithWebIdentity",
                "Condition",
                Map.of("StringEquals", Map.of(issuer + ":sub", accounts, issuer + ":aud", "sts.amazonaws.com")));
    }

    private static Role role(String name, Object accounts) {
        return new Role(
                name,
                "arn:aws:iam::111122223333:role/" + name,
                Map.of("Version", "2012-10-17", "Statement", List.of(NODES, trust(ISSUER, accounts))));
    }

    private static ClusterSnapshot with(Resource... more) {
        return ClusterSnapshot.of(
                PLAIN.source(),
                PLAIN.takenAt(),
                Stream.concat(PLAIN.resources(), Stream.of(more)).toList(),
                PLAIN.unknown());
    }

    private static final Object ACCOUNTS =
            List.of("system:serviceaccount:shop:default", "system:serviceaccount:shop:job");

    private final Moves moves = Moves.of(
            with(role("shop", ACCOUNTS), role("autoscaler", "system:serviceaccount:kube-system:cluster-autoscaler")),
            Asked.scenario("stateful-green-second"),
            Accepted.STOP);

    private Role shop() {
        return moves.first().aws().read(Set.of(Part.ROLES)).resources().stream()
                .map(Role.class::cast)
                .filter(r -> r.name().equals("shop"))
                .findFirst()
                .orElseThrow();
    }

    /** Whether the policy has these statements and no others, in whatever order its lists are told. */
    @SafeVarargs
    private boolean says(Map<String, Object>... statements) {
        List<Map<String, Object>> now = shop().statements();
        return now.size() == statements.length
                && Role.without(List.of(statements), now).isEmpty();
    }

    @Test
    void theRolesThatAreTakenThereTrustItsIssuerForTheSameAccounts() {
        RunReport report = moves.applyTo("await-workloads").report();

        assertThat(report.reason()).isEqualTo("step await-workloads is done");
        assertThat(says(NODES, trust(ISSUER, ACCOUNTS), trust(OTHER, ACCOUNTS))).isTrue();
        assertThat(moves.acts(ExtendTrust.class)).hasSize(1);
        assertThat(moves.ready(moves.second(), SHOP)).isPositive();
    }

    @Test
    void theRolesThatArePlannedToTrustItAreAskedAbout() {
        List<Finding> findings = Asked.assess(
                        new NewClusterStrategy(),
                        with(role("shop", ACCOUNTS)),
                        Asked.scenario("stateful-green-second"),
                        Map.of())
                .findings();

        assertThat(findings)
                .filteredOn(f -> f.code().equals("NEW-TRUST-ROLES"))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("lets shop trust"))
                .satisfies(f -> assertThat(f.remedy()).contains("trust=owner", "list-open-id-connect-providers"));
    }

    @Test
    void whoeverIsDeniedInTheFirstIsDeniedThereToo() {
        Map<String, Object> denied = new HashMap<>(trust(ISSUER, "system:serviceaccount:shop:job"));
        denied.put("Effect", "Deny");
        Role role = new Role("shop", "arn:shop", Map.of("Statement", List.of(trust(ISSUER, ACCOUNTS), denied)));

        assertThat(TrustCopy.of(role, ISSUER, OTHER))
                .hasSize(2)
                .last()
                .satisfies(s -> assertThat(s.get("Effect")).isEqualTo("Deny"));
    }

    @Test
    void takenBackAPolicyKeepsWhatOthersAddedToIt() {
        moves.applyTo("await-workloads");
        Map<String, Object> theirs = trust("oidc.example/third", "system:serviceaccount:a:b");
        moves.first().aws().perform(new ExtendTrust("shop", List.of(theirs)));

        RunReport back =
                new Rollbacks(moves.runner()).turn(moves.to("await-workloads")).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(says(NODES, trust(ISSUER, ACCOUNTS), theirs)).isTrue();
        assertThat(moves.acts(ReduceTrust.class)).hasSize(1);
    }

    @Test
    void withoutItPodsAreDeniedTheirRoleThere() {
        moves.applyTo("trust-issuer");
        moves.first().aws().perform(new ReduceTrust("shop", List.of(trust(OTHER, ACCOUNTS))));

        RunReport report = moves.resumeTo("await-workloads").report();

        assertThat(report.outcome()).isEqualTo(RunOutcome.PAUSED);
        assertThat(report.reason()).contains("await-workloads", SHOP);
    }

    @Test
    void theirOwnerIsAskedAndWaitedFor() {
        Moves owner = Moves.of(with(role("shop", ACCOUNTS)), Asked.scenario("stateful-green-second"), Accepted.STOP)
                .with(Map.of("trust", "owner"));

        RunReport report = owner.applyTo("await-workloads").report();

        assertThat(report.reason()).isEqualTo("step await-workloads is done");
        assertThat(owner.acts(ExtendTrust.class)).isEmpty();
        assertThat(owner.asked()).hasAtLeastOneElementOfType(ExtendTrust.class);
    }

    @Test
    void addonsAreMadeOnceTheirRolesTrustTheCluster() {
        ClusterSnapshot clean = Asked.scenario("clean-cluster");
        String issuer = Role.issuer(clean.cluster().oidcIssuer().orElseThrow());
        Role disks = new Role(
                "disks",
                "arn:aws:iam::111122223333:role/disks",
                Map.of("Statement", trust(issuer, "system:serviceaccount:kube-system:ebs-csi-controller-sa")));
        Addon driver = new Addon(
                "aws-ebs-csi-driver", "v1.5", "ACTIVE", Map.of(), Optional.of(disks.arn()), false, List.of(), Map.of());
        ClusterSnapshot owned = ClusterSnapshot.of(
                clean.source(),
                clean.takenAt(),
                Stream.concat(clean.resources(), Stream.of(driver, disks)).toList(),
                List.of());

        List<String> made = Asked.plan(new NewClusterStrategy(), owned, Map.of(), Accepted.MADE, new Engine()::kind)
                .fold(planned -> planned.plan().phases(), refused -> {
                    throw new AssertionError(refused.findings());
                })
                .stream()
                .filter(phase -> phase.id().equals("make-second"))
                .flatMap(phase -> phase.steps().stream())
                .map(step -> step.id())
                .toList();

        assertThat(made).containsSubsequence("make-cluster", "trust-issuer", "make-addons");
    }

    @Test
    void aPolicyThatWouldBeTooLongIsFoundBefore() {
        List<String> many = Stream.iterate(0, i -> i + 1)
                .limit(18)
                .map(i -> "system:serviceaccount:shop:" + (i == 0 ? "default" : "account-of-a-certain-length-" + i))
                .toList();

        List<Finding> findings = Asked.assess(
                        new NewClusterStrategy(),
                        with(role("shop", many)),
                        Asked.scenario("stateful-green-second"),
                        Map.of())
                .findings();

        assertThat(findings)
                .filteredOn(f -> f.code().equals("NEW-TRUST-FULL"))
                .singleElement()
                .satisfies(f -> assertThat(f.subject()).isEqualTo("role shop"));
    }
}

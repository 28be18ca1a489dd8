package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.AssociateAccessPolicy;
import io.cnishift.api.act.CreateAccessEntry;
import io.cnishift.api.act.CreateCluster;
import io.cnishift.api.act.CreatePodIdentity;
import io.cnishift.api.act.CreateTargetGroup;
import io.cnishift.api.act.DeleteAddon;
import io.cnishift.api.act.DeleteCluster;
import io.cnishift.api.act.DeleteNodeGroup;
import io.cnishift.api.act.DeleteTargetGroup;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.AccessEntry;
import io.cnishift.api.cluster.Cluster.IpFamily;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.plan.LoadedStrategy;
import io.cnishift.engine.policy.Policy;
import io.cnishift.engine.policy.PolicyTape;
import io.cnishift.engine.policy.Purpose;
import io.cnishift.engine.run.RunListener;
import io.cnishift.strategy.customnetworking.PrefixDelegationStrategy;
import io.cnishift.strategy.newcluster.NewClusterStrategy;
import io.cnishift.strategy.overlay.OverlayStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What a run needs to be allowed, and no more. */
final class PolicySimulationTest {

    private static final String SCENARIO = "minnie-wallace";

    private static final LoadedStrategy OVERLAY = new LoadedStrategy(new OverlayStrategy(), "built-in");

    private final Bench bench = new Bench();
    private final ClusterSnapshot cluster = bench.scenario(SCENARIO);
    private final List<Act> acts = new ArrayList<>();

    @Test
    void allowsEachActAndNamesWhatItIsFor() {
        Policy policy = policy(Map.of());
        List<Map<String, Object>> statements = Tree.maps(policy.iam(), "Statement");

        Set<String> actions = new TreeSet<>();
        acts.stream()
                .filter(a -> a.api() == Act.Api.AWS)
                .flatMap(a -> a.operations().stream())
                .forEach(actions::add);
        // the groups are managed ones, whose size EKS sets and whose nodes Auto Scaling ends
        actions.removeAll(Set.of("autoscaling:UpdateAutoScalingGroup", "ec2:TerminateInstances"));
        assertThat(actions)
                .hasSizeGreaterThan(8)
                .allSatisfy(action -> assertThat(statements)
                        .anyMatch(s -> Tree.texts(s, "Action").contains(action)));
        assertThat(statements)
                .filteredOn(s -> Tree.texts(s, "Resource").contains("*"))
                .singleElement()
                .satisfies(s -> assertThat(Tree.texts(s, "Action"))
                        .filteredOn(a -> !a.contains(":Describe") && !a.contains(":Get") && !a.contains(":List"))
                        .containsExactly("ec2:CreateTags", "ec2:RunInstances"));
        assertThat(statement(statements, "eks:UpdateAddon"))
                .containsExactly("arn:aws:eks:ap-south-1:111122223333:addon/minnie-wallace/vpc-cni/*");
        assertThat(statement(statements, "iam:PassRole"))
                .containsExactly(
                        "arn:aws:iam::111122223333:role/minnie-wallace-nodes",
                        "arn:aws:iam::111122223333:role/minnie-wallace-vpc-cni");
    }

    @Test
    void writesOnNamedObjectsInTheirNamespacesOnly() {
        Policy policy = policy(Map.of());

        assertThat(policy.rbac())
                .extracting(r -> Tree.text(r, "metadata", "namespace").orElse("(cluster)"))
                .containsOnly("(cluster)", "default", "echo", "httpd", "kube-system");
        assertThat(rules(policy, "echo", r -> Tree.texts(r, "verbs").contains("patch")))
                .isNotEmpty()
                .allMatch(r -> !Tree.texts(r, "resourceNames").isEmpty());
        assertThat(rules(policy, "(cluster)", r -> Tree.texts(r, "verbs").contains("patch")))
                .flatExtracting(r -> Tree.texts(r, "resources"))
                .containsOnly("nodes", "clusterroles", "clusterrolebindings");
        assertThat(rules(policy, "(cluster)", r -> Tree.texts(r, "resources").contains("pods/eviction")))
                .singleElement()
                .satisfies(r -> assertThat(Tree.texts(r, "verbs")).containsExactly("create"));
    }

    @Test
    void whatOwnersMakeNeedsNoRight() {
        Policy policy = policy(Map.of("executor", Map.of("install-release", "owner")));

        assertThat(policy.rbac())
                .allSatisfy(role -> assertThat(role.toString()).doesNotContain("escalate", "clusterroles"));
        assertThat(policy.notes()).noneMatch(n -> n.contains("escalate"));
    }

    @Test
    void rightsOnTheSecondClusterNameIt() {
        PolicyTape tape = new PolicyTape(cluster, Purpose.RUN);
        MigrationPlan.Step step =
                bench.plan(SCENARIO, Map.of()).phases().get(0).steps().get(0);
        for (Act act : List.of(
                new CreateCluster("green", SCENARIO, "1.35", List.of(), IpFamily.IPV4, Map.of()),
                new DeleteNodeGroup("workers"),
                new DeleteAddon("coredns"),
                new CreatePodIdentity("web", "orders", "arn:aws:iam::111122223333:role/orders", Map.of()),
                new CreateAccessEntry("arn:aws:iam::111122223333:role/team", "team", List.of(), Map.of()),
                new AssociateAccessPolicy(
                        "arn:aws:iam::111122223333:role/team", new AccessEntry.Policy("arn:p", List.of())),
                new DeleteCluster("green"))) {
            tape.performing(step, new OnSecond(act), View.of(cluster));
        }
        List<Map<String, Object>> statements =
                Tree.maps(tape.policy(OVERLAY, "cnishift").iam(), "Statement");

        assertThat(statement(statements, "eks:CreateCluster")).containsExactly(arn("cluster/green"));
        assertThat(statement(statements, "eks:DeleteCluster")).containsExactly(arn("cluster/green"));
        assertThat(statement(statements, "eks:DeleteNodegroup")).containsExactly(arn("nodegroup/green/workers/*"));
        assertThat(statement(statements, "eks:CreateAccessEntry")).containsExactly(arn("cluster/green"));
        assertThat(statement(statements, "eks:AssociateAccessPolicy")).containsExactly(arn("access-entry/green/*"));
        assertThat(statement(statements, "eks:DeleteAddon")).containsExactly(arn("addon/green/coredns/*"));
        assertThat(statements)
                .filteredOn(s -> Tree.texts(s, "Action").contains("iam:PassRole")
                        && Tree.texts(s, "Resource").contains("arn:aws:iam::111122223333:role/orders"))
                .singleElement()
                .satisfies(s -> assertThat(Tree.texts(s, "Condition", "StringEquals", "iam:PassedToService"))
                        .containsExactly("pods.eks.amazonaws.com"));
        assertThat(statement(statements, "eks:DescribeCluster"))
                .contains(arn("cluster/green"), arn("cluster/" + SCENARIO));
    }

    @Test
    void aTargetGroupThatTheRunMakesIsKnownByItsName() {
        PolicyTape tape = new PolicyTape(cluster, Purpose.RUN);
        MigrationPlan.Step step =
                bench.plan(SCENARIO, Map.of()).phases().get(0).steps().get(0);
        tape.performing(step, new CreateTargetGroup("green-web", "arn:blue", "ip", Map.of()), View.of(cluster));
        tape.performing(step, new DeleteTargetGroup("green-web", Map.of()), View.of(cluster));
        List<Map<String, Object>> statements =
                Tree.maps(tape.policy(OVERLAY, "cnishift").iam(), "Statement");

        String group = "arn:aws:elasticloadbalancing:ap-south-1:111122223333:targetgroup/green-web/*";
        assertThat(statement(statements, "elasticloadbalancing:CreateTargetGroup"))
                .containsExactly(group);
        assertThat(statement(statements, "elasticloadbalancing:DeleteTargetGroup"))
                .containsExactly(group);
        assertThat(statement(statements, "elasticloadbalancing:DescribeTargetGroups"))
                .containsExactly("*");
    }

    private String arn(String path) {
        return cluster.cluster().arn().replace("cluster/" + SCENARIO, path);
    }

    @Test
    void whoOnlyReadsMayWriteNothing() {
        Policy policy = new PolicyTape(cluster, Purpose.READ).policy(OVERLAY, "cnishift");

        assertThat(policy.rbac().stream()
                        .flatMap(role -> Tree.maps(role, "rules").stream())
                        .flatMap(rule -> Tree.texts(rule, "verbs").stream()))
                .containsOnly("get", "list");
        assertThat(Tree.maps(policy.iam(), "Statement"))
                .flatExtracting(s -> Tree.texts(s, "Action"))
                .allMatch(action -> String.valueOf(action).matches(".*:(Describe|List|Get).*"))
                .doesNotContain("route53:ListHostedZones");
    }

    @Test
    void eachRoleIsBoundToTheGroup() {
        Policy policy = policy(Map.of());

        assertThat(policy.rbac())
                .filteredOn(d -> d.containsKey("roleRef"))
                .hasSameSizeAs(policy.rbac().stream()
                        .filter(d -> d.containsKey("rules"))
                        .toList())
                .allSatisfy(binding -> assertThat(binding)
                        .containsEntry(
                                "subjects",
                                List.of(Map.of(
                                        "apiGroup", "rbac.authorization.k8s.io", "kind", "Group", "name", "cnishift")))
                        .containsEntry(
                                "roleRef",
                                Map.of(
                                        "apiGroup",
                                        "rbac.authorization.k8s.io",
                                        "kind",
                                        String.valueOf(binding.get("kind")).replace("Binding", ""),
                                        "name",
                                        "cnishift")));
    }

    /** A second cluster gets copies of Secrets; no other strategy has to do with any where Helm has none. */
    @Test
    void onlyWhoMovesAwayListsSecretsOfAClusterWithoutReleases() {
        ClusterSnapshot without = bench.scenario("clean-cluster");
        assertThat(without.releases()).isEmpty();
        assertThat(listed(without, new PrefixDelegationStrategy()))
                .contains("pods")
                .doesNotContain("secrets", "*");
        assertThat(listed(without, new NewClusterStrategy())).contains("*");
        assertThat(listed(without, new OverlayStrategy())).contains("secrets").doesNotContain("*");
    }

    private static List<String> listed(ClusterSnapshot cluster, MigrationStrategy strategy) {
        Policy policy =
                new PolicyTape(cluster, Purpose.READ).policy(new LoadedStrategy(strategy, "built-in"), "cnishift");
        return rules(policy, "(cluster)", r -> Tree.texts(r, "verbs").contains("list")).stream()
                .flatMap(r -> Tree.texts(r, "resources").stream())
                .toList();
    }

    private Policy policy(Map<String, Object> options) {
        MigrationPlan plan = bench.plan(SCENARIO, options);
        PolicyTape tape = new PolicyTape(cluster, Purpose.RUN);
        RunListener both = new RunListener() {
            @Override
            public void performing(MigrationPlan.Step step, Act act, View view) {
                acts.add(act);
                tape.performing(step, act, view);
            }
        };
        bench.rehearsal()
                .run(
                        StoredPlan.of(plan, bench.files()),
                        bench.simulate(SCENARIO, 1).world(),
                        RunLimits.THROUGH,
                        both);
        return tape.policy(OVERLAY, "cnishift");
    }

    private static List<String> statement(List<Map<String, Object>> statements, String action) {
        return statements.stream()
                .filter(s -> Tree.texts(s, "Action").contains(action))
                .flatMap(s -> Tree.texts(s, "Resource").stream())
                .toList();
    }

    private static List<Map<String, Object>> rules(
            Policy policy, String namespace, Predicate<Map<String, Object>> which) {
        return policy.rbac().stream()
                .filter(r -> Tree.text(r, "metadata", "namespace")
                        .orElse("(cluster)")
                        .equals(namespace))
                .flatMap(r -> Tree.maps(r, "rules").stream())
                .filter(which)
                .toList();
    }
}

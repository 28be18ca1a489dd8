package io.cnishift.simulator.wrong;

import static io.cnishift.simulator.wrong.TestCluster.deployment;

import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.EvictPod;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.act.UpdateAddon;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What the API server, budgets and owners say no to, or take back. */
final class AdmissionMistakes {

    private static final Map<String, Object> HOST_NETWORK = Map.of("spec", Map.of("hostNetwork", true));

    private AdmissionMistakes() {}

    static Stream<Mistake> all() {
        return Stream.of(
                new Mistake(
                        4,
                        "a closed webhook is served by overlay pods",
                        List.of("overlay-outside-vpc", "admission-webhooks"),
                        "failed calling webhook",
                        AdmissionMistakes::webhook),
                new Mistake(
                        4,
                        "an add-on is changed while nobody answers a closed webhook for DaemonSets",
                        List.of("admission-webhooks"),
                        "UPDATE_FAILED: [AdmissionRequestDenied: ",
                        AdmissionMistakes::lostWebhook),
                new Mistake(
                        19,
                        "a drain waits for a budget that never allows",
                        List.of("eviction-budgets"),
                        "BUDGET: Cannot evict pod",
                        AdmissionMistakes::budget),
                new Mistake(
                        19,
                        "two budgets select one pod",
                        List.of("double-budget"),
                        "DOUBLE_BUDGET",
                        AdmissionMistakes::twoBudgets),
                new Mistake(
                        23,
                        "a target type is patched that Argo CD holds",
                        List.of("gitops-reverts"),
                        "target-type is ip again",
                        AdmissionMistakes::targetType),
                new Mistake(
                        23,
                        "hostNetwork is patched where Flux holds it",
                        List.of("gitops-reverts"),
                        "hostNetwork is false again",
                        AdmissionMistakes::hostNetworkHeld),
                new Mistake(
                        24,
                        "a Deployment goes host-network in a baseline namespace",
                        List.of("pod-security"),
                        "0 of 2 updated",
                        AdmissionMistakes::podSecurity),
                new Mistake(
                        24,
                        "a Deployment goes host-network where a policy engine forbids it",
                        List.of("policy-engines"),
                        "blocked by policy disallow-host-namespaces",
                        AdmissionMistakes::policyEngine),
                new Mistake(
                        24,
                        "a host-network rollout waits for the ports of its own old pods",
                        List.of("host-ports"),
                        "free ports",
                        AdmissionMistakes::ownPorts));
    }

    private static Optional<String> webhook(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.healthy());
        cluster.cilium(Cilium.VERSION, Cilium.everywhere(Map.of()));
        cluster.minutes(5);
        cluster.restart("kube-system", "aws-load-balancer-controller");
        cluster.minutes(5);
        return TestCluster.refusal(cluster.attempt(new ApplyObject(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                Map.of("namespace", "web", "name", "another"),
                "spec",
                Map.of("selector", Map.of("app", "web"), "ports", List.of(Map.of("port", 80)))))));
    }

    private static Optional<String> lostWebhook(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.healthy());
        cluster.does(new ApplyObject(Map.of(
                "apiVersion",
                "admissionregistration.k8s.io/v1",
                "kind",
                "ValidatingWebhookConfiguration",
                "metadata",
                Map.of("name", "lost"),
                "webhooks",
                List.of(Map.of(
                        "name",
                        "daemonsets.lost.example",
                        "failurePolicy",
                        "Fail",
                        "clientConfig",
                        Map.of("service", Map.of("namespace", "web", "name", "lost", "port", 443)),
                        "rules",
                        List.of(Map.of(
                                "apiGroups",
                                List.of("apps"),
                                "resources",
                                List.of("daemonsets"),
                                "operations",
                                List.of("UPDATE"))))))));
        cluster.does(new UpdateAddon("vpc-cni", Map.of("env", Map.of("WARM_IP_TARGET", "2"))));
        cluster.minutes(5);
        return cluster.addon("vpc-cni")
                .filter(a -> !a.status().equals("ACTIVE"))
                .map(a -> a.status() + ": " + a.issues());
    }

    private static Optional<String> budget(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.healthy());
        cluster.patch(
                ObjectRef.of("policy/v1", "PodDisruptionBudget", "web", "web"),
                Map.of("spec", Map.of("maxUnavailable", 0)));
        cluster.minutes(30);
        return evict(cluster);
    }

    private static Optional<String> twoBudgets(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.healthy());
        cluster.does(new ApplyObject(Map.of(
                "apiVersion",
                "policy/v1",
                "kind",
                "PodDisruptionBudget",
                "metadata",
                Map.of("namespace", "web", "name", "second"),
                "spec",
                Map.of("maxUnavailable", 2, "selector", Map.of("matchLabels", Map.of("app", "web"))))));
        cluster.minutes(5);
        return evict(cluster);
    }

    private static Optional<String> evict(TestCluster cluster) {
        Map<String, Object> pod = cluster.pods("web", "web").get(0);
        return TestCluster.refusal(cluster.attempt(new EvictPod(
                "web", TestCluster.name(pod), Tree.text(pod, "metadata", "uid").orElseThrow(), OptionalLong.empty())));
    }

    private static Optional<String> targetType(Mistake.Opener open) {
        TestCluster cluster = open.open(
                Clusters.with().ownedBy(new Owner(Owner.Kind.ARGO_CD, "shop")).build());
        String key = "alb.ingress.kubernetes.io/target-type";
        ObjectRef ingress = ObjectRef.of("networking.k8s.io/v1", "Ingress", "web", "web");
        cluster.patch(ingress, Map.of("metadata", Map.of("annotations", Map.of(key, "instance"))));
        cluster.minutes(5);
        return Tree.text(cluster.tree(ingress), "metadata", "annotations", key)
                .filter(t -> !t.equals("instance"))
                .map(t -> "target-type is " + t + " again");
    }

    private static Optional<String> hostNetworkHeld(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.with()
                .ownedBy(new Owner(Owner.Kind.FLUX, "flux-system/shop"))
                .build());
        cluster.template(deployment("web", "api"), HOST_NETWORK);
        cluster.minutes(15);
        return Tree.flag(cluster.tree(deployment("web", "api")), "spec", "template", "spec", "hostNetwork")
                ? Optional.empty()
                : Optional.of("hostNetwork is false again");
    }

    private static Optional<String> podSecurity(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.healthy());
        cluster.patch(
                ObjectRef.of("v1", "Namespace", "web"),
                Map.of("metadata", Map.of("labels", Map.of("pod-security.kubernetes.io/enforce", "baseline"))));
        cluster.template(deployment("web", "api"), HOST_NETWORK);
        cluster.minutes(10);
        long updated = Tree.number(cluster.tree(deployment("web", "api")), 0, "status", "updatedReplicas");
        return updated < 2 ? Optional.of(updated + " of 2 updated after 10 minutes") : Optional.empty();
    }

    private static Optional<String> policyEngine(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.with().policyEngine().build());
        return TestCluster.refusal(cluster.attempt(new PatchObject(
                deployment("web", "web"),
                PatchType.STRATEGIC,
                Map.of("spec", Map.of("template", HOST_NETWORK)),
                Optional.empty())));
    }

    /** Three pods on three nodes, none of which may go before a new one is ready. */
    private static Optional<String> ownPorts(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.healthy());
        cluster.template(deployment("web", "web"), HOST_NETWORK);
        cluster.minutes(10);
        cluster.restart("web", "web");
        cluster.minutes(30);
        return cluster.stuck("web", "web");
    }
}

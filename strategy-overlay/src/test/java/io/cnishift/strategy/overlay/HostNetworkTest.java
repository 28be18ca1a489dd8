package io.cnishift.strategy.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.plan.Executor;
import io.cnishift.api.step.AllowIngress;
import io.cnishift.api.step.ApplyManifest;
import io.cnishift.api.step.RollNodes;
import io.cnishift.api.step.UseHostNetwork;
import io.cnishift.cilium.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HostNetworkTest {

    private static final String METRICS = "host-network-kube-system.metrics-server";
    private static final String WEBHOOK = "host-network-cert-manager.cert-manager-webhook";
    private static final String INGRESS = "host-network-ingress-nginx.ingress-nginx-controller";
    private static final String CONTROLLER = "host-network-kube-system.aws-load-balancer-controller";

    @Test
    void movesAPortThatTheKubeletHas() {
        UseHostNetwork move = Clusters.govcloud().params(METRICS, UseHostNetwork.class);
        assertThat(template(move))
                .containsEntry("hostNetwork", true)
                .containsEntry("dnsPolicy", "ClusterFirstWithHostNet");
        assertThat(Tree.texts(container(move), "args"))
                .contains("--secure-port=4443")
                .doesNotContain("--secure-port=10250");
        assertThat(ports(move))
                .containsExactly(
                        Map.of("$patch", "delete", "containerPort", 10250),
                        Map.of("name", "https", "containerPort", 4443, "hostPort", 4443, "protocol", "TCP"));
    }

    @Test
    void keepsTwoWorkloadsWithTheSamePortApart() {
        UseHostNetwork webhook = Clusters.govcloud().params(WEBHOOK, UseHostNetwork.class);
        assertThat(Tree.texts(container(webhook), "args")).contains("--secure-port=10260");
        Clusters both = Clusters.govcloud()
                .change("workloads", "name", "metrics-server", w -> Env.image(w, "registry/some-webhook:1"));
        UseHostNetwork other = both.params(METRICS, UseHostNetwork.class);
        // 10260 is the cert-manager webhook's by then
        assertThat(Tree.texts(container(other), "args")).contains("--secure-port=10270");
    }

    @Test
    void leavesFreePortsAndAnUpdateStrategyThatFits() {
        UseHostNetwork move = Clusters.govcloud().params(INGRESS, UseHostNetwork.class);
        assertThat(Tree.map(move.patch(), "spec")).containsOnlyKeys("template");
        assertThat(container(move)).doesNotContainKey("args");
        assertThat(ports(move)).extracting(p -> p.get("hostPort")).containsExactly(80, 443, 8443);
    }

    @Test
    void movesIngressPortsAwayFromThePodIdentityAgent() {
        Clusters agent = Clusters.govcloud().add("workloads", """
                kind: DaemonSet
                namespace: kube-system
                name: eks-pod-identity-agent
                uid: "1"
                resourceVersion: "1"
                generation: 1
                observedGeneration: 1
                updateStrategy: RollingUpdate
                podSpec:
                  hostNetwork: true
                  containers:
                    - name: agent
                      ports:
                        - containerPort: 80
                          protocol: TCP
                owner: {kind: none, name: ""}
                """);
        UseHostNetwork move = agent.params(INGRESS, UseHostNetwork.class);
        assertThat(Tree.texts(container(move), "args")).contains("--http-port=8090");
        assertThat(ports(move)).contains(Map.of("$patch", "delete", "containerPort", 80));
    }

    @Test
    void movesPortsThatNobodyDeclared() {
        // the controller's health port 61779 is only in its probe
        Clusters taken =
                Clusters.minnieWallace().change("workloads", "name", "kube-proxy", w -> Env.port(w, "x", 61779));
        UseHostNetwork move = taken.params(CONTROLLER, UseHostNetwork.class);
        assertThat(Tree.texts(container(move), "args")).contains("--health-probe-bind-addr=:61789");
        assertThat(Tree.number(container(move), 0, "readinessProbe", "httpGet", "port"))
                .isEqualTo(61789);
    }

    @Test
    void patchesServicesThatNameAChangedPortByNumber() {
        Clusters numbered = Clusters.govcloud()
                .change(
                        "services",
                        "name",
                        "metrics-server",
                        s -> Tree.maps(s, "ports").get(0).put("targetPort", "10250"));
        UseHostNetwork move = numbered.params(METRICS, UseHostNetwork.class);
        assertThat(move.servicePatches()).containsOnlyKeys("kube-system/metrics-server");
        assertThat(Tree.maps(move.servicePatches().get("kube-system/metrics-server"), "spec", "ports"))
                .containsExactly(Map.of("port", 443, "targetPort", 4443));
        assertThat(numbered.step(METRICS).touches()).contains("services/kube-system/metrics-server");
        assertThat(Clusters.govcloud().params(METRICS, UseHostNetwork.class).servicePatches())
                .isEmpty();
    }

    @Test
    void declaresACalledPortThatNoContainerDeclares() {
        Clusters undeclared = Clusters.govcloud()
                .change(
                        "workloads",
                        "name",
                        "metrics-server",
                        w -> Env.container(w).remove("ports"))
                .change(
                        "services",
                        "name",
                        "metrics-server",
                        s -> Tree.maps(s, "ports").get(0).put("targetPort", "10250"));
        assertThat(ports(undeclared.params(METRICS, UseHostNetwork.class)))
                .containsExactly(Map.of("containerPort", 4443, "hostPort", 4443, "protocol", "TCP"));
    }

    @Test
    void refusesAPortThatNothingSaysHowToMove() {
        Clusters unknown = Clusters.govcloud()
                .change("workloads", "name", "metrics-server", w -> Env.image(w, "registry/some-webhook:1"))
                .change("workloads", "name", "metrics-server", w -> Env.args(w, "--config=/etc/config"));
        assertThat(unknown.refusal()).containsExactly("OVL-HOST-PORT-CLASH");
        assertThat(unknown.findings("OVL-HOST-PORT-CLASH").get(0).subject())
                .isEqualTo("Deployment/kube-system/metrics-server");
        assertThat(unknown.option("controlPlanePods", "leave-on-vpc-cni").refusal())
                .isEmpty();
    }

    private static Clusters threeIngresses() {
        return Clusters.govcloud().change("workloads", "name", "ingress-nginx-controller", w -> w.put("desired", 3));
    }

    @Test
    void movesDeploymentsToAsManyNewNodesAsTheLargestHasPods() {
        assertThat(threeIngresses()
                        .params("canary-gov-workers", RollNodes.class)
                        .maxSurge())
                .isEqualTo(3);
        assertThat(threeIngresses().stepIds())
                .containsSubsequence("fence-aws-node", "canary-gov-workers", INGRESS, "roll-gov-workers");
        assertThat(threeIngresses().params(INGRESS, UseHostNetwork.class).newNodes())
                .isEqualTo(Migration.CILIUM_NODE_LABEL);
    }

    @Test
    void putsOthersOnTheHostNetworkBeforeTheFirstNewNode() {
        Clusters recreated = Clusters.govcloud()
                .change("workloads", "name", "metrics-server", w -> w.put("updateStrategy", "Recreate"))
                .accept("OVL-HOST-NETWORK-GAP")
                .accept("OVL-UNDRAINABLE");
        assertThat(recreated.stepIds())
                .containsSubsequence("fence-aws-node", METRICS, "canary-gov-workers", INGRESS, "roll-gov-workers");
        assertThat(recreated.params(METRICS, UseHostNetwork.class).newNodes()).isEmpty();
        assertThat(recreated.findings()).extracting(Finding::code).contains("OVL-HOST-NETWORK-TWICE");
    }

    @Test
    void putsAllOnTheHostNetworkBeforeTheFenceWhereFirstNodesHaveNoRoom() {
        Clusters tight = Clusters.govcloud().option("surge", Map.of("gov-workers", 1));
        assertThat(tight.stepIds())
                .doesNotContain("canary-gov-workers")
                .containsSubsequence(INGRESS, "fence-aws-node", "roll-gov-workers");
        assertThat(tight.findings()).extracting(Finding::code).contains("OVL-HOST-NETWORK-TWICE");
        assertThat(Clusters.govcloud().findings()).extracting(Finding::code).doesNotContain("OVL-HOST-NETWORK-TWICE");
    }

    @Test
    void shrinksTheSurgeToTheHosts() {
        Clusters three =
                threeIngresses().option("surge", Map.of("gov-workers", 1)).accept("OVL-HOST-NETWORK-GAP");
        UseHostNetwork move = three.params(INGRESS, UseHostNetwork.class);
        assertThat(Tree.map(move.patch(), "spec", "strategy", "rollingUpdate"))
                .isEqualTo(Map.of("maxSurge", 0, "maxUnavailable", 1));
    }

    @Test
    void refusesMoreReplicasThanHosts() {
        Clusters four =
                Clusters.govcloud().change("workloads", "name", "ingress-nginx-controller", w -> w.put("desired", 4));
        assertThat(four.refusal()).containsExactly("OVL-HOSTS-TOO-FEW");
    }

    @Test
    void asksBeforeCallsFailDuringTheChange() {
        Clusters recreated = Clusters.govcloud()
                .change("workloads", "name", "metrics-server", w -> w.put("updateStrategy", "Recreate"));
        assertThat(recreated.refusal()).contains("OVL-HOST-NETWORK-GAP");
        assertThat(recreated
                        .accept("OVL-HOST-NETWORK-GAP")
                        .accept("OVL-UNDRAINABLE")
                        .refusal())
                .isEmpty();
    }

    @Test
    void asksBeforeAServiceLacksAPodThatItMustHave() {
        Clusters three = threeIngresses().option("surge", Map.of("gov-workers", 1));
        assertThat(three.refusal()).isEmpty();
        Clusters unbudgeted = three.without("budgets").accept("OVL-UNDRAINABLE");
        assertThat(unbudgeted.refusal()).containsExactly("OVL-HOST-NETWORK-GAP");
        assertThat(unbudgeted.findings("OVL-HOST-NETWORK-GAP").get(0).subject())
                .isEqualTo("Deployment/ingress-nginx/ingress-nginx-controller");
        assertThat(unbudgeted
                        .change("workloads", "name", "ingress-nginx-controller", w -> w.put("maxUnavailable", "1"))
                        .refusal())
                .isEmpty();
    }

    @Test
    void refusesANamespaceThatForbidsTheHostNetwork() {
        Clusters restricted = Clusters.govcloud()
                .change(
                        "namespaces",
                        "name",
                        "cert-manager",
                        n -> n.put("labels", Map.of("pod-security.kubernetes.io/enforce", "restricted")));
        assertThat(restricted.refusal()).containsExactly("OVL-POD-SECURITY");
    }

    @Test
    void namesTheValuesThatKeepAHelmReleaseFromRevertingIt() {
        assertThat(Clusters.govcloud().findings("OVL-OWNER-REVERTS"))
                .filteredOn(f -> f.subject().endsWith("/cert-manager-webhook"))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.message()).contains("release cert-manager/cert-manager");
                    assertThat(f.remedy()).contains("webhook.hostNetwork=true", "webhook.securePort=10260");
                });
    }

    @Test
    void leavesAGitOpsToolItsOwnObject() {
        Clusters argo = Clusters.govcloud()
                .change(
                        "workloads",
                        "name",
                        "metrics-server",
                        w -> w.put("owner", Map.of("kind", "argo-cd", "name", "platform")));
        assertThat(argo.step(METRICS).executor()).isEqualTo(Executor.OWNER);
        assertThat(argo.step(WEBHOOK).executor()).isEqualTo(Executor.CNISHIFT);
        assertThat(argo.findings("OVL-OWNER-STEP")).hasSize(1);
        assertThat(Clusters.govcloud()
                        .option("controlPlanePods", "owner")
                        .step(WEBHOOK)
                        .executor())
                .isEqualTo(Executor.OWNER);
    }

    @Test
    void opensThePortToTheControlPlaneFirst() {
        Clusters closed = Clusters.govcloud()
                .change(
                        "securityGroups",
                        "name",
                        "gov-nodes",
                        g -> keep(g, r -> !"control plane".equals(r.get("description"))));
        AllowIngress step = closed.params("admit-host-ports-sg-0662eb202e8dd7803", AllowIngress.class);
        assertThat(step.rules())
                .extracting(r -> r.protocol() + " " + r.fromPort() + " " + r.peer())
                .containsExactly(
                        "tcp 4443 sg-0fe55b7a44fb22754",
                        "tcp 8443 sg-0fe55b7a44fb22754",
                        "tcp 10260 sg-0fe55b7a44fb22754");
        assertThat(closed.stepIds().indexOf("admit-host-ports-sg-0662eb202e8dd7803"))
                .isLessThan(closed.stepIds().indexOf(METRICS));
        assertThat(closed.findings("OVL-CONTROL-PLANE-PORT-CLOSED"))
                .hasSize(3)
                .allSatisfy(f -> assertThat(f.curedBy()).contains("admit-host-ports-sg-0662eb202e8dd7803"));
    }

    @Test
    void prefersAPortThatTheControlPlaneReaches() {
        Clusters narrow = Clusters.govcloud()
                .change(
                        "securityGroups",
                        "name",
                        "gov-nodes",
                        g -> Tree.maps(g, "ingress").stream()
                                .filter(r -> "control plane".equals(r.get("description")))
                                .forEach(r -> {
                                    r.put("fromPort", 10300);
                                    r.put("toPort", 10400);
                                }));
        UseHostNetwork webhook = narrow.params(WEBHOOK, UseHostNetwork.class);
        assertThat(Tree.texts(container(webhook), "args")).contains("--secure-port=10300");
    }

    @Test
    void opensThePortOfAServiceToOtherNodes() {
        Clusters ephemeral = Clusters.govcloud()
                .change(
                        "securityGroups",
                        "name",
                        "gov-nodes",
                        g -> Tree.maps(g, "ingress").stream()
                                .filter(r -> "nodes, TCP".equals(r.get("description")))
                                .forEach(r -> r.put("fromPort", 1025)));
        AllowIngress step = ephemeral.params("admit-host-ports-sg-0662eb202e8dd7803", AllowIngress.class);
        assertThat(step.rules())
                .extracting(r -> r.fromPort() + " " + r.peer())
                .containsExactly("80 sg-0662eb202e8dd7803", "443 sg-0662eb202e8dd7803");
        assertThat(ephemeral.findings("OVL-HOST-PORT-CLOSED")).hasSize(2);
    }

    @Test
    void leavesWhatTheControlPlaneCallsOnTheVpcCni() {
        Clusters left = Clusters.govcloud().option("controlPlanePods", "leave-on-vpc-cni");
        assertThat(left.stepIds()).noneMatch(id -> id.startsWith("host-network"));
        assertThat(left.planned().mayRemain())
                .contains("Deployment/kube-system/metrics-server", "Deployment/ingress-nginx/ingress-nginx-controller");
        assertThat(left.params("roll-gov-workers", RollNodes.class).keep())
                .contains("Deployment/kube-system/metrics-server")
                .as("it stays only because it cannot move")
                .doesNotContain("StatefulSet/ledger/ledger-db");
        assertThat(left.params("keep-kube-system.metrics-server", ApplyManifest.class)
                        .object())
                .extracting(object -> Tree.strings(object, "spec", "template", "spec", "nodeSelector"))
                .isEqualTo(Map.of("io.cilium/aws-node-enabled", "true"));
    }

    @Test
    void saysThatACallLeadsNowhere() {
        Clusters broken = Clusters.govcloud().add("controlPlaneCalls", """
                kind: validating
                name: gone/webhook.gone.io
                service: gone/webhook
                port: 443
                failClosed: true
                timeoutSeconds: 10
                """);
        assertThat(broken.findings("OVL-CALL-UNRESOLVED"))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("gone/webhook"));
        assertThat(broken.refusal()).isEmpty();
    }

    private static void keep(Map<String, Object> group, java.util.function.Predicate<Map<String, Object>> rule) {
        group.put(
                "ingress",
                new ArrayList<>(
                        Tree.maps(group, "ingress").stream().filter(rule).toList()));
    }

    private static Map<String, Object> template(UseHostNetwork move) {
        return Tree.map(move.patch(), "spec", "template", "spec");
    }

    private static Map<String, Object> container(UseHostNetwork move) {
        return Tree.maps(template(move), "containers").get(0);
    }

    private static List<Map<String, Object>> ports(UseHostNetwork move) {
        return Tree.maps(container(move), "ports");
    }

    @Test
    void refusesWhatAPolicyEngineForbidsWhereItIsCalled() {
        assertThat(governed("kube-system").findings("OVL-POLICY-ENGINE")).isEmpty();
        assertThat(governed("nowhere").findings("OVL-POLICY-ENGINE"))
                .extracting(f -> f.subject())
                .contains("kube-system/cilium", "kube-system/cilium-operator");
        assertThat(governed("nowhere").refusal()).contains("OVL-POLICY-ENGINE");
    }

    @Test
    void saysThatARuleIsNotUnderstood() {
        assertThat(governed("kube-system")
                        .change("admissionPolicies", "name", "no-host", p -> p.put("forbids", List.of()))
                        .findings("OVL-POLICY-UNKNOWN"))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("1 enforced rule", "no-host"));
    }

    /** A cluster whose policy engine forbids the host network and is called for all namespaces but one. */
    private static Clusters governed(String exempt) {
        return Clusters.minnieWallace()
                .add(
                        "admissionPolicies",
                        "engine: kyverno\nname: no-host\nrule: r\nforbids: [host-network]\nenforced: true\n"
                                + "message: refused\n")
                .add("controlPlaneCalls", """
                        kind: validating
                        name: kyverno-resource-validating-webhook-cfg/validate
                        url: "https://127.0.0.1/"
                        port: 443
                        timeoutSeconds: 10
                        rules:
                          - groups: ["*"]
                            resources: [pods]
                            operations: [CREATE]
                        namespaceSelector:
                          matchExpressions:
                            - key: kubernetes.io/metadata.name
                              operator: NotIn
                              values: [EXEMPT]
                        """.replace("EXEMPT", exempt));
    }
}

package io.cnishift.strategy.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.plan.Consent;
import io.cnishift.api.step.InstallRelease;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is only done with the user's consent. */
final class ConsentTest {

    static Stream<Arguments> prices() {
        return Stream.of(
                price("OVL-ISOLATED", c -> c.option("hybrid", "isolated")),
                price("OVL-KUBE-PROXY-CUT", c -> c.option("kubeProxyReplacement", "after")),
                price("OVL-FARGATE-PROFILE", c -> c.cluster(x -> x.put("fargateProfiles", List.of("batch")))),
                price(
                        "OVL-NETWORK-POLICIES-BEGIN",
                        c -> c.add("networkPolicies", "namespace: shop\nname: a\ningress: true\n")),
                price(
                        "OVL-NETWORK-POLICIES",
                        c -> c.add("networkPolicies", "namespace: shop\nname: a\ningress: true\n")
                                .change(
                                        "configMaps",
                                        "name",
                                        "amazon-vpc-cni",
                                        m -> Tree.map(m, "data").put("enable-network-policy-controller", "true"))),
                price(
                        "OVL-SECURITY-GROUPS-LOST",
                        c -> c.add("securityGroupPolicies", "namespace: shop\nname: a\nsecurityGroups: [sg-1]\n")
                                .option("securityGroupsForPods", "drop")),
                price(
                        "OVL-CNI-OWNED",
                        c -> c.change(
                                "workloads",
                                "name",
                                "aws-node",
                                w -> w.put("owner", Map.of("kind", "flux", "name", "cni")))),
                price(
                        "OVL-OTHER-CNI",
                        c -> c.change("workloads", "name", "kube-proxy", w -> w.put("name", "kube-multus-ds"))),
                price(
                        "OVL-OTHER-POLICY-ENGINE",
                        c -> c.change("workloads", "name", "kube-proxy", w -> w.put("name", "calico-node"))),
                price(
                        "OVL-HOST-PORT",
                        c -> c.change(
                                "pods",
                                "namespace",
                                "shop",
                                p -> p.put("hostPorts", List.of(Map.of("protocol", "tcp", "port", 7000))))),
                price(
                        "OVL-NO-LAUNCH-TEMPLATE",
                        c -> c.change("nodeGroups", "name", "workers", g -> g.remove("launchTemplate"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("prices")
    void plansOnlyWithConsent(String code, UnaryOperator<Clusters> change) {
        Clusters priced = change.apply(Clusters.clean());
        assertThat(priced.refusal()).containsExactly(code);
        assertThat(priced.assess().feasible()).isTrue();
        Clusters accepted = priced.accept(code);
        assertThat(accepted.refusal()).isEmpty();
        assertThat(accepted.planned().accepted()).extracting(Consent::code).containsExactly(code);
    }

    @Test
    void asksForTheConsentThatMinnieWallaceCarries() {
        Clusters asked = Clusters.minnieWallace().acceptNothing();
        assertThat(asked.refusal()).containsExactly("OVL-NO-READINESS-PROBE");
        assertThat(asked.findings("OVL-NO-READINESS-PROBE"))
                .extracting(Finding::subject)
                .containsExactly("Deployment/default/nginx", "Deployment/echo/echo", "Deployment/httpd/httpd");
    }

    @Test
    void asksForTheConsentsThatGovcloudCarries() {
        assertThat(Clusters.govcloud().acceptNothing().refusal())
                .containsExactly("OVL-EMPTYDIR-DATA", "OVL-IMAGES", "OVL-UNDRAINABLE");
    }

    @Test
    void takesImagesFromTheRegistryOfTheWorkloadsWhereNodesHaveNoWayOut() {
        String registry = "777788889999.dkr.ecr.us-gov-west-1.amazonaws.com/cilium";
        Map<String, Object> values = installed(Clusters.govcloud());

        assertThat(Tree.text(values, "image", "repository")).hasValue(registry + "/cilium");
        assertThat(Tree.text(values, "operator", "image", "repository")).hasValue(registry + "/operator");
        assertThat(Tree.text(values, "envoy", "image", "repository")).hasValue(registry + "/cilium-envoy");
        assertThat(Tree.at(values, "image", "useDigest")).hasValue(false);
        assertThat(Clusters.govcloud().findings("OVL-IMAGES"))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains(registry));
    }

    @Test
    void asksNothingAboutARegistryThatIsNamed() {
        Clusters named = Clusters.govcloud().option("imageRegistry", "registry.example/mirror");
        Clusters byValues = Clusters.govcloud()
                .values(Map.of(
                        "image", Map.of("repository", "registry.example/a"),
                        "operator", Map.of("image", Map.of("override", "registry.example/b:1")),
                        "envoy", Map.of("image", Map.of("repository", "registry.example/c"))));

        assertThat(named.findings("OVL-IMAGES")).isEmpty();
        assertThat(Tree.text(installed(named), "operator", "image", "repository"))
                .hasValue("registry.example/mirror/operator");
        assertThat(byValues.findings("OVL-IMAGES")).isEmpty();
        assertThat(Tree.text(installed(byValues), "image", "repository")).hasValue("registry.example/a");
    }

    @Test
    void leavesImagesAtQuayWhereNodesHaveAWayOut() {
        assertThat(Tree.at(installed(Clusters.clean()), "image")).isEmpty();
    }

    private static Map<String, Object> installed(Clusters clusters) {
        return clusters.planned().phases().stream()
                .flatMap(phase -> phase.steps().stream())
                .filter(step -> step.id().equals("install-cilium"))
                .map(step -> ((InstallRelease) step.params()).values())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void keepsOnlyConsentsThatThePlanNeeds() {
        Clusters eager = Clusters.minnieWallace().accept("OVL-KUBE-PROXY-CUT");
        assertThat(eager.planned().accepted()).extracting(Consent::code).containsExactly("OVL-NO-READINESS-PROBE");
    }

    @Test
    void needsNoProbeOfPodsBehindNoLoadBalancer() {
        assertThat(Clusters.govcloud().findings("OVL-NO-READINESS-PROBE")).isEmpty();
        Clusters unprobed = Clusters.govcloud()
                .change("workloads", "name", "portal-web", w -> Env.container(w).remove("readinessProbe"))
                .change(
                        "workloads",
                        "name",
                        "ingress-nginx-controller",
                        w -> Env.container(w).remove("readinessProbe"));
        assertThat(unprobed.findings("OVL-NO-READINESS-PROBE"))
                .extracting(Finding::subject)
                .containsExactly("Deployment/ingress-nginx/ingress-nginx-controller");
    }

    @Test
    void sharesTheCniDirectoryWhenTheValuesDo() {
        Clusters istio = Clusters.clean()
                .change("workloads", "name", "kube-proxy", w -> w.put("name", "istio-cni-node"))
                .values(Map.of("cni", Map.of("exclusive", false)));
        assertThat(istio.refusal()).isEmpty();
    }

    private static Arguments price(String code, UnaryOperator<Clusters> change) {
        return Arguments.of(code, change);
    }
}

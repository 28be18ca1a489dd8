package io.cnishift.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.AdmissionPolicy.Forbidden;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AdmissionPolicyTest {

    private static final Map<String, Object> PODS = Map.of("kinds", List.of("Pod"));
    private static final Map<String, Object> HOST_NAMESPACES = Map.of(
            "message",
            "no",
            "pattern",
            Map.of("spec", Map.of("=(hostPID)", "false", "=(hostIPC)", "false", "=(hostNetwork)", "false")));

    @Test
    void understandsTheRulesOfKyvernosOwnLibrary() {
        assertThat(one(rule(PODS, HOST_NAMESPACES)).forbids()).containsExactly(Forbidden.HOST_NETWORK);
        Map<String, Object> ports = Map.of(
                "pattern",
                Map.of(
                        "spec",
                        Map.of("=(containers)", List.of(Map.of("=(ports)", List.of(Map.of("=(hostPort)", 0)))))));
        assertThat(one(rule(PODS, ports)).forbids()).containsExactly(Forbidden.HOST_PORTS);
        assertThat(one(rule(PODS, Map.of("podSecurity", Map.of("level", "baseline"))))
                        .forbids())
                .containsExactly(Forbidden.HOST_NETWORK, Forbidden.HOST_PORTS);
    }

    @Test
    void doesNotUnderstandWhatDependsOnMoreThanNames() {
        Map<String, Object> labelled =
                Map.of("kinds", List.of("Pod"), "selector", Map.of("matchLabels", Map.of("tier", "web")));
        assertThat(one(rule(labelled, HOST_NAMESPACES)).forbids()).isEmpty();
        assertThat(one(rule(PODS, Map.of("deny", Map.of()))).forbids()).isEmpty();
    }

    @Test
    void isEnforcedWhereTheRuleOrThePolicySaysSo() {
        assertThat(one(rule(PODS, HOST_NAMESPACES)).enforced()).isFalse();
        Map<String, Object> policy = Map.of(
                "apiVersion",
                "kyverno.io/v1",
                "metadata",
                Map.of("name", "p"),
                "spec",
                Map.of("validationFailureAction", "Enforce", "rules", List.of(rule(PODS, HOST_NAMESPACES))));
        assertThat(KubeProjection.admissionPolicies(policy).get(0).enforced()).isTrue();
    }

    @Test
    void excludesByNamespaceAndNameWithWildcards() {
        AdmissionPolicy policy = one(Map.of(
                "name",
                "r",
                "match",
                Map.of("any", List.of(Map.of("resources", PODS))),
                "exclude",
                Map.of(
                        "any",
                        List.of(Map.of(
                                "resources",
                                Map.of("namespaces", List.of("cert-*"), "names", List.of("cert-manager-webhook-*"))))),
                "validate",
                HOST_NAMESPACES));
        assertThat(policy.covers("cert-manager", "cert-manager-webhook-7c9-x1")).isFalse();
        assertThat(policy.covers("cert-manager", "cert-manager-7c9-x1")).isTrue();
        assertThat(policy.covers("shop", "cert-manager-webhook-7c9-x1")).isTrue();
        assertThat(policy.asksAboutWorkloads()).isFalse();
    }

    @Test
    void readsGatekeepersConstraint() {
        AdmissionPolicy policy = KubeProjection.admissionPolicies(Map.of(
                        "apiVersion",
                        "constraints.gatekeeper.sh/v1beta1",
                        "metadata",
                        Map.of("name", "host"),
                        "spec",
                        Map.of(
                                "match",
                                Map.of("excludedNamespaces", List.of("kube-system")),
                                "parameters",
                                Map.of("hostNetwork", false, "min", 0, "max", 0))))
                .get(0);
        assertThat(policy.forbids()).containsExactly(Forbidden.HOST_NETWORK, Forbidden.HOST_PORTS);
        assertThat(policy.enforced()).isTrue();
        assertThat(policy.covers("kube-system", "cilium-x")).isFalse();
        assertThat(policy.covers("shop", "web-x")).isTrue();
    }

    private static Map<String, Object> rule(Map<String, Object> match, Map<String, Object> validate) {
        return Map.of("name", "r", "match", Map.of("any", List.of(Map.of("resources", match))), "validate", validate);
    }

    private static AdmissionPolicy one(Map<String, Object> rule) {
        return KubeProjection.admissionPolicies(Map.of(
                        "apiVersion",
                        "kyverno.io/v1",
                        "metadata",
                        Map.of("name", "p"),
                        "spec",
                        Map.of("rules", List.of(rule))))
                .get(0);
    }
}

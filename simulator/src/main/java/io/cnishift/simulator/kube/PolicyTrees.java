package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.AdmissionPolicy;
import io.cnishift.api.cluster.AdmissionPolicy.Engine;
import io.cnishift.api.cluster.AdmissionPolicy.Forbidden;
import io.cnishift.api.cluster.AdmissionPolicy.Scope;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.MetaTrees.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rules of policy engines as the objects that hold them. */
public final class PolicyTrees {

    /** The kinds whose objects hold rules. */
    public static final List<String> KINDS = List.of("ClusterPolicy", "Policy", "K8sPSPHostNetworkingPorts");

    private PolicyTrees() {}

    /** One object for each policy, with all its rules. */
    static List<Map<String, Object>> trees(List<AdmissionPolicy> policies, Instant created) {
        Map<String, List<AdmissionPolicy>> byName = new LinkedHashMap<>();
        policies.forEach(p -> byName.computeIfAbsent(p.engine() + "/" + p.name(), k -> new ArrayList<>())
                .add(p));
        return byName.values().stream().map(rules -> tree(rules, created)).toList();
    }

    private static Map<String, Object> tree(List<AdmissionPolicy> rules, Instant created) {
        AdmissionPolicy first = rules.get(0);
        if (first.engine() == Engine.GATEKEEPER) {
            return Trees.with(
                    object("constraints.gatekeeper.sh/v1beta1", "K8sPSPHostNetworkingPorts", "", first.name(), created),
                    constraint(first),
                    "spec");
        }
        int slash = first.name().indexOf('/');
        return Trees.with(
                object(
                        "kyverno.io/v1",
                        slash < 0 ? "ClusterPolicy" : "Policy",
                        first.name().substring(0, Math.max(0, slash)),
                        first.name().substring(slash + 1),
                        created),
                Trees.of("rules", rules.stream().map(PolicyTrees::rule).toList()),
                "spec");
    }

    private static Map<String, Object> constraint(AdmissionPolicy policy) {
        return Trees.of(
                "enforcementAction",
                policy.enforced() ? "deny" : "dryrun",
                "match",
                Trees.of("namespaces", namespaces(policy.match()), "excludedNamespaces", namespaces(policy.exclude())),
                "parameters",
                Trees.of(
                        "hostNetwork",
                        !policy.forbids().contains(Forbidden.HOST_NETWORK),
                        "max",
                        policy.forbids().contains(Forbidden.HOST_PORTS) ? 0L : 65535L));
    }

    private static List<String> namespaces(List<Scope> scopes) {
        return scopes.stream().flatMap(s -> s.namespaces().stream()).toList();
    }

    private static Map<String, Object> rule(AdmissionPolicy policy) {
        Map<String, Object> spec = new LinkedHashMap<>();
        if (policy.forbids().contains(Forbidden.HOST_NETWORK)) {
            spec.put("=(hostNetwork)", "false");
        }
        if (policy.forbids().contains(Forbidden.HOST_PORTS)) {
            spec.put("=(containers)", List.of(Trees.of("=(ports)", List.of(Trees.of("=(hostPort)", 0L)))));
        }
        return Trees.of(
                "name",
                policy.rule(),
                "match",
                Trees.of(
                        "any",
                        filters(policy.match().isEmpty() ? List.of(new Scope(List.of(), List.of())) : policy.match())),
                "exclude",
                policy.exclude().isEmpty() ? null : Trees.of("any", filters(policy.exclude())),
                "validate",
                Trees.of(
                        "failureAction",
                        policy.enforced() ? "Enforce" : "Audit",
                        "message",
                        policy.message().isEmpty() ? null : policy.message(),
                        "pattern",
                        Trees.of("spec", spec)));
    }

    private static List<Map<String, Object>> filters(List<Scope> scopes) {
        return scopes.stream()
                .map(s -> Trees.of(
                        "resources",
                        Trees.of(
                                "kinds",
                                List.of("Pod"),
                                "namespaces",
                                s.namespaces().isEmpty() ? null : s.namespaces(),
                                "names",
                                s.names().isEmpty() ? null : s.names())))
                .toList();
    }

    private static Map<String, Object> object(String api, String kind, String namespace, String name, Instant created) {
        return MetaTrees.object(api, kind, new Identity(namespace, name, "", "", created), Map.of());
    }
}

package io.cnishift.simulator.scenario.production;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.AdmissionPolicy;
import io.cnishift.api.cluster.AdmissionPolicy.Forbidden;
import io.cnishift.api.cluster.Budget;
import io.cnishift.api.cluster.ConfigMap;
import io.cnishift.api.cluster.ControlPlaneCall;
import io.cnishift.api.cluster.ControlPlaneCall.Kind;
import io.cnishift.api.cluster.Namespace;
import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.SecurityGroupPolicy;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.cni.StalePolicyEndpoints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What restrains: namespaces with Pod Security, budgets, network policies, security groups for pods, webhooks. */
final class Guards {

    private static final List<String> ANY = List.of("*");
    private static final List<String> WRITES = List.of("CREATE", "UPDATE");

    private final Placement placement;

    Guards(Placement placement) {
        this.placement = placement;
    }

    List<Resource> resources() {
        List<Resource> all = new ArrayList<>();
        for (String name : List.of("default", "kube-node-lease", "kube-public")) {
            all.add(namespace(name));
        }
        for (String name : placement.namespaces()) {
            all.add(namespace(name));
        }
        budgets(all);
        networkPolicies(all);
        all.add(new SecurityGroupPolicy(
                SpecialApps.LEDGER,
                "database-clients",
                Map.of("matchLabels", Map.of(SpecialApps.CLIENT_LABEL, "true")),
                Map.of(),
                List.of(SecurityGroups.LEDGER)));
        calls(all);
        all.addAll(policies());
        configuration(all);
        return all;
    }

    private static Namespace namespace(String name) {
        Map<String, String> labels = new LinkedHashMap<>(Map.of("kubernetes.io/metadata.name", name));
        if (name.equals(SpecialApps.PAYMENTS)) {
            labels.put("pod-security.kubernetes.io/enforce", "restricted");
        }
        return new Namespace(name, name.equals("kube-system") ? Site.UID : Ids.uid("namespace " + name), labels, false);
    }

    /** Whatever serves from more than one pod has one, but for the databases: there only the quorum has. */
    private void budgets(List<Resource> all) {
        for (App app : placement.apps()) {
            boolean database =
                    app.namespace().equals(SpecialApps.DATA) && !app.name().equals(SpecialApps.QUORUM);
            if (!app.daemon() && app.port() > 0 && app.replicas() > 1 && !database) {
                all.add(budget(app));
            }
        }
    }

    private static Budget budget(App app) {
        boolean share = app.replicas() > 4;
        int missing = share ? (app.replicas() + 3) / 4 : 1;
        return new Budget(
                app.namespace(),
                app.name(),
                Ids.uid("budget " + app.key()),
                Map.of("matchLabels", app.labels()),
                Optional.empty(),
                Optional.of(share ? "25%" : "1"),
                missing,
                app.replicas(),
                app.replicas() - missing,
                app.replicas(),
                false);
    }

    /** Where money is: nothing comes in that is not meant to, and one namespace may leave for the database alone. */
    private static void networkPolicies(List<Resource> all) {
        List<NetworkPolicy> policies = new ArrayList<>();
        for (String namespace : List.of(SpecialApps.PAYMENTS, SpecialApps.LEDGER, "treasury")) {
            policies.add(policy(namespace, "deny-by-default", Map.of(), List.of()));
            policies.add(policy(
                    namespace,
                    "from-the-shop",
                    Map.of("matchLabels", Map.of("app.kubernetes.io/name", "api-1")),
                    List.of()));
        }
        policies.add(policy(SpecialApps.PAYMENTS, "to-partners", Map.of(), List.of(Cidr.parse("198.51.100.0/24"))));
        all.addAll(policies);
        policies.forEach(p -> all.add(StalePolicyEndpoints.of(p)));
    }

    /** One that lets out to these blocks, or where there are none, lets nobody in. */
    private static NetworkPolicy policy(String namespace, String name, Map<String, Object> pods, List<Cidr> to) {
        return new NetworkPolicy(
                namespace,
                name,
                pods,
                to,
                to.isEmpty(),
                !to.isEmpty(),
                Map.of(),
                Optional.of(Ids.uid("network policy " + namespace + "/" + name)),
                Map.of());
    }

    /**
     * Kyverno is fail-closed for all but its own namespace and kube-system.
     */
    private static void calls(List<Resource> all) {
        all.add(webhook(
                Kind.VALIDATING,
                "kyverno-resource-validating-webhook-cfg/validate.kyverno.svc-fail",
                "kyverno/kyverno-svc",
                rule(Set.of("", "apps", "batch"), List.of("pods", "deployments", "statefulsets", "daemonsets", "jobs")),
                Map.of(
                        "matchExpressions",
                        List.of(Trees.of(
                                "key",
                                "kubernetes.io/metadata.name",
                                "operator",
                                "NotIn",
                                "values",
                                List.of("kyverno", "kube-system"))))));
        all.add(webhook(
                Kind.VALIDATING,
                "cert-manager-webhook/webhook.cert-manager.io",
                "cert-manager/cert-manager-webhook",
                rule(Set.of("cert-manager.io", "acme.cert-manager.io"), ANY),
                Map.of()));
        all.add(webhook(
                Kind.MUTATING,
                "aws-load-balancer-webhook/mservice.elbv2.k8s.aws",
                "kube-system/aws-load-balancer-webhook-service",
                new ControlPlaneCall.Rule(List.of(""), List.of("services"), List.of("CREATE")),
                Map.of()));
        all.add(new ControlPlaneCall(
                Kind.MUTATING,
                "vpc-resource-mutating-webhook/mpod.vpc.k8s.aws",
                Optional.empty(),
                443,
                Optional.of("https://127.0.0.1:23443/mutate-v1-pod"),
                false,
                30,
                List.of(new ControlPlaneCall.Rule(List.of(""), List.of("pods"), List.of("CREATE"))),
                Map.of(),
                false));
        all.add(new ControlPlaneCall(
                Kind.API_SERVICE,
                "v1beta1.metrics.k8s.io",
                Optional.of("kube-system/metrics-server"),
                443,
                Optional.empty(),
                true,
                30,
                List.of(),
                Map.of(),
                true));
    }

    /**
     * Pods may not use the host's network or ports. Left out is what has to: agents that run on every node, and cert-manager's
     * webhook, which the migration moves there.
     */
    private List<AdmissionPolicy> policies() {
        List<AdmissionPolicy.Scope> exceptions = new ArrayList<>();
        for (App app : placement.apps()) {
            if (app.hostNetwork() && !app.namespace().equals("kube-system")) {
                exceptions.add(pods(app.namespace(), app.name()));
            }
        }
        exceptions.add(pods("cert-manager", "cert-manager-webhook"));
        return List.of(
                policy("disallow-host-namespaces", "host-namespaces", Forbidden.HOST_NETWORK, exceptions),
                policy("disallow-host-ports", "host-ports-none", Forbidden.HOST_PORTS, exceptions));
    }

    private static AdmissionPolicy.Scope pods(String namespace, String name) {
        return new AdmissionPolicy.Scope(List.of(namespace), List.of(name + "-*"));
    }

    private static AdmissionPolicy policy(
            String name, String rule, Forbidden what, List<AdmissionPolicy.Scope> exceptions) {
        return new AdmissionPolicy(
                AdmissionPolicy.Engine.KYVERNO,
                name,
                rule,
                List.of(what),
                List.of(),
                exceptions,
                true,
                "Pods may not use the " + what.toString().replace('-', ' ') + " (security baseline 4.2).");
    }

    private static ControlPlaneCall.Rule rule(Set<String> groups, List<String> resources) {
        return new ControlPlaneCall.Rule(groups.stream().sorted().toList(), resources, WRITES);
    }

    private static ControlPlaneCall webhook(
            Kind kind, String name, String service, ControlPlaneCall.Rule rule, Map<String, Object> namespaces) {
        return new ControlPlaneCall(
                kind, name, Optional.of(service), 443, Optional.empty(), true, 10, List.of(rule), namespaces, false);
    }

    private static void configuration(List<Resource> all) {
        all.add(new ConfigMap("kube-system", "amazon-vpc-cni", Map.of("enable-network-policy-controller", "true")));
        all.add(new ConfigMap("kube-system", "kube-proxy-config", Map.of("config", "mode: \"iptables\"\n")));
        all.add(new ConfigMap(
                "kube-system",
                "coredns",
                Map.of("Corefile", ".:53 {\n    kubernetes cluster.local\n    forward . /etc/resolv.conf\n}\n")));
    }
}

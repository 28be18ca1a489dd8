package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.AdmissionPolicy;
import io.cnishift.api.cluster.ControlPlaneCall;
import io.cnishift.api.cluster.Namespace;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Selectors;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rules of policy engines that would refuse pods of this migration: what moves to the host network, and Cilium itself. An
 * engine refuses only where its webhook is called, whatever its rules say.
 */
final class EngineRules {

    private static final String SYSTEM = "kube-system";

    /** The workloads of the chart, all of which use the host network. */
    private static final List<String> CILIUM = List.of("cilium", "cilium-envoy", "cilium-operator");

    private EngineRules() {}

    /** What refuses the pods of a workload once they use the host network. */
    static List<Finding> onHostNetwork(Site site, Workload workload) {
        String pod = site.view().podsOf(workload.key()).stream()
                .map(Pod::name)
                .findFirst()
                .orElse(workload.name() + "-0");
        return refusing(site, workload.namespace(), workload.name(), pod).stream()
                .map(p -> OverlayCode.POLICY_ENGINE.finding(
                        workload.key(),
                        words(p) + " refuses the host network in namespace " + workload.namespace(),
                        "exclude these pods in the rule, or set controlPlanePods=leave-on-vpc-cni"))
                .toList();
    }

    static List<Finding> check(Draft draft) {
        List<Finding> findings = new ArrayList<>();
        for (String name : CILIUM) {
            refusing(draft.site(), SYSTEM, name, name + "-0")
                    .forEach(p -> findings.add(OverlayCode.POLICY_ENGINE.finding(
                            SYSTEM + "/" + name,
                            words(p) + " refuses the host network in namespace " + SYSTEM
                                    + ", so Cilium would get no pod",
                            "exclude " + SYSTEM + "/" + name + "* in the rule")));
        }
        unknown(draft.site(), findings);
        return findings;
    }

    private static List<AdmissionPolicy> refusing(Site site, String namespace, String workload, String pod) {
        return site.view().all(Part.ADMISSION_POLICIES, AdmissionPolicy.class).stream()
                .filter(AdmissionPolicy::enforced)
                .filter(p -> !p.forbids().isEmpty())
                .filter(p -> p.covers(namespace, pod) || (p.asksAboutWorkloads() && p.covers(namespace, workload)))
                .filter(p -> called(site, p, namespace))
                .toList();
    }

    /** Whether the engine is asked about pods of that namespace at all. */
    private static boolean called(Site site, AdmissionPolicy policy, String namespace) {
        Map<String, String> labels = site.view()
                .get(Part.NAMESPACES, Namespace.class, namespace)
                .map(Namespace::labels)
                .orElse(Map.of("kubernetes.io/metadata.name", namespace));
        return site.view().all(Part.CONTROL_PLANE_CALLS, ControlPlaneCall.class).stream()
                .filter(policy.engine()::calledBy)
                .filter(c -> c.rules().stream()
                        .flatMap(r -> r.resources().stream())
                        .anyMatch(r -> r.equals("pods") || r.equals("*") || r.equals("*/*")))
                .anyMatch(c -> Selectors.matches(c.namespaceSelector(), labels));
    }

    /** Rules that are enforced and that nobody here understands. */
    private static void unknown(Site site, List<Finding> findings) {
        Map<String, List<String>> byEngine = new TreeMap<>();
        site.view().all(Part.ADMISSION_POLICIES, AdmissionPolicy.class).stream()
                .filter(p -> p.enforced() && p.forbids().isEmpty())
                .forEach(p -> byEngine.computeIfAbsent(p.engine().toString(), e -> new ArrayList<>())
                        .add(p.name()));
        byEngine.forEach((engine, names) -> findings.add(OverlayCode.POLICY_UNKNOWN.finding(
                engine,
                Count.of(names.size(), "enforced rule about pods is", "enforced rules about pods are")
                        + " not understood: "
                        + String.join(
                                ", ",
                                names.stream().distinct().sorted().limit(5).toList()),
                "see that they let in pods on the host network, of Cilium in " + SYSTEM + " above all")));
    }

    private static String words(AdmissionPolicy policy) {
        return policy.engine() + " policy " + policy.name()
                + (policy.rule().isEmpty() ? "" : " (rule " + policy.rule() + ")");
    }
}

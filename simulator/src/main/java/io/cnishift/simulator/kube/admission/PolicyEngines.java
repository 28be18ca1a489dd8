package io.cnishift.simulator.kube.admission;

import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.AdmissionPolicy;
import io.cnishift.api.cluster.AdmissionPolicy.Forbidden;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Admission.Request;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.kube.PolicyTrees;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A policy engine whose webhook is reached refuses what its enforced rules forbid: pods that use their host's network or
 * ports, and the pod templates of workloads where it makes rules for these by itself. One that is not reached is a matter of
 * {@link AdmissionWebhooks}. Rules of other kinds are not played.
 */
final class PolicyEngines implements Behaviour {

    private static final Set<String> WORKLOADS =
            Set.of("Deployment", "DaemonSet", "StatefulSet", "ReplicaSet", "Job", "CronJob");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** As read from the store; read again after a change of one. */
    private Optional<List<AdmissionPolicy>> enforced = Optional.empty();

    @Override
    public String id() {
        return "policy-engines";
    }

    @Override
    public String source() {
        return "Kyverno documentation, Validate Rules and Auto-Gen Rules; Gatekeeper library, host networking and ports";
    }

    @Override
    public void install(Kernel kernel) {
        ControlPlanePath path = ControlPlanePath.of(kernel);
        PolicyTrees.KINDS.forEach(k -> kernel.objects().listen(k, (before, after) -> enforced = Optional.empty()));
        kernel.admit(request -> {
            String kind = request.kind();
            boolean asked = request.subresource().isEmpty() && (kind.equals("Pod") || WORKLOADS.contains(kind));
            if (asked) {
                for (AdmissionPolicy policy : enforced(kernel)) {
                    if (violates(policy, request.object()) && reached(kernel, path, policy, request)) {
                        refuse(policy, request.object());
                    }
                }
            }
            return request.object();
        });
    }

    private List<AdmissionPolicy> enforced(Kernel kernel) {
        List<AdmissionPolicy> policies = enforced.orElseGet(() -> PolicyTrees.KINDS.stream()
                .flatMap(k -> kernel.objects().list(k).stream())
                .flatMap(p -> KubeProjection.admissionPolicies(p).stream())
                .filter(AdmissionPolicy::enforced)
                .toList());
        enforced = Optional.of(policies);
        return policies;
    }

    private static boolean violates(AdmissionPolicy policy, Map<String, Object> object) {
        boolean pod = Pods.key(object).kind().equals("Pod");
        Map<String, Object> spec = pod ? Tree.map(object, "spec") : template(object);
        boolean forbidden = (policy.forbids().contains(Forbidden.HOST_NETWORK) && Tree.flag(spec, "hostNetwork"))
                || (policy.forbids().contains(Forbidden.HOST_PORTS)
                        && !KubeProjection.hostPorts(spec).isEmpty());
        return forbidden
                && (pod || policy.asksAboutWorkloads())
                && policy.covers(Pods.key(object).namespace(), Pods.key(object).name());
    }

    private static Map<String, Object> template(Map<String, Object> workload) {
        Map<String, Object> spec = Tree.map(workload, "spec", "template", "spec");
        return spec.isEmpty() ? Tree.map(workload, "spec", "jobTemplate", "spec", "template", "spec") : spec;
    }

    /** Whether a webhook of the engine is called for this request and answers. */
    private static boolean reached(Kernel kernel, ControlPlanePath path, AdmissionPolicy policy, Request request) {
        return kernel.objects().list("ValidatingWebhookConfiguration").stream()
                .filter(c -> Pods.key(c).name().startsWith(policy.engine().toString()))
                .flatMap(c -> Tree.maps(c, "webhooks").stream())
                .filter(w -> WebhookRules.of(w).match(kernel, request))
                .anyMatch(w -> answers(path, Tree.map(w, "clientConfig", "service")));
    }

    private static boolean answers(ControlPlanePath path, Map<String, Object> service) {
        String name = Tree.text(service, "namespace").orElse("") + "/"
                + Tree.text(service, "name").orElse("");
        return path.call(name, (int) Tree.number(service, 443, "port"), TIMEOUT).isEmpty();
    }

    private static void refuse(AdmissionPolicy policy, Map<String, Object> object) {
        List<String> what = policy.forbids().stream().map(Forbidden::toString).toList();
        throw new ApiRefusal(
                Reason.ADMISSION,
                "admission webhook \"validate." + policy.engine() + ".svc\" denied the request: resource "
                        + ObjectRef.of(object).kind() + "/" + Pods.key(object).namespace() + "/"
                        + Pods.key(object).name() + " was blocked by policy " + policy.name()
                        + (policy.rule().isEmpty() ? "" : ", rule " + policy.rule()) + ": "
                        + (policy.message().isEmpty() ? "it forbids " + String.join(" and ", what) : policy.message()),
                ApiRefusal.Detail.code(400));
    }
}

package io.cnishift.simulator.kube.admission;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Admission;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.kube.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A namespace whose enforced Pod Security level is baseline or restricted refuses pods that use the host's namespaces or
 * ports, mount its file system or are privileged. Workloads are let in; it is their pods that never come.
 */
final class PodSecurity implements Behaviour {

    @Override
    public String id() {
        return "pod-security";
    }

    @Override
    public String source() {
        return "Kubernetes documentation, Pod Security Standards (baseline) and Pod Security Admission";
    }

    @Override
    public void install(Kernel kernel) {
        kernel.admit(r -> {
            boolean newPod = r.operation() == Admission.Operation.CREATE
                    && r.subresource().isEmpty()
                    && r.kind().equals("Pod");
            if (newPod) {
                check(kernel, r.object());
            }
            return r.object();
        });
    }

    private static void check(Kernel kernel, Map<String, Object> pod) {
        String level = kernel.objects()
                .get("Namespace", "", Pods.key(pod).namespace())
                .map(n -> KubeProjection.namespace(n).podSecurity())
                .orElse("privileged");
        List<String> violations = level.equals("privileged") ? List.of() : violations(pod);
        if (!violations.isEmpty()) {
            throw new ApiRefusal(
                    Reason.ADMISSION,
                    "pods \"" + Pods.key(pod).name() + "\" is forbidden: violates PodSecurity \"" + level
                            + ":latest\": " + String.join(", ", violations),
                    ApiRefusal.Detail.code(403));
        }
    }

    private static List<String> violations(Map<String, Object> pod) {
        List<String> violations = new ArrayList<>();
        for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
            if (Tree.flag(pod, "spec", host)) {
                violations.add("host namespaces (" + host + "=true)");
            }
        }
        List<String> ports = KubeProjection.hostPorts(Tree.map(pod, "spec")).stream()
                .map(p -> String.valueOf(p.port()))
                .toList();
        if (!ports.isEmpty()) {
            violations.add("hostPort (uses hostPorts " + String.join(", ", ports) + ")");
        }
        if (Tree.maps(pod, "spec", "volumes").stream().anyMatch(v -> v.containsKey("hostPath"))) {
            violations.add("hostPath volumes");
        }
        if (Tree.maps(pod, "spec", "containers").stream()
                .anyMatch(c -> Tree.flag(c, "securityContext", "privileged"))) {
            violations.add("privileged (container must not set securityContext.privileged=true)");
        }
        return violations;
    }
}

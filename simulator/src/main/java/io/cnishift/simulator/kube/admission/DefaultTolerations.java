package io.cnishift.simulator.kube.admission;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Admission;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every new pod tolerates a node in trouble for five minutes, unless it says otherwise. */
final class DefaultTolerations implements Behaviour {
    private static final int SECONDS = 300;

    @Override
    public String id() {
        return "default-tolerations";
    }

    @Override
    public String source() {
        return "Kubernetes documentation, admission controller DefaultTolerationSeconds";
    }

    @Override
    public void install(Kernel kernel) {
        kernel.admit(r -> {
            boolean newPod = r.operation() == Admission.Operation.CREATE
                    && r.subresource().isEmpty()
                    && r.kind().equals("Pod");
            return newPod ? tolerating(r.object()) : r.object();
        });
    }

    private static Map<String, Object> tolerating(Map<String, Object> pod) {
        List<Map<String, Object>> all = new ArrayList<>(Tree.maps(pod, "spec", "tolerations"));
        int before = all.size();
        for (String trouble : List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")) {
            if (all.stream().noneMatch(t -> covers(t, trouble))) {
                all.add(Trees.of(
                        "key", trouble, "operator", "Exists", "effect", "NoExecute", "tolerationSeconds", SECONDS));
            }
        }
        return all.size() == before ? pod : Trees.with(pod, all, "spec", "tolerations");
    }

    private static boolean covers(Map<String, Object> toleration, String key) {
        String own = Tree.text(toleration, "key").orElse("");
        String effect = Tree.text(toleration, "effect").orElse("");
        return (own.equals(key) || own.isEmpty()) && (effect.isEmpty() || effect.equals("NoExecute"));
    }
}

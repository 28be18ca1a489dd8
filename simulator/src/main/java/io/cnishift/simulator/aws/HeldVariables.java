package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.simulator.Kernel;
import java.util.Map;
import java.util.Optional;

/** Environment variables of an add-on's workload that an update leaves as they are; none until a behaviour says so. */
final class HeldVariables {

    private boolean respected;

    private HeldVariables() {}

    static HeldVariables of(Kernel kernel) {
        return kernel.shared(HeldVariables.class, k -> new HeldVariables());
    }

    void respect() {
        respected = true;
    }

    /** The changes without those that go against the value of another field manager. */
    void leaveOut(Map<String, Object> workload, String container, Map<String, Optional<String>> changes) {
        if (respected) {
            String env = "spec.template.spec.containers[" + container + "].env[";
            KubeProjection.workload(workload)
                    .heldFields()
                    .forEach(path -> changes.keySet().removeIf(name -> path.equals(env + name + "].value")));
        }
    }
}

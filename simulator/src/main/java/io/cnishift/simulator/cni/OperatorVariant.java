package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Containers.Ailment;
import io.cnishift.simulator.Kernel;
import java.util.Map;
import java.util.Optional;

/**
 * The operator's image that the chart chooses without eni.enabled knows nothing of EC2 and exits when ipam is eni. Up to 1.19
 * the chart lets that pass.
 */
public final class OperatorVariant implements Behaviour {

    @Override
    public String id() {
        return "cilium-operator-variant";
    }

    @Override
    public String source() {
        return "cilium operator/cmd/root.go (allocator not supported by this version); chart templates/_helpers.tpl";
    }

    @Override
    public void install(Kernel kernel) {
        kernel.containers()
                .playedBy(
                        pod -> Operators.operator(pod) && generic(pod) && EniSettings.on(AgentConfig.configMap(kernel))
                                ? Optional.of(Ailment.crashed(
                                        "eni allocator is not supported by this version of cilium-operator-generic"))
                                : Optional.empty());
    }

    private static boolean generic(Map<String, Object> pod) {
        return Tree.maps(pod, "spec", "containers").stream()
                .flatMap(c -> Tree.text(c, "image").stream())
                .anyMatch(image -> image.contains("-generic"));
    }
}

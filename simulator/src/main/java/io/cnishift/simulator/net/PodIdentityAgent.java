package io.cnishift.simulator.net;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** 169.254.170.23 is answered by the agent of the same node, where there is one and it is ready. */
public final class PodIdentityAgent implements Behaviour {

    private static final String NAME = "eks-pod-identity-agent";

    @Override
    public String id() {
        return "pod-identity-agent";
    }

    @Override
    public String source() {
        return "EKS user guide: Pod Identity agent; domain.md 4.12";
    }

    @Override
    public void install(Kernel kernel) {
        ObjectIndex agents = kernel.objects().index("Pod", PodIdentityAgent::node);
        Network.of(kernel).add(flow -> {
            String node = flow.to().node().orElse("");
            boolean asked = flow.to().kind() == End.Kind.POD_IDENTITY;
            return asked && agents.of(node).stream().noneMatch(Ready::isReady)
                    ? Optional.of("no ready " + NAME + " on node " + node)
                    : Optional.empty();
        });
    }

    private static List<String> node(Map<String, Object> pod) {
        boolean agent = NAME.equals(Tree.strings(pod, "metadata", "labels").get("app.kubernetes.io/name"));
        return agent ? Tree.text(pod, "spec", "nodeName").map(List::of).orElse(List.of()) : List.of();
    }
}

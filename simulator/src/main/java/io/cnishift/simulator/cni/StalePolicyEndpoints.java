package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Containers.Ailment;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The VPC CNI's policy agent, told that policies are off while a PolicyEndpoint is left, crashes and aws-node with it. The
 * controller that makes these for policies, and takes them away with them, works only while policies are on: what is
 * left when they go off stays.
 */
public final class StalePolicyEndpoints implements Behaviour {

    private static final Duration NOTICED = Duration.ofSeconds(2);
    private static final ObjectKey SWITCH = new ObjectKey("ConfigMap", DaemonPods.NAMESPACE, "amazon-vpc-cni");

    @Override
    public String id() {
        return "stale-policy-endpoints";
    }

    @Override
    public String source() {
        return "aws-network-policy-agent issues 97, 135, 190; EKS user guide: disable network policies";
    }

    @Override
    public void install(Kernel kernel) {
        Controller controller = new Controller(kernel, new TreeSet<>());
        kernel.clock().after(Duration.ZERO, controller::reconcile);
        kernel.objects()
                .listen("NetworkPolicy", (before, after) -> kernel.clock().after(NOTICED, controller::reconcile));
        kernel.objects().listen("ConfigMap", (before, after) -> controller.reconcile());
        kernel.containers().playedBy(controller::crash);
    }

    /** What it knows are the policies that it made endpoints for. */
    private record Controller(Kernel kernel, TreeSet<String> endpoints) {

        void reconcile() {
            if (on()) {
                endpoints.clear();
                kernel.objects().list("NetworkPolicy").stream()
                        .map(p -> ObjectKey.of(p).nameInKind())
                        .forEach(endpoints::add);
            }
        }

        Optional<Ailment> crash(Map<String, Object> pod) {
            return endpoints.isEmpty()
                            || DaemonPods.daemon(pod)
                                    .filter(DaemonPods.AWS_NODE::equals)
                                    .isEmpty()
                            || !toldOff(pod)
                    ? Optional.empty()
                    : Optional.of(Ailment.crashed("policy agent: nil pointer dereference at PolicyEndpoint of "
                            + endpoints.first() + " with network policies off"));
        }

        private boolean on() {
            return kernel.objects()
                    .get(SWITCH)
                    .flatMap(map -> Tree.text(map, "data", "enable-network-policy-controller"))
                    .filter("true"::equals)
                    .isPresent();
        }

        private static boolean toldOff(Map<String, Object> pod) {
            return Tree.maps(pod, "spec", "containers").stream()
                    .filter(c -> Objects.equals(c.get("name"), "aws-eks-nodeagent"))
                    .anyMatch(c -> Tree.texts(c, "args").contains("--enable-network-policy=false"));
        }
    }
}

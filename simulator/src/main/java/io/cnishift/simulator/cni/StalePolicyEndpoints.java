package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.PolicyEndpoint;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Containers.Ailment;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The VPC CNI's policy agent, told that policies are off while a PolicyEndpoint is left, crashes and aws-node with it. The
 * controller that makes these for policies, and takes them away with them, works only while policies are on: what is
 * left when they go off stays.
 */
public final class StalePolicyEndpoints implements Behaviour {

    private static final String KIND = "PolicyEndpoint";
    private static final String MANAGER = "amazon-network-policy-controller-k8s";
    private static final String SUFFIX = "x7k2p";
    private static final Duration NOTICED = Duration.ofSeconds(2);
    private static final ObjectKey SWITCH = new ObjectKey("ConfigMap", DaemonPods.NAMESPACE, "amazon-vpc-cni");

    /** What the controller has made of a policy. */
    public static PolicyEndpoint of(NetworkPolicy policy) {
        return new PolicyEndpoint(policy.namespace(), policy.name() + "-" + SUFFIX, policy.name());
    }

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
        Controller controller = new Controller(kernel);
        kernel.clock().after(Duration.ZERO, controller::reconcile);
        kernel.objects()
                .listen("NetworkPolicy", (before, after) -> kernel.clock().after(NOTICED, controller::reconcile));
        kernel.objects().listen("ConfigMap", (before, after) -> controller.reconcile());
        kernel.containers().playedBy(controller::crash);
    }

    /** What it knows are the endpoints that it made for policies. */
    private record Controller(Kernel kernel) {

        void reconcile() {
            if (!on()) {
                return;
            }
            List<ObjectKey> policies = kernel.objects().list("NetworkPolicy").stream()
                    .map(ObjectKey::of)
                    .toList();
            List<ObjectKey> there =
                    kernel.objects().list(KIND).stream().map(ObjectKey::of).toList();
            there.stream()
                    .filter(e -> policies.stream().noneMatch(p -> endpoint(p).equals(e)))
                    .forEach(e -> kernel.objects().remove(KIND, e.namespace(), e.name()));
            policies.stream()
                    .filter(p -> !there.contains(endpoint(p)))
                    .forEach(p -> kernel.objects().create(made(p), MANAGER));
        }

        /** Of the controller's names only the first part is the policy's. */
        private static ObjectKey endpoint(ObjectKey policy) {
            return new ObjectKey(KIND, policy.namespace(), policy.name() + "-" + SUFFIX);
        }

        private static Map<String, Object> made(ObjectKey policy) {
            return Trees.of(
                    "apiVersion",
                    "networking.k8s.aws/v1alpha1",
                    "kind",
                    KIND,
                    "metadata",
                    Trees.of(
                            "namespace",
                            policy.namespace(),
                            "name",
                            endpoint(policy).name()),
                    "spec",
                    Trees.of("policyRef", Trees.of("namespace", policy.namespace(), "name", policy.name())));
        }

        Optional<Ailment> crash(Map<String, Object> pod) {
            List<Map<String, Object>> left = List.copyOf(kernel.objects().list(KIND));
            return left.isEmpty()
                            || DaemonPods.daemon(pod)
                                    .filter(DaemonPods.AWS_NODE::equals)
                                    .isEmpty()
                            || !toldOff(pod)
                    ? Optional.empty()
                    : Optional.of(Ailment.crashed("policy agent: nil pointer dereference at PolicyEndpoint "
                            + ObjectKey.of(left.get(0)).nameInKind() + " with network policies off"));
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

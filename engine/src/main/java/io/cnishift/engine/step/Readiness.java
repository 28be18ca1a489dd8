package io.cnishift.engine.step;

import io.cnishift.api.Finding;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.CiliumNode;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Remembered;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.step.RollNodes;
import java.util.List;
import java.util.Optional;

/** Whether a node can take pods of the side it belongs to. */
final class Readiness {

    private static final String AGENT = "DaemonSet/kube-system/cilium";
    private static final String AGENT_TAINT = "node.cilium.io/agent-not-ready";

    /** Taints of Karpenter, the Cluster Autoscaler and the Node Termination Handler on nodes that they take away. */
    private static final List<String> TAKEN_AWAY = List.of(
            "karpenter.sh/disrupted",
            "ToBeDeletedByClusterAutoscaler",
            "aws-node-termination-handler/spot-itn",
            "aws-node-termination-handler/asg-lifecycle-termination");

    private Readiness() {}

    /** What a node of the new side still lacks; empty once it is ready. */
    static Optional<String> ofNew(View view, RollNodes params, Node node) {
        Optional<String> taint =
                params.readyTaints().stream().filter(node::tainted).findFirst();
        if (!node.ready()) {
            return Optional.of("is not Ready");
        }
        if (taint.isPresent()) {
            return Optional.of("still has the taint " + taint.get());
        }
        if (node.unschedulable()) {
            return Optional.of("is cordoned");
        }
        if (leaving(node).isPresent()) {
            return leaving(node);
        }
        if (!params.cniLabel().isEmpty() && !node.labels().containsKey(params.cniLabel())) {
            return Optional.of("lacks the label " + params.cniLabel());
        }
        if (!hasAgent(view)) {
            return Optional.empty();
        }
        return params.podCidr()
                .filter(range -> fromPool(params))
                .map(range -> pool(view, node, range))
                .orElseGet(() -> interfaces(view, node));
    }

    /**
     * Whether Cilium's operator gives new nodes their pod CIDRs: where Cilium takes them over, their agent's taint is waited for.
     * A range without it is one of subnets, from which the VPC CNI takes addresses even where Cilium is chained to it.
     */
    private static boolean fromPool(RollNodes params) {
        return params.readyTaints().contains(AGENT_TAINT);
    }

    /** Whether an agent is there at all, which nodes have to hear of. */
    static boolean hasAgent(View view) {
        return view.workload(AGENT).isPresent();
    }

    /** Of a node whose pods get addresses of its interfaces: whether the operator has found any. */
    private static Optional<String> interfaces(View view, Node node) {
        return view.get(Part.CILIUM_NODES, CiliumNode.class, node.name())
                .filter(n -> n.addresses().isPresent() && !n.provided())
                .map(n ->
                        "has no address for pods" + n.error().map(e -> ": " + e).orElse(""));
    }

    /** Why a node that is there yet will be gone soon: who takes it away has said so by a taint. */
    static Optional<String> leaving(Node node) {
        return TAKEN_AWAY.stream()
                .filter(node::tainted)
                .findFirst()
                .map(taint -> "is being taken away (" + taint + ")");
    }

    private static Optional<String> pool(View view, Node node, Cidr pool) {
        Optional<CiliumNode> cilium = view.get(Part.CILIUM_NODES, CiliumNode.class, node.name());
        List<Cidr> given = cilium.map(CiliumNode::podCidrs).orElse(List.of());
        if (given.isEmpty()) {
            return Optional.of("has no pod CIDR"
                    + cilium.flatMap(CiliumNode::error).map(e -> ": " + e).orElse(""));
        }
        return given.stream().allMatch(pool::contains)
                ? Optional.empty()
                : Optional.of("has pod CIDR " + given.get(0) + " outside " + pool);
    }

    /** A ready node with another number of pods than planned shows that the plan does not hold for any. */
    static Optional<Finding> wrongSize(RollNodes params, Node node) {
        return node.ready() && params.maxPods() > 0 && node.maxPods() != params.maxPods()
                ? Optional.of(StepCode.MAX_PODS.of(
                        "Node " + node.name(),
                        "admits " + Count.of(node.maxPods(), "pod") + ", planned are " + params.maxPods(),
                        "see who decides max-pods of its group, then go back or plan again"))
                : Optional.empty();
    }

    /** A pod with an address of another range shows that another CNI owns new nodes. */
    static Optional<Finding> wrongAddress(View view, RollNodes params, Node node) {
        return params.podCidr().isPresent()
                ? view.unlessPodsChanged(
                        node.name(), new WrongIn(params.podCidr().get()))
                : Optional.empty();
    }

    private record WrongIn(Cidr range) implements Remembered<Optional<Finding>> {
        @Override
        public Optional<Finding> workedOut(View view, String node) {
            return wrongAddress(view, range, node);
        }
    }

    private static Optional<Finding> wrongAddress(View view, Cidr range, String node) {
        return view.podsOn(node).stream()
                .filter(p -> !p.hostNetwork() && !p.finished())
                .filter(p -> p.address().filter(a -> !range.contains(a)).isPresent())
                .findFirst()
                .map(p -> StepCode.POD_ADDRESS.of(
                        "Node " + node,
                        "gave pod " + p.key() + " the address " + p.address().orElse("") + " outside " + range,
                        "see which CNI configuration comes first on the node, then go back or plan again"));
    }

    /** What a node of the old side still lacks. */
    static Optional<String> ofOld(View view, Node node) {
        if (!node.ready()) {
            return Optional.of("is not Ready");
        }
        if (node.unschedulable()) {
            return Optional.of("is cordoned");
        }
        boolean wired =
                view.awsNode().isEmpty() || view.podsOn(node.name()).stream().anyMatch(Readiness::isAwsNode);
        return wired ? Optional.empty() : Optional.of("has no ready aws-node");
    }

    private static boolean isAwsNode(Pod pod) {
        return pod.ready()
                && pod.workload()
                        .filter("DaemonSet/kube-system/aws-node"::equals)
                        .isPresent();
    }
}

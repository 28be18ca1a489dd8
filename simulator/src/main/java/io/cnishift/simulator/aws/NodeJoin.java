package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A launched instance boots and its kubelet registers a Node, 40 to 90 seconds after the launch. The node is not Ready before
 * a CNI configuration is there, which is the business of others.
 */
public final class NodeJoin implements Behaviour {

    private static final int LEAST_SECONDS = 40;
    private static final int SPREAD_SECONDS = 50;
    private static final Duration LABELLED_BY_EKS = Duration.ofSeconds(20);

    /** What decides how nodes join; others replace parts of it. */
    public static final class Settings {
        /** What a kubelet has that nobody configures. */
        private static final int KUBELET_DEFAULT = 110;

        private MaxPodsRule maxPods = (group, template, type) -> KUBELET_DEFAULT;
        private Function<Instance, Optional<Duration>> boot;

        private Settings(RandomGenerator random) {
            boot = instance -> Optional.of(Duration.ofSeconds(LEAST_SECONDS + random.nextInt(SPREAD_SECONDS)));
        }

        /** The settings of that world. */
        public static Settings of(Kernel kernel) {
            return kernel.shared(Settings.class, k -> new Settings(k.random("boot")));
        }

        /** How long instances take to join; empty when one never does. */
        public Function<Instance, Optional<Duration>> boot() {
            return boot;
        }

        /** Replaces how long instances take to join. */
        public void boot(Function<Instance, Optional<Duration>> function) {
            boot = Objects.requireNonNull(function, "function");
        }

        int maxPods(NodeGroup group, Template template, String type) {
            return maxPods.of(group, template, type);
        }

        void maxPods(MaxPodsRule rule) {
            maxPods = Objects.requireNonNull(rule, "rule");
        }
    }

    @Override
    public String id() {
        return "node-join";
    }

    @Override
    public String source() {
        return "EKS user guide: managed nodes; amazon-eks-ami nodeadm; libraries.md 9";
    }

    @Override
    public void install(Kernel kernel) {
        Cloud.of(kernel).listen(change -> launched(change).ifPresent(i -> schedule(kernel, i)));
    }

    private static Optional<Instance> launched(Change change) {
        return change.part() == Part.INSTANCES
                ? change.now().map(Instance.class::cast).filter(i -> i.state().equals("pending"))
                : Optional.empty();
    }

    private static void schedule(Kernel kernel, Instance instance) {
        Settings.of(kernel)
                .boot()
                .apply(instance)
                .ifPresent(after -> kernel.clock().after(after, () -> join(kernel, instance.id())));
    }

    private static void join(Kernel kernel, String id) {
        Cloud cloud = Cloud.of(kernel);
        cloud.instance(id).filter(Ec2::live).ifPresent(instance -> {
            Optional<NodeGroup> group = instance.nodeGroup().flatMap(cloud::group);
            group.ifPresent(g -> {
                Template template = NodePools.withStartupTaints(kernel, g, Template.of(cloud.view(), g));
                int maxPods = Settings.of(kernel).maxPods(g, template, instance.type());
                NodeTree tree = new NodeTree(kernel.snapshot(), instance, g, template, maxPods);
                if (kernel.objects().get("Node", "", tree.name()).isEmpty()) {
                    kernel.objects().create(tree.build(kernel.clock().now()), "kubelet");
                    if (tree.labelledLate()) {
                        kernel.clock().after(LABELLED_BY_EKS, () -> label(kernel, tree));
                    }
                }
            });
        });
    }

    private static void label(Kernel kernel, NodeTree tree) {
        if (kernel.objects().get("Node", "", tree.name()).isPresent()) {
            kernel.objects().update("Node", "", tree.name(), "eks", tree::labelled);
        }
    }
}

package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.aws.Interfaces;
import io.cnishift.simulator.kube.PodEni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node whose aws-node starts with ENABLE_POD_ENI gets a trunk, if its type can have one and a place for an interface is free;
 * from then on it offers branch interfaces. A node on which aws-node never runs gets none.
 */
public final class Trunks implements Behaviour {

    private static final Duration ATTACHED_AFTER = Duration.ofSeconds(10);
    private static final String TYPE = "trunk";
    private static final String CONTROLLER = "vpc-resource-controller";

    @Override
    public String id() {
        return "trunk-interfaces";
    }

    @Override
    public String source() {
        return "amazon-vpc-cni-k8s README.md (ENABLE_POD_ENI); amazon-vpc-resource-controller-k8s pkg/provider/branch/trunk/trunk.go";
    }

    @Override
    public void install(Kernel kernel) {
        PodRuns.follow(kernel, DaemonPods.AWS_NODE, new PodRuns.Listener() {
            @Override
            public void found(String node, Map<String, Object> pod) {
                // the snapshot shows which nodes have one
            }

            @Override
            public void started(String node, Map<String, Object> pod) {
                Map<String, String> env = DaemonPods.of(kernel).env(pod, DaemonPods.AWS_NODE);
                if ("true".equalsIgnoreCase(env.get("ENABLE_POD_ENI"))) {
                    kernel.clock().after(ATTACHED_AFTER, () -> attach(kernel, node));
                }
            }

            @Override
            public void ended(String node, Map<String, Object> pod) {
                // a trunk stays until its instance ends
            }
        });
    }

    private static void attach(Kernel kernel, String node) {
        EniPool.of(kernel, node).filter(Trunks::hasPlace).ifPresent(pool -> {
            NetworkInterface primary = pool.attached().get(0);
            Optional<NetworkInterface> trunk = new Interfaces(Cloud.of(kernel))
                    .create(new Interfaces.Wanted(
                            primary.subnet(),
                            TYPE,
                            "aws-k8s-trunk-eni",
                            Optional.of(pool.instance().id()),
                            0,
                            0,
                            primary.securityGroups()));
            trunk.ifPresent(t -> announce(kernel, node, pool.limits().branchEnis()));
        });
    }

    private static boolean hasPlace(EniPool pool) {
        List<NetworkInterface> attached = pool.attached();
        return pool.limits().trunking()
                && !attached.isEmpty()
                && attached.size() < pool.limits().enis()
                && attached.stream().noneMatch(i -> i.type().equals(TYPE));
    }

    private static void announce(Kernel kernel, String node, int branches) {
        kernel.objects()
                .update(
                        "Node",
                        "",
                        node,
                        CONTROLLER,
                        n -> Trees.with(n, "true", "metadata", "labels", PodEni.TRUNK_LABEL));
        kernel.objects().status(new ObjectKey("Node", "", node), CONTROLLER, s -> {
            Map<String, Object> capacity = Trees.with(s, String.valueOf(branches), "capacity", PodEni.RESOURCE);
            return Trees.with(capacity, String.valueOf(branches), "allocatable", PodEni.RESOURCE);
        });
    }
}

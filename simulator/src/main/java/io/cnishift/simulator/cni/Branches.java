package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.PodNetwork.Wiring;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.aws.Interfaces;
import io.cnishift.simulator.kube.PodEni;
import io.cnishift.simulator.kube.PodPolicies;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The branch interfaces of pods. Each has one address of the node's subnet, which is not of the warm pool, and hangs on the
 * node's trunk. One whose pod is gone keeps its place and its address for a while before it is deleted.
 */
final class Branches {

    /** The controller's default, branch-eni-cooldown of ConfigMap amazon-vpc-cni. */
    static final Duration COOLDOWN = Duration.ofSeconds(60);

    private static final String TYPE = "branch";
    private static final String DESCRIPTION = "aws-k8s-branch-eni";

    private final Kernel kernel;
    private final Cloud cloud;
    private final Interfaces ec2;
    private final Map<String, Integer> cooling = new HashMap<>();
    private boolean made;

    private Branches(Kernel kernel) {
        this.kernel = kernel;
        cloud = Cloud.of(kernel);
        ec2 = new Interfaces(cloud);
    }

    static Branches of(Kernel kernel) {
        return kernel.shared(Branches.class, Branches::new);
    }

    /** From now on they are made. */
    void make() {
        made = true;
    }

    /** Whether a pod is to have one. */
    boolean wanted(Map<String, Object> pod) {
        return made && PodEni.asked(pod);
    }

    /** Whether a wiring is one. */
    boolean has(PodWiring wiring) {
        return cloud.branchAt(wiring.address()).isPresent();
    }

    /** Makes one for a pod. */
    Wiring wire(String node, Map<String, Object> pod) {
        Optional<EniPool> pool = EniPool.of(kernel, node);
        if (pool.isEmpty()
                || pool.get().attached().stream().noneMatch(i -> i.type().equals("trunk"))) {
            return refused("the node has no trunk interface");
        }
        if (Ipamd.Pools.of(kernel).on(node).isEmpty()) {
            return refused("ipamd does not answer");
        }
        List<String> groups = PodPolicies.groups(kernel, pod);
        if (groups.isEmpty()) {
            return refused("no SecurityGroupPolicy selects the pod");
        }
        int most = pool.get().limits().branchEnis();
        if (held(node) >= most) {
            return refused("all " + most + " branch interfaces of the node are in use");
        }
        String subnet = subnet(node, pool.get());
        Optional<NetworkInterface> branch =
                ec2.create(new Interfaces.Wanted(subnet, TYPE, DESCRIPTION, Optional.empty(), 0, 0, groups));
        return branch.<Wiring>map(b -> wired(node, pod, b.addresses().get(0)))
                .orElseGet(() -> refused("InsufficientFreeAddressesInSubnet " + subnet));
    }

    /** Lets go of one; it is deleted after its cooldown. */
    void cool(PodWiring wiring) {
        cloud.branchAt(wiring.address()).ifPresent(branch -> {
            cooling.merge(wiring.node(), 1, Integer::sum);
            kernel.clock().after(COOLDOWN, () -> {
                cooling.computeIfPresent(wiring.node(), (node, count) -> count > 1 ? count - 1 : null);
                ec2.delete(branch.id());
            });
        });
    }

    /** Deletes those of a node that is gone. */
    void gone(String node) {
        NodeCnis.of(kernel)
                .wirings()
                .on(node)
                .forEach(w -> cloud.branchAt(w.address()).ifPresent(b -> ec2.delete(b.id())));
    }

    private long held(String node) {
        return NodeCnis.of(kernel).wirings().on(node).stream().filter(this::has).count()
                + cooling.getOrDefault(node, 0);
    }

    /** That of the node, or with custom networking that of its ENIConfig. */
    private String subnet(String node, EniPool pool) {
        Map<String, String> env = NodeCnis.of(kernel).awsNodeEnv(node).orElse(Map.of());
        boolean custom = "true".equalsIgnoreCase(env.get("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG"));
        return custom
                ? PodSubnet.of(kernel, node, pool.attached().get(0), env)
                        .map(PodSubnet::subnet)
                        .orElse(pool.instance().subnet())
                : pool.instance().subnet();
    }

    private Wiring wired(String node, Map<String, Object> pod, String address) {
        PodWiring wiring = new PodWiring(
                Pods.uid(pod),
                node,
                CniKind.VPC_CNI,
                address,
                true,
                false,
                kernel.clock().now());
        NodeCnis.of(kernel)
                .wirings()
                .add(ObjectKey.of(pod).namespace(), ObjectKey.of(pod).name(), wiring);
        return new Wiring.Wired(address, wiring.by().toString());
    }

    private static Wiring refused(String why) {
        return new Wiring.Refused(AwsCniPlugin.FAILED + ": no branch interface: " + why);
    }
}

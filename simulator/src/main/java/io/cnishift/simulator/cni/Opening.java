package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.kube.Pods;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The wiring that the pods of a snapshot have when its world is opened. */
public final class Opening implements Behaviour {

    @Override
    public String id() {
        return "cni-opening";
    }

    @Override
    public String source() {
        return "the snapshot: pod addresses, CiliumEndpoints, interfaces";
    }

    @Override
    public void install(Kernel kernel) {
        Map<String, String> config = kernel.objects()
                .get("ConfigMap", DaemonPods.NAMESPACE, AgentConfig.CONFIG_MAP)
                .map(m -> Tree.strings(m, "data"))
                .orElse(Map.of());
        Wirings wirings = NodeCnis.of(kernel).wirings();
        for (Map<String, Object> pod : kernel.objects().list("Pod")) {
            Optional<String> node = Pods.node(pod);
            Optional<String> address = Tree.text(pod, "status", "podIP").filter(a -> !a.isEmpty());
            String phase = Tree.text(pod, "status", "phase").orElse("");
            boolean over = phase.equals("Succeeded") || phase.equals("Failed");
            if (!Pods.hostNetwork(pod) && !over && node.isPresent() && address.isPresent()) {
                wirings.add(
                        ObjectKey.of(pod).namespace(),
                        ObjectKey.of(pod).name(),
                        wiring(kernel, config, pod, node.get(), address.get()));
            }
        }
    }

    private static PodWiring wiring(
            Kernel kernel, Map<String, String> config, Map<String, Object> pod, String node, String address) {
        boolean endpoint = kernel.objects()
                .get(
                        "CiliumEndpoint",
                        ObjectKey.of(pod).namespace(),
                        ObjectKey.of(pod).name())
                .isPresent();
        boolean pool = NodeCnis.of(kernel)
                .podCidr(node)
                .filter(c -> c.contains(address))
                .isPresent();
        boolean eni = endpoint && config.getOrDefault("ipam", "").equals("eni");
        CniKind by = pool ? CniKind.CILIUM : eni ? CniKind.CILIUM_ENI : CniKind.VPC_CNI;
        boolean branch = Cloud.of(kernel).branchAt(address).isPresent();
        boolean secondary = branch
                || (!pool
                        && EniPool.of(kernel, node)
                                .flatMap(p -> p.onSecondary(address))
                                .orElse(false));
        Instant since = Tree.text(pod, "metadata", "creationTimestamp")
                .map(Instant::parse)
                .orElse(kernel.clock().now());
        return new PodWiring(Pods.uid(pod), node, by, address, secondary, endpoint && by == CniKind.VPC_CNI, since);
    }
}

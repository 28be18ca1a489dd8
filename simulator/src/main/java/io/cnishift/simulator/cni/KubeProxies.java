package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.util.Map;

/** kube-proxy keeps the Service rules of its node; when it ends its iptables rules stay as they are and grow stale. */
public final class KubeProxies implements Behaviour {

    @Override
    public String id() {
        return "kube-proxy";
    }

    @Override
    public String source() {
        return "Kubernetes reference: virtual IPs; cilium kubeproxy-free.rst (left-over KUBE- rules)";
    }

    @Override
    public void install(Kernel kernel) {
        PodRuns.follow(kernel, DaemonPods.KUBE_PROXY, new PodRuns.Listener() {
            @Override
            public void found(String node, Map<String, Object> pod) {
                started(node, pod);
            }

            @Override
            public void started(String node, Map<String, Object> pod) {
                NodeCnis.of(kernel).node(node).kubeProxy(true);
                ServiceKeepers.review(kernel, node);
            }

            @Override
            public void ended(String node, Map<String, Object> pod) {
                boolean another = DaemonPods.of(kernel)
                        .running(DaemonPods.KUBE_PROXY, node)
                        .isPresent();
                NodeCnis.of(kernel).node(node).kubeProxy(another);
                ServiceKeepers.review(kernel, node);
            }
        });
    }
}

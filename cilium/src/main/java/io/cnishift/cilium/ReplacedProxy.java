package io.cnishift.cilium;

/** Keys that every way of replacing kube-proxy needs. */
final class ReplacedProxy {

    /** Where kube-proxy answers for the health of its node. */
    static final String HEALTHZ = "0.0.0.0:10256";

    /** Why something must listen there. */
    static final String HEALTHZ_BECAUSE =
            "load balancers ask a node for kube-proxy's health, which the agent then answers";

    private ReplacedProxy() {}

    /** Cilium serves Services, while kube-proxy may still run beside it. */
    static PhaseValues besideKubeProxy(PhaseValues values, String apiServerHost) {
        return apiServer(values, apiServerHost)
                .own("kubeProxyReplacement", "true", "Cilium serves Services instead of kube-proxy");
    }

    /** The same where no node runs kube-proxy. Its health port is free only then: an agent that finds it taken exits. */
    static PhaseValues alone(PhaseValues values, String apiServerHost) {
        return besideKubeProxy(values, apiServerHost)
                .own("kubeProxyReplacementHealthzBindAddr", HEALTHZ, HEALTHZ_BECAUSE);
    }

    /** Some node under these values runs no kube-proxy, and a CiliumNodeConfig says which. */
    static PhaseValues apiServer(PhaseValues values, String apiServerHost) {
        return values.own(
                        "k8sServiceHost",
                        apiServerHost,
                        "without kube-proxy an agent cannot reach the API server by its Service")
                .own("k8sServicePort", "443", "the API endpoint of EKS listens on 443");
    }
}

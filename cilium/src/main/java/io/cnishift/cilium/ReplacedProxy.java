package io.cnishift.cilium;

/** Keys that every way of replacing kube-proxy needs. */
final class ReplacedProxy {

    /** Where kube-proxy answers for the health of its node. */
    static final String HEALTHZ = "0.0.0.0:10256";

    /** Why something must listen there. */
    static final String HEALTHZ_BECAUSE =
            "load balancers ask a node for kube-proxy's health, which the agent then answers";

    private ReplacedProxy() {}

    /** No node under these values runs kube-proxy. */
    static PhaseValues in(PhaseValues values, String apiServerHost) {
        return apiServer(values, apiServerHost)
                .own("kubeProxyReplacement", "true", "no node runs kube-proxy, so Cilium serves Services")
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

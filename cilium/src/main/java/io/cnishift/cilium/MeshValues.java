package io.cnishift.cilium;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chart values by which two clusters become one Cluster Mesh, each laid over what the release has: a name and a number, which are given
 * before the first pod; then a load balancer of the VPC before what other clusters ask; then who the other one is and where.
 */
public final class MeshValues {

    /** Whether other clusters can ask this one. */
    public static final String SERVED = "clustermesh.useAPIServer";

    private static final String API = "clustermesh.apiserver.";
    private static final String BALANCER = "service.beta.kubernetes.io/aws-load-balancer-";

    private MeshValues() {}

    /** The values of a cluster that can become one of a mesh. */
    public static Values named(Values values, String name, int id, int size) {
        return values.with("cluster.name", name).with("cluster.id", id).with("clustermesh.maxConnectedClusters", size);
    }

    /**
     * The values of one that others can ask.
     *
     * @param callers from where they ask: the blocks of the VPC
     */
    public static Values open(Values values, List<Cidr> callers) {
        // with a class the controller takes it that a cluster's own one would else make a load balancer for
        return image(values)
                .with(SERVED, true)
                .with(API + "service.type", "LoadBalancer")
                .with(API + "service.loadBalancerClass", "service.k8s.aws/nlb")
                .with(
                        API + "service.annotations",
                        Map.of(BALANCER + "scheme", "internal", BALANCER + "nlb-target-type", "instance"))
                .with(
                        API + "service.loadBalancerSourceRanges",
                        callers.stream().map(Cidr::toString).toList());
    }

    /**
     * The values of one that asks another one, laid over {@link #open}.
     *
     * @param host name of its own load balancer, by which others know it, so that its certificate says it too
     * @param other name of the other cluster
     * @param at name of the other's load balancer
     */
    public static Values connected(CiliumVersion version, Values open, String host, String other, String at) {
        String names = version.atLeast(20) ? "tls.auto.server.extraDnsNames" : "tls.server.extraDnsNames";
        return open.with(API + names, List.of(host))
                .with("clustermesh.config.enabled", true)
                .with(
                        "clustermesh.config.clusters",
                        List.of(Map.of("name", other, "address", at, "port", MeshMember.API_PORT)));
    }

    /** Where images come from copies, that of the API server does too, from beside those of the agents. */
    private static Values image(Values values) {
        Optional<String> agents = values.text("image.repository").filter(r -> r.endsWith("/cilium"));
        return agents.isEmpty() || values.get(API + "image.repository").isPresent()
                ? values
                : values.with(API + "image.repository", agents.get().replaceFirst("cilium$", MeshMember.API_SERVER))
                        .with(API + "image.useDigest", false);
    }
}

package io.cnishift.cilium;

import io.cnishift.api.capacity.Cidr;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a cluster is to a Cluster Mesh, as the values of its release say, those of the chart where they say nothing.
 *
 * @param name by which the others know it; {@code default} where nobody gave it one
 * @param id its number; 0 where nobody gave it one
 * @param size clusters that a mesh of it has room for
 * @param datapath how packets of pods go between nodes, in words: clusters with different ones do not reach each other's pods
 * @param natively how they go without a tunnel; empty where they go through one
 * @param pods ranges of its pods; empty where they have addresses of the VPC
 * @param connected whether it is in a mesh with others already
 * @param chartSigns whether the chart makes its certificates, by the authority that it keeps in Secret {@link #AUTHORITY}
 * @param problems what its name, number and size cannot be, each with what to do
 */
public record MeshMember(
        CiliumVersion version,
        String name,
        int id,
        int size,
        String datapath,
        Optional<NativeRouting> natively,
        List<Cidr> pods,
        boolean connected,
        boolean chartSigns,
        List<ValueProblem> problems) {

    /** Secret with the authority that signs certificates of Hubble and Cluster Mesh: the same one in all clusters of a mesh. */
    public static final String AUTHORITY = "cilium-ca";

    /** The Deployment, and its Service, by which other clusters learn of pods and identities. */
    public static final String API_SERVER = "clustermesh-apiserver";

    /** The port of it. */
    public static final int API_PORT = 2379;

    /** Label that every identity has, with the name of its cluster; selectors of policies may ask for it. */
    public static final String CLUSTER_LABEL = "io.cilium.k8s.policy.cluster";

    private static final String UNNAMED = "default";
    private static final String IPSEC = "ipsec";

    public MeshMember {
        Objects.requireNonNull(version);
        Objects.requireNonNull(name);
        Objects.requireNonNull(datapath);
        Objects.requireNonNull(natively);
        pods = List.copyOf(pods);
        problems = List.copyOf(problems);
    }

    /** The cluster whose release of Cilium has these values. */
    public static MeshMember of(CiliumVersion version, Values values) {
        Settings settings = new Settings(version, values);
        return new MeshMember(
                version,
                settings.nonEmpty("cluster.name").orElse(UNNAMED),
                settings.number("cluster.id", 0),
                settings.number("clustermesh.maxConnectedClusters", 255),
                datapath(settings),
                settings.tunnel() ? Optional.empty() : Optional.of(NativeRouting.of(settings)),
                pods(settings),
                connected(settings),
                chartSigns(settings),
                ClusterRules.check(settings).stream()
                        .filter(p -> p.severity() == ValueProblem.Severity.ERROR)
                        .toList());
    }

    /** Whether packets are encrypted by a key of its own, which nobody carries to another cluster. */
    public boolean ownKey() {
        return datapath.endsWith(IPSEC);
    }

    /** Whether somebody gave it a name and a number. */
    public boolean named() {
        return !name.equals(UNNAMED) && id != 0;
    }

    /** The lowest number that another cluster beside this one can have. */
    public int freeId() {
        return id == 1 ? 2 : 1;
    }

    private static String datapath(Settings settings) {
        String way = settings.tunnel()
                ? "a tunnel (" + settings.tunnelProtocol() + ", port " + settings.tunnelPort() + ")"
                : "native routing";
        return settings.on("encryption.enabled")
                ? way + ", encrypted by " + settings.text("encryption.type").orElse(IPSEC)
                : way;
    }

    private static List<Cidr> pods(Settings settings) {
        if (!settings.ipam().equals("cluster-pool") || settings.chained()) {
            return List.of();
        }
        List<String> pools = settings.list("ipam.operator.clusterPoolIPv4PodCIDRList");
        return pools.isEmpty()
                ? List.of(Cidr.parse("10.0.0.0/8"))
                : pools.stream().map(Cidr::parse).toList();
    }

    private static boolean connected(Settings settings) {
        Object clusters = settings.values().get("clustermesh.config.clusters").orElse(List.of());
        boolean none = clusters instanceof Map<?, ?> map
                ? map.isEmpty()
                : !(clusters instanceof Collection<?> list) || list.isEmpty();
        return settings.on("clustermesh.config.enabled") && !none;
    }

    /** The chart renders the Secret for whichever of both asks for it first, and finds it there for the other. */
    private static boolean chartSigns(Settings settings) {
        boolean hubble = settings.on("hubble.enabled") && settings.on("hubble.tls.enabled");
        return (!hubble || signs(settings, "hubble.tls.auto"))
                && signs(settings, "clustermesh.apiserver.tls.auto")
                && settings.nonEmpty("tls.ca.cert").isEmpty();
    }

    private static boolean signs(Settings settings, String auto) {
        return settings.on(auto + ".enabled")
                && settings.text(auto + ".method").filter("helm"::equals).isPresent();
    }
}

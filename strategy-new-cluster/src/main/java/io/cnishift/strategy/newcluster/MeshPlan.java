package io.cnishift.strategy.newcluster;

import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Vpc;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.cilium.MeshMember;
import io.cnishift.cilium.MeshValues;
import io.cnishift.cilium.Migration;
import io.cnishift.cilium.NodePortRule;
import io.cnishift.cilium.Ports;
import io.cnishift.cilium.Values;
import io.cnishift.strategy.newcluster.OpenNodes.Opening;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The steps by which two clusters become one mesh, and part again. */
final class MeshPlan {

    /** The phase until which the clusters are one mesh. */
    static final String LEAVE = "leave-mesh";

    private static final int PASSES = 2;
    private static final String LOOKS_ONLY = "nothing to take back: it only looks";
    private static final List<String> RELEASES =
            List.of(Part.RELEASES + "/" + Migration.NAMESPACE + "/" + Migration.RELEASE, StepDraft.SECOND);

    private final View first;
    private final String chart;
    private final OpenNodes nodes;
    private final JoinMesh mesh;
    private final AdmitPeers peers;
    private static final String TUNNELLED =
            "what goes from node to node has to be admitted by the security groups of the other cluster's";
    private static final String NATIVELY = "what goes from pod to pod has to be admitted by the security groups of the"
            + " other cluster's nodes, on every port; where that is the group of the cluster, it admits these pods to"
            + " the control plane's interfaces too";

    private final ProveMesh proof;

    MeshPlan(View first, View second, NewClusterOptions options, List<String> namespaces) {
        this.first = Objects.requireNonNull(first);
        chart = options.chart().orElse(Migration.PUBLISHED_CHART);
        MeshRelease one = MeshRelease.of(first).orElseThrow();
        MeshRelease other = MeshRelease.of(second).orElseThrow();
        mesh = new JoinMesh(side(one), side(other));
        boolean natively = other.member().flatMap(MeshMember::natively).isPresent();
        nodes = new OpenNodes(natively ? List.of(Opening.ALL) : openings(other));
        proof = new ProveMesh(PASSES, natively);
        peers = new AdmitPeers(mesh.first().name(), mesh.second().name(), namespaces);
    }

    /** Copies the authority to a second cluster that the plan makes. */
    static Step authority() {
        return StepDraft.of(
                "carry-authority",
                new CarryAuthority(),
                "both clusters trust one authority, and Cilium makes one of its own where it finds none",
                List.of(StepDraft.SECOND),
                SecondDraft.GOES_WITH_IT);
    }

    List<Step> join() {
        return List.of(
                StepDraft.of(
                        "open-nodes",
                        nodes,
                        proof.servers() ? NATIVELY : TUNNELLED,
                        groups(),
                        "the rules that were added go"),
                StepDraft.of(
                        "join-mesh",
                        mesh,
                        "each cluster learns of the other's nodes, pods and identities from its API server of the mesh",
                        RELEASES,
                        "the values of before; load balancers and API servers go"),
                StepDraft.of(
                        "prove-mesh",
                        proof,
                        "an agent that does not reach the other cluster's API server is ready all the same",
                        List.of(),
                        LOOKS_ONLY),
                StepDraft.of(
                        "admit-peers",
                        peers,
                        "a policy without a cluster means pods of its own one",
                        policies(),
                        "the policies that were added are deleted"));
    }

    List<Step> leave() {
        return List.of(
                StepDraft.of(
                        "drop-peers",
                        new DropPeers(peers),
                        "nobody of the first cluster calls any more",
                        policies(),
                        "made again"),
                StepDraft.of(
                        "leave-mesh",
                        new LeaveMesh(mesh),
                        "who keeps the load balancer of the first cluster's API server of the mesh ends with its nodes",
                        RELEASES,
                        "joined again, and until both are ready"),
                StepDraft.of(
                        "close-nodes",
                        new CloseNodes(nodes),
                        "no rule of the second cluster is to name a security group of the first one when that goes",
                        groups(),
                        "opened again"));
    }

    @SuppressWarnings("NullAway") // a chart value may be null, which takes a default away; steps take maps of objects
    private MeshSide side(MeshRelease release) {
        Values alone = release.values();
        List<Cidr> callers =
                first.vpc().cidrs().stream().map(Vpc.CidrBlock::cidr).toList();
        Map<String, Object> open = MeshValues.open(alone, callers).toMap();
        return new MeshSide(
                release.member().map(MeshMember::name).orElseThrow(),
                chart,
                release.release().chartVersion(),
                release.release().values(),
                open);
    }

    private static List<Opening> openings(MeshRelease release) {
        MeshMember member = release.member().orElseThrow();
        return Ports.betweenNodes(member.version(), release.values()).stream()
                .filter(rule -> rule.need() == NodePortRule.Need.REQUIRED)
                .map(rule -> new Opening(protocol(rule), rule.from(), rule.to(), "Cluster Mesh, " + rule.display()))
                .toList();
    }

    private static String protocol(NodePortRule rule) {
        return rule.protocol() == NodePortRule.Protocol.ESP
                ? "50"
                : rule.protocol().name().toLowerCase(Locale.ROOT);
    }

    private List<String> groups() {
        return Stream.concat(
                        OpenNodesHandler.receivers(first).stream().map(id -> Part.SECURITY_GROUPS + "/" + id),
                        Stream.of(StepDraft.SECOND))
                .toList();
    }

    private List<String> policies() {
        List<String> touched = new ArrayList<>();
        MeshPolicy here = new MeshPolicy(peers.first(), peers.second(), "");
        first.all(Part.NETWORK_POLICIES, NetworkPolicy.class).stream()
                .filter(p -> peers.namespaces().contains(p.namespace()))
                .filter(p -> here.beside(p).isPresent())
                .forEach(p -> touched.add(Part.NETWORK_POLICIES + "/" + MeshPolicy.key(p)));
        return Stream.concat(touched.stream(), Stream.of(StepDraft.SECOND)).toList();
    }
}

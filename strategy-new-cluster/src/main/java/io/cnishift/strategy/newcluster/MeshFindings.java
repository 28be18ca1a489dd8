package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.NamedObject;
import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.OwnerTags;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Vpc;
import io.cnishift.api.plan.Count;
import io.cnishift.cilium.MeshMember;
import io.cnishift.cilium.Migration;
import io.cnishift.cilium.NativeRouting;
import io.cnishift.cilium.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands against making two clusters one Cluster Mesh, and what has to be agreed to. */
final class MeshFindings {

    private static final String OPTION = "leave mesh out, or ";
    private static final String POLICY = "CiliumNetworkPolicy";

    private final View first;
    private final View second;
    private final NewClusterOptions options;
    private final List<Finding> findings = new ArrayList<>();

    private MeshFindings(View first, View second, NewClusterOptions options) {
        this.first = first;
        this.second = second;
        this.options = options;
    }

    /**
     * For these two.
     *
     * @param second as it is, or as the plan makes it
     */
    static List<Finding> of(View first, View second, NewClusterOptions options) {
        MeshFindings mesh = new MeshFindings(first, second, options);
        Optional<MeshMember> one = mesh.member(first, true);
        Optional<MeshMember> other = mesh.member(second, false);
        if (one.isPresent() && other.isPresent()) {
            mesh.alike(one.get(), other.get());
            mesh.ranges();
            mesh.authority(one.get(), other.get());
        }
        mesh.balancers();
        for (View view : mesh.there()) {
            mesh.policies(view);
            mesh.proof(view);
            mesh.owners(view);
        }
        return List.copyOf(mesh.findings);
    }

    private boolean makes() {
        return options.to().isEmpty();
    }

    /** Those of both in which others may have made something already. */
    private List<View> there() {
        return makes() ? List.of(first) : List.of(first, second);
    }

    /** What one of them is to a mesh, where it can be one of a mesh at all. */
    private Optional<MeshMember> member(View view, boolean isFirst) {
        Optional<MeshRelease> release = MeshRelease.of(view);
        if (release.isEmpty() && Presence.of(view).isEmpty()) {
            add(
                    Code.MESH_NO_CILIUM,
                    subject(view),
                    "it runs the VPC CNI without Cilium",
                    isFirst
                            ? OPTION
                                    + "migrate this cluster to Cilium first, with values that give it cluster.name and cluster.id"
                            : OPTION + "take a second cluster that runs Cilium" + (makes() ? ": network=overlay" : ""));
            return Optional.empty();
        }
        Optional<MeshMember> member = release.flatMap(MeshRelease::member);
        if (release.isEmpty() || !release.get().release().status().equals("deployed")) {
            add(
                    Code.MESH_RELEASE,
                    subject(view),
                    release.map(r -> "its release cilium is " + r.release().status())
                            .orElse("its Cilium is no Helm release " + Migration.NAMESPACE + "/" + Migration.RELEASE),
                    OPTION + "bring it into order with Helm");
            return Optional.empty();
        }
        release.get()
                .hidden()
                .ifPresent(value -> add(
                        Code.MESH_RELEASE,
                        subject(view),
                        "its value " + value + " is a secret, which is not read and could not be given to Helm again",
                        OPTION + "have the chart take it from a Secret of its own"));
        if (member.isEmpty()) {
            add(
                    Code.MESH_VERSION,
                    subject(view),
                    "its Cilium is " + release.get().release().chartVersion() + ", whose chart is not known here",
                    OPTION + "upgrade it first");
        }
        return member;
    }

    private void alike(MeshMember one, MeshMember other) {
        named(first, one);
        named(second, other);
        if (one.named() && other.named() && (one.name().equals(other.name()) || one.id() == other.id())) {
            add(
                    Code.MESH_NAME,
                    subject(second),
                    "both clusters have "
                            + (one.name().equals(other.name())
                                    ? "cluster.name " + one.name()
                                    : "cluster.id " + one.id()),
                    OPTION + "give the second one another");
        }
        if (one.size() != other.size()) {
            add(
                    Code.MESH_SIZE,
                    subject(second),
                    "its mesh has room for " + other.size() + " clusters, that of the first one for " + one.size(),
                    OPTION + "take a second cluster that was installed with clustermesh.maxConnectedClusters="
                            + one.size());
        }
        if (!one.datapath().equals(other.datapath())) {
            add(
                    Code.MESH_DATAPATH,
                    subject(second),
                    "packets of its pods go by " + other.datapath() + ", those of the first cluster by "
                            + one.datapath(),
                    OPTION + "take a second cluster that is like the first one in that");
        } else if (one.ownKey()) {
            add(
                    Code.MESH_DATAPATH,
                    subject(second),
                    "packets are encrypted by IPsec, and its key is of one cluster",
                    OPTION + "encrypt by WireGuard in both");
        } else {
            one.natively().ifPresent(routing -> routed(first, routing));
            other.natively().ifPresent(routing -> routed(second, routing));
        }
        if (!first.cluster().vpcId().equals(second.cluster().vpcId())) {
            add(
                    Code.MESH_DATAPATH,
                    subject(second),
                    "it is in " + second.cluster().vpcId() + ", the first cluster in "
                            + first.cluster().vpcId(),
                    OPTION + "take a second cluster in the VPC of the first one");
        }
        if (Math.abs(one.version().minor() - other.version().minor()) > 1) {
            add(
                    Code.MESH_VERSION,
                    subject(second),
                    "its Cilium is " + other.version() + ", that of the first cluster " + one.version(),
                    OPTION
                            + (makes()
                                    ? "set ciliumVersion=" + one.version().line()
                                    : "bring both to the same line first"));
        }
    }

    /** Without a tunnel identities are found by the source address of a packet, which has to be the pod's. */
    private void routed(View view, NativeRouting routing) {
        List<Cidr> blocks =
                first.vpc().cidrs().stream().map(Vpc.CidrBlock::cidr).toList();
        if (!routing.vpc()) {
            add(
                    Code.MESH_NATIVE,
                    subject(view),
                    "packets of its pods go by native routing, and pods have no addresses of the VPC",
                    OPTION + "take clusters in ENI mode, or chained behind the VPC CNI: other routes are not read");
        } else if (!routing.keepsSourceTo(blocks)) {
            add(
                    Code.MESH_NATIVE,
                    subject(view),
                    "its Cilium masquerades what leaves "
                            + routing.range()
                                    .map(r -> "ipv4NativeRoutingCIDR " + r)
                                    .orElse("the first block of the VPC, as ipv4NativeRoutingCIDR is not set")
                            + ", and pods have addresses of " + blocks,
                    OPTION
                            + "set ipv4NativeRoutingCIDR to a range that covers all of them, or enableIPv4Masquerade=false");
        }
    }

    private void named(View view, MeshMember member) {
        if (!member.named()) {
            add(
                    Code.MESH_NAME,
                    subject(view),
                    "its Cilium has cluster.name " + member.name() + " and cluster.id " + member.id(),
                    OPTION
                            + "give it a name and a number with Helm and restart every workload, for identities of pods are made anew with"
                            + " them");
        }
        member.problems().forEach(p -> add(Code.MESH_NAME, subject(view), p.message(), OPTION + p.remedy()));
        if (member.connected()) {
            add(
                    Code.MESH_MEMBER,
                    subject(view),
                    "clustermesh.config.clusters of its Cilium names others",
                    OPTION + "take it out of that mesh first");
        }
    }

    private void ranges() {
        MeshRanges.overlap(first, second)
                .ifPresent(which -> add(
                        Code.MESH_PODS,
                        subject(second),
                        "pods have addresses of ranges that overlap: " + which + " of the second",
                        OPTION
                                + (makes()
                                        ? "set podCidr to a range that nothing uses"
                                        : "take a second cluster with another range")));
        if (first.cluster().serviceCidr().overlaps(second.cluster().serviceCidr())) {
            add(
                    Code.MESH_SERVICES,
                    subject(second),
                    "its Services have addresses of " + second.cluster().serviceCidr()
                            + ", those of the first cluster of "
                            + first.cluster().serviceCidr(),
                    OPTION + "make a second cluster with another range and name it with to=eks:NAME");
        }
    }

    private void authority(MeshMember one, MeshMember other) {
        String secret = "Secret/" + Migration.NAMESPACE + "/" + MeshMember.AUTHORITY;
        if (!one.chartSigns() || !other.chartSigns()) {
            add(
                    Code.MESH_AUTHORITY,
                    subject(one.chartSigns() ? second : first),
                    "its certificates are not made by the chart itself",
                    OPTION + "join the clusters with what makes their certificates");
        } else if (first.get(Part.OBJECTS, NamedObject.class, secret).isEmpty()) {
            add(
                    Code.MESH_AUTHORITY,
                    subject(first),
                    "it has no " + secret + " to be copied",
                    OPTION + "set clustermesh.useAPIServer=true in its release, for which the chart makes it");
        } else if (!makes()) {
            add(
                    Code.MESH_TRUST,
                    subject(second),
                    secret + " may be another one than that of the first cluster",
                    "compare ca.crt of both ('kubectl -n " + Migration.NAMESPACE + " get secret " + MeshMember.AUTHORITY
                            + "') and accept it where they are the same; else set the first one's and upgrade the release");
        }
    }

    private void balancers() {
        for (View view : List.of(first, second)) {
            MeshRelease.of(view)
                    .filter(MeshRelease::balanced)
                    .ifPresent(r -> add(
                            Code.MESH_BALANCER,
                            subject(view),
                            "the API server of its mesh has a load balancer already, of a class that cannot be changed",
                            OPTION + "set clustermesh.apiserver.service.type=ClusterIP in its release first"));
            boolean there = view.workloads().stream().anyMatch(w -> OneClusters.makesBalancers(w) && w.ready() > 0);
            boolean comes = view != first && makes();
            if (!there && !comes) {
                add(
                        Code.MESH_BALANCER,
                        subject(view),
                        "the AWS Load Balancer Controller is not ready in it",
                        OPTION + "install it there");
            }
        }
        if (makes() && BalancerController.of(first).isEmpty()) {
            add(
                    Code.MESH_BALANCER,
                    subject(second),
                    "the first cluster has no Helm release of the AWS Load Balancer Controller to make one after",
                    OPTION + "name a second cluster that has it with to=eks:NAME");
        }
    }

    private void policies(View view) {
        List<String> theirs = view.all(Part.OBJECTS, NamedObject.class).stream()
                .filter(o -> o.objectKind().equals(POLICY))
                .map(o -> POLICY + "/" + o.namespace() + "/" + o.name())
                .toList();
        if (!theirs.isEmpty()) {
            add(
                    Code.MESH_POLICY,
                    subject(view),
                    Count.of(theirs.size(), "policy of Cilium's own is", "policies of Cilium's own are")
                            + " not extended to pods of the other cluster: " + String.join(", ", theirs),
                    "where they are to admit these, let them name both clusters by " + MeshMember.CLUSTER_LABEL
                            + " on both ends, in both clusters; then accept it");
        }
        List<String> namespaces = new Inventory(first).namespaces();
        MeshPolicy mesh = new MeshPolicy("", "", "");
        view.all(Part.NETWORK_POLICIES, NetworkPolicy.class).stream()
                .filter(p ->
                        namespaces.contains(p.namespace()) && mesh.beside(p).isPresent())
                .flatMap(p -> MeshPolicy.there(view, p).stream())
                .forEach(there ->
                        findings.add(taken(view, there, OPTION + "rename it, or delete it where nobody needs it")));
    }

    /** A policy in the place of one of ours. */
    static Finding taken(View view, NetworkPolicy there, String remedy) {
        return Code.MESH_POLICY_TAKEN.of(
                subject(view),
                "NetworkPolicy " + there.key()
                        + " is not of this migration, and has the name of one that is to be made",
                remedy);
    }

    private void proof(View view) {
        List<String> against = MeshTarget.against(view, MeshRelease.name(view == first ? second : first));
        if (!against.isEmpty()) {
            add(
                    Code.MESH_PROOF,
                    subject(view),
                    "NetworkPolicy " + String.join(", ", against) + " would keep the proof of the mesh out",
                    OPTION + "let it admit pods that have " + MeshMember.CLUSTER_LABEL + ", whatever its value is");
        }
    }

    /** An owner that insists makes the change of the first cluster itself; nobody is asked about the second one. */
    private void owners(View view) {
        List<String> kept = new ArrayList<>();
        MeshRelease.of(view)
                .ifPresent(r -> kept("release " + r.release().key(), r.release().owner(view), view == second, kept));
        OpenNodesHandler.receivers(view).stream()
                .flatMap(id -> view.get(Part.SECURITY_GROUPS, SecurityGroup.class, id).stream())
                .forEach(group ->
                        kept("security group " + group.id(), OwnerTags.owner(group.tags()), view == second, kept));
        if (!kept.isEmpty()) {
            add(
                    Code.MESH_OWNER,
                    subject(view),
                    String.join(", ", kept) + " in code, which takes the mesh out where it is applied meanwhile",
                    view == second
                            ? "let nobody apply it until the clusters have parted"
                            : "let nobody apply it until the clusters have parted, or have it say the same:"
                                    + " executor.open-nodes=owner, executor.join-mesh=owner, and so for close-nodes and leave-mesh");
        }
    }

    private static void kept(String what, Owner owner, boolean unasked, List<String> kept) {
        if (owner.inCode() && (unasked || !owner.insists())) {
            kept.add(what + " is kept by " + owner);
        }
    }

    private static String subject(View view) {
        Cluster cluster = view.cluster();
        return "cluster " + cluster.name();
    }

    private void add(Code code, String subject, String message, String remedy) {
        findings.add(code.of(subject, message, remedy));
    }
}

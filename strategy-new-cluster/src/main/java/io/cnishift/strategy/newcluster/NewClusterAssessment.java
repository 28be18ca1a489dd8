package io.cnishift.strategy.newcluster;

import io.cnishift.api.Assessment;
import io.cnishift.api.Assessment.SubnetBudget;
import io.cnishift.api.Finding;
import io.cnishift.api.Request;
import io.cnishift.api.capacity.SubnetMath;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.Cluster.IpFamily;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.OwnerTags;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.SecurityGroupPolicy;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Volume;
import io.cnishift.api.plan.Constraint;
import io.cnishift.api.plan.Count;
import io.cnishift.api.roll.MaxPodsRule;
import io.cnishift.cilium.Presence;
import io.cnishift.strategy.newcluster.FirstBalancers.Front;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a second cluster in the same subnets gives and costs. */
final class NewClusterAssessment {

    /** Hours that both clusters are paid for: copying, traffic by weight, and a day's hold before the old one shrinks. */
    private static final double HOURS_TOGETHER = 26;

    /** What is counted here or judged. */
    private static final Set<Part> NEEDED = EnumSet.of(
            Part.CLUSTER,
            Part.SUBNETS,
            Part.INSTANCES,
            Part.LOAD_BALANCERS,
            Part.TARGET_GROUPS,
            Part.NODES,
            Part.PODS,
            Part.VOLUMES);

    /** What is copied or moved, beyond that. */
    private static final Set<Part> NEEDED_TO_COPY = EnumSet.of(
            Part.NAMESPACES,
            Part.WORKLOADS,
            Part.SERVICES,
            Part.INGRESSES,
            Part.NETWORK_POLICIES,
            Part.BUDGETS,
            Part.OBJECTS,
            Part.DNS_RECORDS);

    /** What a second cluster is made after, beyond that. */
    private static final Set<Part> NEEDED_TO_MAKE = EnumSet.of(
            Part.VPC, Part.ROUTE_TABLES, Part.ADDONS, Part.NODE_GROUPS, Part.LAUNCH_TEMPLATES, Part.POD_IDENTITIES);

    private static final Set<Part> NEEDED_OF_SECOND =
            EnumSet.of(Part.CLUSTER, Part.ADDONS, Part.NODES, Part.PODS, Part.WORKLOADS, Part.RELEASES, Part.OBJECTS);

    /** What clusters are meshed by, beyond that. */
    private static final Set<Part> NEEDED_TO_MESH =
            EnumSet.of(Part.RELEASES, Part.CILIUM_NODES, Part.SECURITY_GROUPS, Part.WORKLOADS, Part.OBJECTS);

    private final Request request;
    private final View view;
    private final NewClusterOptions.Network network;
    private final SecondNetwork made;
    private final List<Finding> findings = new ArrayList<>();

    private NewClusterAssessment(Request request) {
        this.request = request;
        this.view = request.view();
        this.network = request.options(NewClusterOptions.class).network();
        this.made = SecondNetwork.of(request);
    }

    static Assessment of(Request request) {
        NewClusterAssessment assessment = new NewClusterAssessment(request);
        assessment.findings.addAll(Code.unread(request, NEEDED));
        assessment.constraints();
        assessment.room();
        assessment.state();
        request.view().second().ifPresentOrElse(assessment::second, () -> assessment.made(SecondDraft.of(request)));
        return assessment.result();
    }

    /** What a second cluster that exists means for it. */
    private void second(View second) {
        NewClusterOptions options = request.options(NewClusterOptions.class);
        List<String> namespaces = new Inventory(view).namespaces();
        request.second()
                .ifPresent(snapshot -> snapshot.unknown().stream()
                        .filter(u -> NEEDED_OF_SECOND.contains(u.part()))
                        .forEach(u -> add(
                                Code.UNKNOWN,
                                u.subject() + " of the second cluster",
                                "not read: " + u.reason(),
                                u.remedy())));
        findings.addAll(Code.unread(request, NEEDED_TO_COPY));
        findings.addAll(new SecondCheck(view, second, namespaces).findings());
        carried(second, options);
    }

    /** What it means that the plan makes the second cluster. */
    private void made(SecondDraft draft) {
        NewClusterOptions options = request.options(NewClusterOptions.class);
        findings.addAll(Code.unread(request, NEEDED_TO_MAKE));
        findings.addAll(Code.unread(request, NEEDED_TO_COPY));
        findings.addAll(SecondFindings.of(view, draft, options));
        findings.addAll(
                new GivenAccess(view, draft.name()).findings(request.snapshot().unknown()));
        carried(draft.foreseen(), options);
    }

    private void carried(View second, NewClusterOptions options) {
        List<String> namespaces = new Inventory(view).namespaces();
        findings.addAll(new Carriage(view, second, namespaces).findings());
        if (options.mesh()) {
            findings.addAll(Code.unread(request, NEEDED_TO_MESH));
            findings.addAll(MeshFindings.of(view, second, options));
        }
        if (options.workloads() == NewClusterOptions.Workloads.COPY) {
            findings.addAll(new OneClusters(view, second).findings(namespaces));
        }
        findings.addAll(new TrustedIssuer(view, second, namespaces, options.trust()).findings());
        Entries entries = Entries.of(view, namespaces);
        TargetShift shift = TargetShift.of(view, second, namespaces, entries, options.shift());
        findings.addAll(new VolumeFindings(view, second, namespaces).of(options.workloads(), entries, shift));
        findings.addAll(entries.findings(second.cluster(), shift));
        if (options.deleteBlue()) {
            deletion(options, entries.complete(second.cluster(), shift));
            if (options.workloads() == NewClusterOptions.Workloads.COPY) {
                volumesLeft(second, new ClaimedVolumes(view, namespaces).carried());
            }
        }
    }

    private void deletion(NewClusterOptions options, boolean everybodyMoves) {
        String subject = "cluster " + view.cluster().name();
        if (!options.retire() || !everybodyMoves) {
            add(
                    Code.DELETE_NOTHING,
                    subject,
                    options.retire()
                            ? "it is kept for clients that cannot be moved from here"
                            : "retire=false keeps it as it is",
                    "leave deleteBlue out, or let it go first");
        }
        FirstUse.protection(view.cluster()).ifPresent(findings::add);
        FirstBalancers balancers = new FirstBalancers(view);
        add(
                Code.DELETE,
                subject,
                "it is deleted after both were kept for the time of hold, and without another stop where the plan has no hold before phase delete-first, with all that was not copied"
                        + with(balancers),
                "accept it, or leave deleteBlue out");
        findings.addAll(balancers.staying());
        written(subject, OwnerTags.owner(view.cluster().tags()));
        view.nodeGroups().stream()
                .filter(g -> g.kind() != NodeGroup.Kind.KARPENTER)
                .forEach(g -> written("node group " + g.name(), g.owner()));
    }

    private static String with(FirstBalancers balancers) {
        String fronts = balancers.fronts().stream().map(Front::key).collect(Collectors.joining(", "));
        return fronts.isEmpty() ? "" : ", and before it the load balancers of " + fronts;
    }

    /** What the plan does not carry keeps the first cluster in the end; who copies by other means may bring it until then. */
    private void volumesLeft(View second, List<Volume> carried) {
        FirstUse.volumes(view, second)
                .filter(v -> !carried.contains(v))
                .map(v -> FirstUse.left(v, "carry it by hand or delete it before you plan, or leave deleteBlue out"))
                .forEach(findings::add);
    }

    private void written(String subject, Owner owner) {
        if (owner.inCode()) {
            add(
                    Code.DELETE,
                    subject,
                    owner + " has it in its code, and makes it anew when that is applied after the deletion",
                    "have it taken out of the code before that is applied again, without having it deleted there, and accept it;"
                            + " or leave deleteBlue out");
        }
    }

    private void constraints() {
        if (request.constraints().contains(Constraint.NEW_CLUSTER)) {
            add(Code.FORBIDDEN, "constraint new-cluster", "a second cluster would be made", "drop the constraint");
        }
        if (request.constraints().contains(Constraint.UNSUPPORTED_CNI) && cilium()) {
            add(
                    Code.UNSUPPORTED_CNI,
                    "constraint unsupported-cni",
                    "it would run Cilium",
                    view.second().isPresent()
                            ? "drop the constraint, or name a cluster with to that runs the VPC CNI"
                            : "drop the constraint, or set network=vpc-cni-prefix");
        }
    }

    /** Whether pods of the second cluster have addresses of Cilium; one that exists is asked, for options say nothing of it. */
    private boolean cilium() {
        return view.second().map(second -> Presence.of(second).isPresent()).orElse(network.cilium());
    }

    private boolean overlay() {
        return view.second().map(Carriage::overlay).orElse(network == NewClusterOptions.Network.OVERLAY);
    }

    private void room() {
        for (AddressUse use : AddressUse.of(view)) {
            int needed = during(use);
            if (needed > use.free()) {
                add(
                        Code.NO_ROOM,
                        "subnet " + use.subnet().id(),
                        use.subnet().cidr() + " has " + Count.of(use.free(), "free address", "free addresses")
                                + "; the new cluster needs " + needed + ": "
                                + Count.of(nodes(use), "node")
                                + (needed - balancers(use) > nodes(use)
                                        ? " with " + (needed - balancers(use))
                                                + " addresses for themselves and their pods"
                                        : "")
                                + " and " + Count.of(balancers(use), "load balancer"),
                        "free addresses first, or give the new cluster subnets of its own");
            }
            boolean controlPlane = view.second().isEmpty()
                    && view.cluster()
                            .controlPlaneSubnets()
                            .contains(use.subnet().id());
            if (controlPlane && use.free() - needed < SubnetMath.CONTROL_PLANE_FREE) {
                add(
                        Code.CONTROL_PLANE_ROOM,
                        "subnet " + use.subnet().id(),
                        use.subnet().cidr() + " has " + (use.free() - needed) + " addresses left for a control plane, "
                                + SubnetMath.CONTROL_PLANE_FREE + " are needed",
                        "give the new cluster control-plane subnets of its own");
            }
        }
    }

    private void state() {
        view.all(Part.VOLUMES, Volume.class).stream()
                .filter(v -> view.second().isEmpty())
                .filter(v -> v.driver().equals(ClaimedVolumes.EBS) && v.claim().isPresent())
                .forEach(v -> add(
                        Code.VOLUMES,
                        "PersistentVolumeClaim " + v.claim().orElseThrow(),
                        "its EBS volume moves while the workload is stopped",
                        "plan a stop for it, or replicate its data"));
    }

    private Assessment result() {
        Map<String, Integer> perNode = new TreeMap<>();
        long slots = 0;
        for (Node node : view.nodes()) {
            if (node.linux() && !node.fargate()) {
                int max = admitted(node);
                perNode.merge(node.instanceType(), max, Math::min);
                slots += max;
            }
        }
        Optional<View> second = view.second();
        long total = second.map(v -> v.nodes().stream().mapToLong(Node::maxPods).sum())
                .orElse(slots);
        List<SubnetBudget> budget =
                AddressUse.of(view).stream().map(this::budget).toList();
        int nodes = second.map(v -> v.nodes().size()).orElse(view.nodes().size());
        return new Assessment(
                findings,
                new Assessment.Capacity(perNode, total),
                budget,
                new Assessment.Disruption(movingPods(), second.isPresent() ? 0 : nodes, 0),
                new Assessment.Cost(nodes * HOURS_TOGETHER, nodes),
                features(),
                new Assessment.Reversible(
                        request.options(NewClusterOptions.class).deleteBlue()
                                ? Optional.of(Deletion.PHASE)
                                : Optional.empty(),
                        "traffic goes back by weight as long as the old cluster stands"));
    }

    private Assessment.Features features() {
        List<String> gained = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        if (overlay()) {
            gained.add("pods without VPC addresses");
            if (view.all(Part.TARGET_GROUPS, TargetGroup.class).stream()
                    .anyMatch(group -> group.targetType().equals("ip"))) {
                lost.add("ip targets of load balancers");
            }
        }
        if (cilium()) {
            gained.add("Cilium network policy");
            if (!view.all(Part.SECURITY_GROUP_POLICIES, SecurityGroupPolicy.class)
                    .isEmpty()) {
                lost.add("security groups for pods");
            }
        } else if (view.second().isEmpty()) {
            gained.add("more pods on a node");
        }
        if (view.second().isEmpty() && network.family() == IpFamily.IPV6) {
            gained.add("pods without IPv4 addresses");
            lost.add("clients of pods and Services that have IPv4 alone");
        }
        if (request.options(NewClusterOptions.class).mesh()) {
            gained.add("pods and network policies of both clusters know each other while both serve");
        }
        gained.add("a way back by weights");
        lost.add("cluster identity: OIDC issuer, endpoint");
        return new Assessment.Features(gained, lost);
    }

    private int admitted(Node node) {
        return network == NewClusterOptions.Network.OVERLAY
                        || request.view().second().isPresent()
                ? MaxPodsRule.of(List.of(node))
                : view.groupOf(node).map(made::maxPods).orElse(node.maxPods());
    }

    private SubnetBudget budget(AddressUse use) {
        int peak = use.used() + during(use);
        int after =
                use.nodes() == 0 ? use.used() : use.others() + (view.second().isPresent() ? use.nodes() : held(use));
        return new SubnetBudget(
                use.subnet().id(),
                use.subnet().availabilityZone(),
                use.subnet().cidr(),
                use.usable(),
                use.used(),
                peak,
                after);
    }

    /** Addresses that the new cluster takes in a subnet while the old one is there: its nodes, its load balancers. */
    private int during(AddressUse use) {
        return (view.second().isPresent() ? 0 : held(use)) + balancers(use);
    }

    private int nodes(AddressUse use) {
        return view.second().isPresent() ? 0 : use.nodes();
    }

    /** Addresses that nodes of a cluster that the plan makes hold in a subnet, with the pods that are there now. */
    private int held(AddressUse use) {
        List<Node> there = view.nodes().stream()
                .filter(n -> view.instanceOf(n)
                        .filter(i -> i.subnet().equals(use.subnet().id()))
                        .isPresent())
                .toList();
        return Math.max(0, use.nodes() - there.size())
                + there.stream().mapToInt(made::addresses).sum();
    }

    /** Those of the second cluster, and in subnets of nodes one for each cluster's API server of the mesh. */
    private int balancers(AddressUse use) {
        boolean ofMesh = request.options(NewClusterOptions.class).mesh() && use.nodes() > 0;
        return (ofMesh ? 2 : 0)
                + (int) view.all(Part.LOAD_BALANCERS, LoadBalancer.class).stream()
                        .filter(lb -> lb.subnets().contains(use.subnet().id()))
                        .count();
    }

    private int movingPods() {
        return (int) view.pods().stream().filter(Pod::movesOn).count();
    }

    private void add(Code code, String subject, String message, String remedy) {
        findings.add(code.of(subject, message, remedy));
    }
}

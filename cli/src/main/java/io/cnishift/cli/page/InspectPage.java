package io.cnishift.cli.page;

import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.ControlPlaneCall;
import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.NamedObject;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.plan.Count;
import io.cnishift.engine.inspect.Inspection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A cluster at a glance. */
public final class InspectPage {

    /** What the tables of calls and of what was not read show already. */
    private static final Set<String> TABLED = Set.of("INS-FAIL-CLOSED-CALL", "INS-PART-UNKNOWN");

    /** So many objects of a kind are named. */
    private static final int FEW = 3;

    private final ClusterSnapshot snapshot;
    private final View view;

    private InspectPage(ClusterSnapshot snapshot) {
        this.snapshot = snapshot;
        this.view = View.of(snapshot);
    }

    /**
     * The page of an inspection.
     *
     * @param named whether names of objects and DNS records were read too, which only a move to another cluster needs
     */
    public static Page of(Inspection inspection, boolean named) {
        InspectPage page = new InspectPage(inspection.snapshot());
        Page.Builder builder = Page.builder();
        page.summary(builder);
        builder.table("Node groups", page.groups())
                .table("Addresses by subnet", page.subnets())
                .table("Pod slots by instance type", page.podSlots())
                .table("Load balancers", page.balancers())
                .table("Called by the control plane", page.calls())
                .table("Owned by others", page.owners());
        if (named) {
            page.read(builder);
            builder.table("Objects by name", page.objects()).table("Names that lead here", page.records());
        }
        builder.table("Not read", page.unknown());
        List<String> findings = Findings.items(inspection.findings().stream()
                .filter(f -> !TABLED.contains(f.code()))
                .toList());
        if (!findings.isEmpty()) {
            builder.heading("Findings").bullets(findings);
        }
        String hidden = Findings.hidden(inspection.findings());
        return (hidden.isEmpty() ? builder : builder.sentence(hidden)).build();
    }

    private void summary(Page.Builder page) {
        Cluster c = snapshot.cluster();
        String cni = VpcCni.of(view)
                .map(v -> "VPC CNI " + v.version() + (v.addon() ? " as EKS add-on" : ""))
                .orElse("no VPC CNI");
        page.heading("Cluster " + c.name() + " (" + snapshot.source() + ")");
        page.sentence("EKS " + c.kubernetesVersion() + " in " + c.region() + ", " + c.status() + ", " + cni + "; read "
                + snapshot.takenAt() + ".");
        page.sentence("VPC " + snapshot.vpc().id() + ": "
                + snapshot.vpc().cidrs().stream().map(b -> b.cidr().toString()).collect(Collectors.joining(", "))
                + "; Services " + c.serviceCidr() + "; endpoint " + access(c) + ".");
        long running = view.pods().stream().filter(p -> !p.finished()).count();
        page.sentence(Count.of(view.nodes().size(), "node") + ", " + Count.of(running, "pod") + ", "
                + Count.of(snapshot.workloads().size(), "workload") + ", "
                + Count.of(snapshot.services().size(), "Service") + "; add-ons: "
                + (snapshot.addons().isEmpty()
                        ? "none"
                        : snapshot.addons().stream()
                                .map(a -> a.name() + " " + a.version())
                                .collect(Collectors.joining(", ")))
                + ".");
    }

    private void read(Page.Builder page) {
        page.sentence("\nFor a move to another cluster: "
                + Count.of(view.all(Part.OBJECTS, NamedObject.class).size(), "object") + " by name, "
                + Count.of(
                        view.all(Part.DNS_RECORDS, DnsRecord.class).size(),
                        "DNS record that leads here",
                        "DNS records that lead here")
                + ".");
    }

    private Table objects() {
        Map<String, List<NamedObject>> byKind = view.all(Part.OBJECTS, NamedObject.class).stream()
                .collect(Collectors.groupingBy(NamedObject::objectKind, TreeMap::new, Collectors.toList()));
        Table.Builder table = Table.of("kind", ">objects", "of them");
        byKind.forEach((kind, objects) -> table.row(
                kind,
                objects.size(),
                objects.stream().limit(FEW).map(InspectPage::place).collect(Collectors.joining(", "))
                        + (objects.size() > FEW ? ", ..." : "")));
        return table.build();
    }

    private static String place(NamedObject object) {
        return (object.namespace().isEmpty() ? "" : object.namespace() + "/") + object.name();
    }

    private Table records() {
        Table.Builder table = Table.of("name", "type", "routing", ">weight", "leads to");
        view.all(Part.DNS_RECORDS, DnsRecord.class)
                .forEach(r -> table.row(
                        r.name(),
                        r.type(),
                        r.routing(),
                        r.weight().isPresent() ? r.weight().getAsInt() : "-",
                        r.alias().map(DnsRecord.Alias::name).orElseGet(() -> String.join(", ", r.values()))));
        return table.build();
    }

    private static String access(Cluster c) {
        if (c.publicEndpoint()) {
            return c.privateEndpoint() ? "public and private" : "public";
        }
        return "private";
    }

    private Table groups() {
        Table.Builder table =
                Table.of("group", "kind", "types", ">now", ">min", ">max", "max-pods by", ">hop limit", "owner");
        for (NodeGroup g : view.nodeGroups()) {
            table.row(
                    g.name(),
                    g.kind(),
                    String.join(", ", g.instanceTypes()),
                    g.desiredSize(),
                    g.minSize(),
                    g.maxSize(),
                    g.maxPodsBy() + (g.maxPods().isPresent() ? " " + g.maxPods().getAsInt() : ""),
                    g.launchTemplate().map(t -> String.valueOf(t.hopLimit())).orElse("-"),
                    g.owner());
        }
        return table.build();
    }

    private Table subnets() {
        Table.Builder table = Table.of(
                "subnet", "zone", "cidr", ">usable", ">by nodes", ">by others", ">free", ">free /28", ">nodes");
        for (AddressUse use : AddressUse.of(view)) {
            table.row(
                    use.subnet().id(),
                    use.subnet().availabilityZone(),
                    use.subnet().cidr(),
                    use.usable(),
                    use.heldByNodes(),
                    use.others(),
                    use.free(),
                    use.subnet().freePrefixBlocks().isPresent()
                            ? String.valueOf(use.subnet().freePrefixBlocks().getAsInt())
                            : "?",
                    use.nodes());
        }
        return table.build();
    }

    private Table podSlots() {
        Map<String, long[]> byType = new TreeMap<>();
        for (Node node : view.nodes()) {
            if (node.fargate()) {
                continue;
            }
            long[] sums = byType.computeIfAbsent(node.instanceType(), t -> new long[4]);
            long pods =
                    view.podsOn(node.name()).stream().filter(p -> !p.finished()).count();
            sums[0]++;
            sums[1] += node.maxPods();
            sums[2] += pods;
            sums[3] += pods >= node.maxPods() ? 1 : 0;
        }
        Table.Builder table = Table.of("type", ">nodes", ">slots", ">taken", ">free", ">full nodes");
        byType.forEach((type, s) -> table.row(type.isEmpty() ? "?" : type, s[0], s[1], s[2], s[1] - s[2], s[3]));
        return table.build();
    }

    private Table balancers() {
        Map<String, TargetGroup> groups =
                snapshot.targetGroups().stream().collect(Collectors.toMap(TargetGroup::arn, g -> g));
        Table.Builder table =
                Table.of("load balancer", "type", "scheme", "target group", "targets", ">healthy", "service");
        for (LoadBalancer balancer : snapshot.loadBalancers()) {
            List<TargetGroup> behind = balancer.listeners().stream()
                    .flatMap(l -> l.rules().stream())
                    .flatMap(r -> r.forward().stream())
                    .map(w -> groups.get(w.targetGroup()))
                    .filter(java.util.Objects::nonNull)
                    .distinct()
                    .toList();
            for (TargetGroup g : behind) {
                table.row(
                        balancer.name(),
                        balancer.type(),
                        balancer.scheme(),
                        g.name(),
                        g.targetType(),
                        g.count("healthy") + "/" + g.targets().size(),
                        g.service().orElse("-"));
            }
        }
        return table.build();
    }

    private Table calls() {
        Table.Builder table = Table.of("kind", "name", "service", ">port", "when unreachable", "pods");
        for (ControlPlaneCall call : snapshot.controlPlaneCalls()) {
            if (call.service().isPresent()) {
                table.row(
                        call.kind(),
                        call.name(),
                        call.service().get(),
                        call.port(),
                        call.failClosed() ? "writes fail" : "ignored",
                        pods(call.service().get()));
            }
        }
        return table.build();
    }

    private String pods(String service) {
        List<io.cnishift.api.cluster.Pod> pods =
                view.service(service).map((Service s) -> view.podsOf(s)).orElse(List.of());
        long host =
                pods.stream().filter(io.cnishift.api.cluster.Pod::hostNetwork).count();
        return pods.size() + (host == 0 ? "" : ", " + host + " on the host network");
    }

    private Table owners() {
        Map<String, List<String>> owned = new TreeMap<>();
        snapshot.workloads().forEach(w -> own(owned, w.owner(), w.key()));
        snapshot.services().forEach(s -> own(owned, s.owner(), "Service/" + s.key()));
        snapshot.ingresses().forEach(i -> own(owned, i.owner(), "Ingress/" + i.key()));
        snapshot.nodeGroups().forEach(g -> own(owned, g.owner(), "NodeGroup/" + g.key()));
        Table.Builder table = Table.of("owner", ">objects", "which");
        owned.forEach((owner, objects) -> table.row(
                owner,
                objects.size(),
                objects.stream().limit(4).collect(Collectors.joining(", ")) + (objects.size() > 4 ? ", ..." : "")));
        return table.build();
    }

    private static void own(Map<String, List<String>> owned, Owner owner, String object) {
        if (owner.kind() != Owner.Kind.NONE) {
            owned.computeIfAbsent(owner.toString(), o -> new java.util.ArrayList<>())
                    .add(object);
        }
    }

    private Table unknown() {
        Table.Builder table = Table.of("part", "subject", "reason", "remedy");
        snapshot.unknown().forEach(u -> table.row(u.part(), u.subject(), u.reason(), u.remedy()));
        return table.build();
    }
}

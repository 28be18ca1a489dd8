package io.cnishift.simulator.kit;

import io.cnishift.api.cluster.Endpoints;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.SecurityGroup.Rule;
import io.cnishift.api.cluster.SecurityGroupPolicy;
import io.cnishift.api.cluster.Subnet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Trunks on every node of a cluster of {@link Clusters}, and branch interfaces for the pods of {@code web/api}. */
final class BranchSide {

    private static final String APP = "api";
    /** Beyond all addresses that a {@link Placement} gives out. */
    private static final int FIRST_OFFSET = 200;

    private final Layout layout;
    private final List<Resource> made = new ArrayList<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private final Map<String, String> moved = new HashMap<>();

    BranchSide(Layout layout) {
        this.layout = layout;
    }

    /** The resources of a cluster with it. */
    List<Resource> laidOver(List<Resource> cluster) {
        Map<String, String> subnets = new TreeMap<>();
        all(cluster, Instance.class).forEach(i -> subnets.put(i.id(), i.subnet()));
        subnets.forEach((instance, subnet) ->
                attach("trunk", subnet, Optional.of(instance), List.of(layout.nodeSecurityGroup())));
        all(cluster, Node.class)
                .forEach(n -> subnets.put(n.name(), subnets.get(n.instance().orElseThrow())));
        List<Resource> all = new ArrayList<>(cluster);
        all.replaceAll(r -> r instanceof Pod pod && APP.equals(pod.labels().get("app"))
                ? branched(pod, subnets.getOrDefault(pod.node().orElseThrow(), ""))
                : r);
        all.replaceAll(r -> r instanceof Endpoints endpoints ? readdressed(endpoints) : r);
        all.replaceAll(r -> r instanceof Node node ? labelled(node) : r);
        all.replaceAll(r -> r instanceof Subnet subnet ? filled(subnet) : r);
        all.addAll(made);
        all.add(new SecurityGroupPolicy(
                "web",
                APP,
                Map.of("matchLabels", Map.of("app", APP)),
                Map.of(),
                List.of(Clusters.POD_SG, Layout.CLUSTER_SG)));
        all.add(new SecurityGroup(
                Clusters.POD_SG,
                "pods",
                List.of(new Rule("sgr-0f1", "tcp", 5432, 5432, Clusters.POD_SG, "the database")),
                List.of(new Rule("sgr-0f2", "-1", -1, -1, "0.0.0.0/0", "")),
                Map.of()));
        return all;
    }

    private static <T> List<T> all(List<Resource> cluster, Class<T> type) {
        return cluster.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private String attach(String type, String subnet, Optional<String> instance, List<String> groups) {
        int number = taken.merge(subnet, 1, Integer::sum) - 1;
        int index = subnet.equals(Layout.subnet(0)) ? 0 : 1;
        String address = layout.cidr(index).address(FIRST_OFFSET + number);
        made.add(new NetworkInterface(
                "eni-0f" + String.format("%014x%x", number, index),
                subnet,
                type,
                "aws-k8s-" + type + "-eni",
                instance,
                List.of(address),
                List.of(),
                groups));
        return address;
    }

    private Pod branched(Pod pod, String subnet) {
        String address = attach("branch", subnet, Optional.empty(), List.of(Clusters.POD_SG, Layout.CLUSTER_SG));
        moved.put(pod.name(), address);
        return new Pod(
                pod.namespace(),
                pod.name(),
                pod.uid(),
                pod.resourceVersion(),
                pod.controller(),
                pod.node(),
                pod.phase(),
                pod.ready(),
                Optional.of(address),
                pod.hostNetwork(),
                pod.hostPorts(),
                pod.labels(),
                pod.annotations(),
                pod.cpuMillis(),
                pod.memoryMiB(),
                pod.volumes(),
                pod.serviceAccount(),
                pod.graceSeconds(),
                pod.terminating(),
                pod.restarts(),
                pod.waiting(),
                pod.createdAt());
    }

    private Endpoints readdressed(Endpoints endpoints) {
        return new Endpoints(
                endpoints.namespace(),
                endpoints.service(),
                endpoints.endpoints().stream()
                        .map(e -> new Endpoints.Endpoint(
                                moved.getOrDefault(e.pod().orElse(""), e.address()), e.pod(), e.node(), e.ready()))
                        .toList());
    }

    private static Node labelled(Node node) {
        Map<String, String> labels = new HashMap<>(node.labels());
        labels.put("vpc.amazonaws.com/has-trunk-attached", "true");
        return new Node(
                node.name(),
                node.uid(),
                node.resourceVersion(),
                node.instance(),
                labels,
                node.annotations(),
                node.taints(),
                node.unschedulable(),
                node.ready(),
                node.maxPods(),
                node.cpuMillis(),
                node.memoryMiB(),
                node.kernel(),
                node.architecture(),
                node.osImage(),
                node.address(),
                node.createdAt());
    }

    private Subnet filled(Subnet subnet) {
        return new Subnet(
                subnet.id(),
                subnet.name(),
                subnet.availabilityZone(),
                subnet.cidr(),
                subnet.freeAddresses() - taken.getOrDefault(subnet.id(), 0),
                // what is taken lies within one block
                OptionalInt.of(subnet.freePrefixBlocks().orElse(0) - (taken.containsKey(subnet.id()) ? 1 : 0)),
                subnet.routeTable(),
                subnet.publicAddresses(),
                subnet.reservations(),
                subnet.tags());
    }
}

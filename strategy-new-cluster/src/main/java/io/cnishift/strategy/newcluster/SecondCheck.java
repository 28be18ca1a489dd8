package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether a second cluster can take what runs in the first one: version, nodes, room, add-ons, controllers, identities, labels of nodes. */
final class SecondCheck {

    /** What a cluster's network consists of, which is another one there. */
    private static final Set<String> NETWORK = Set.of("vpc-cni", "kube-proxy");

    private static final String BALANCER_CONTROLLER = "aws-load-balancer-controller";

    private final View first;
    private final View second;
    private final List<String> namespaces;
    private final List<Finding> findings = new ArrayList<>();

    SecondCheck(View first, View second, List<String> namespaces) {
        this.first = first;
        this.second = second;
        this.namespaces = List.copyOf(namespaces);
    }

    List<Finding> findings() {
        cluster();
        nodes();
        addons();
        controllers();
        identities();
        placement();
        if (second.cluster().ipFamily() == Cluster.IpFamily.IPV6) {
            findings.addAll(new Ipv6Workloads(first).findings());
        }
        return List.copyOf(findings);
    }

    private void cluster() {
        Cluster one = first.cluster();
        Cluster other = second.cluster();
        String subject = "cluster " + other.name();
        if (one.kubeSystemUid().equals(other.kubeSystemUid())) {
            add(Code.SECOND_SAME, subject, "it is the cluster that is to be migrated", "name another one with to=...");
            return;
        }
        if (!other.status().equals("ACTIVE")) {
            add(Code.SECOND_NOT_READY, subject, "its status is " + other.status(), "wait until it is ACTIVE");
        }
        if (!one.account().equals(other.account()) || !one.region().equals(other.region())) {
            add(
                    Code.SECOND_ELSEWHERE,
                    subject,
                    "it is in account " + other.account() + ", region " + other.region() + ", the first one in "
                            + one.account() + ", " + one.region(),
                    "take one of the same account and region: names and volumes stay there");
        }
        int older = minor(one.kubernetesVersion()) - minor(other.kubernetesVersion());
        if (older > 0) {
            add(
                    Code.SECOND_VERSION,
                    subject,
                    "it runs Kubernetes " + other.kubernetesVersion() + ", the first one " + one.kubernetesVersion()
                            + ": objects of newer APIs are refused there",
                    "upgrade it to " + one.kubernetesVersion() + " first");
        }
    }

    private static int minor(String version) {
        String[] parts = version.split("\\.", -1);
        return parts.length > 1 && parts[1].matches("[0-9]{1,4}") ? Integer.parseInt(parts[1]) : 0;
    }

    private void nodes() {
        List<Node> ready = second.nodes().stream()
                .filter(n -> n.ready() && !n.unschedulable())
                .toList();
        if (ready.isEmpty()) {
            add(
                    Code.SECOND_NOT_READY,
                    "cluster " + second.cluster().name(),
                    "it has no node that is ready",
                    "give it a node group and a CNI first");
            return;
        }
        List<Pod> moving = first.pods().stream()
                .filter(p -> namespaces.contains(p.namespace()) && !p.finished() && !daemon(p))
                .toList();
        long there = second.pods().stream()
                .filter(p -> namespaces.contains(p.namespace()) && !p.finished())
                .count();
        long slots = ready.stream()
                .mapToLong(n -> Math.max(0, n.maxPods() - running(n)))
                .sum();
        room("pod slots", slots, moving.size() - there);
        if (there == 0) {
            room(
                    "millicores",
                    ready.stream().mapToLong(n -> n.cpuMillis() - cpu(n)).sum(),
                    cpu(moving));
            room(
                    "MiB of memory",
                    ready.stream().mapToLong(n -> n.memoryMiB() - memory(n)).sum(),
                    memory(moving));
        }
    }

    private static boolean daemon(Pod pod) {
        return pod.controller().filter(c -> c.kind().equals("DaemonSet")).isPresent();
    }

    private void room(String what, long free, long needed) {
        if (needed > free) {
            add(
                    Code.SECOND_ROOM,
                    "cluster " + second.cluster().name(),
                    "its nodes have " + Math.max(0, free) + " " + what + " left, what is to move needs " + needed,
                    "give it more nodes");
        }
    }

    private long running(Node node) {
        return second.podsOn(node.name()).stream().filter(p -> !p.finished()).count();
    }

    private long cpu(Node node) {
        return cpu(List.copyOf(second.podsOn(node.name())));
    }

    private static long cpu(List<Pod> pods) {
        return pods.stream()
                .filter(p -> !p.finished())
                .mapToLong(Pod::cpuMillis)
                .sum();
    }

    private long memory(Node node) {
        return memory(List.copyOf(second.podsOn(node.name())));
    }

    private static long memory(List<Pod> pods) {
        return pods.stream()
                .filter(p -> !p.finished())
                .mapToLong(Pod::memoryMiB)
                .sum();
    }

    private void addons() {
        first.all(Part.ADDONS, Addon.class).stream()
                .filter(a -> !NETWORK.contains(a.name()))
                .forEach(a -> {
                    boolean active = second.addon(a.name())
                            .filter(there -> there.status().equals("ACTIVE"))
                            .isPresent();
                    if (!active) {
                        add(
                                Code.SECOND_ADDON,
                                "add-on " + a.name(),
                                second.addon(a.name())
                                        .map(there -> "it is " + there.status() + " in the second cluster")
                                        .orElse("the first cluster has it, the second one has not"),
                                "aws eks create-addon --cluster-name "
                                        + second.cluster().name() + " --addon-name " + a.name());
                    }
                });
    }

    /** What nobody serves gets no load balancer, and waits for ever. */
    private void controllers() {
        boolean there = second.workloads().stream().anyMatch(w -> OneClusters.makesBalancers(w) && w.ready() > 0);
        new Balanced(first)
                .any(namespaces)
                .filter(served -> !there)
                .ifPresent(served -> add(
                        Code.SECOND_CONTROLLER,
                        "Deployment kube-system/" + BALANCER_CONTROLLER,
                        served
                                + " is to be copied, and the controller that serves it is not ready in the second cluster",
                        "install it there, with that cluster's name"));
    }

    private void identities() {
        first.all(Part.POD_IDENTITIES, PodIdentity.class).stream()
                .filter(i -> namespaces.contains(i.namespace()))
                .filter(i -> second.get(Part.POD_IDENTITIES, PodIdentity.class, i.key())
                        .isEmpty())
                .forEach(i -> add(
                        Code.SECOND_IDENTITY,
                        "service account " + i.key(),
                        "Pod Identity gives it the role " + i.role() + " in the first cluster and none in the second",
                        "aws eks create-pod-identity-association --cluster-name "
                                + second.cluster().name() + " --namespace " + i.namespace() + " --service-account "
                                + i.serviceAccount() + " --role-arn " + i.role()));
    }

    private void placement() {
        for (Workload workload : new Inventory(first).lasting(namespaces)) {
            Map<String, String> wanted = Tree.strings(workload.podSpec(), "nodeSelector");
            boolean fits = wanted.isEmpty()
                    || second.nodes().stream()
                            .anyMatch(n -> n.labels().entrySet().containsAll(wanted.entrySet()));
            if (!fits) {
                add(
                        Code.SECOND_PLACEMENT,
                        workload.kind() + " " + workload.namespace() + "/" + workload.name(),
                        "its pods want nodes with " + wanted + ", and the second cluster has none",
                        "label a node group there, or change the selector");
            }
        }
    }

    private void add(Code code, String subject, String message, String remedy) {
        findings.add(code.of(subject, message, remedy));
    }
}

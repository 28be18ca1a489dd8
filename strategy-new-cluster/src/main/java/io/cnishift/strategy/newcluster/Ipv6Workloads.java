package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is to be moved and knows IPv4 alone. Pods of an IPv6 cluster call IPv4 addresses as their node, and are called by IPv6 only. */
final class Ipv6Workloads {

    private static final Pattern LISTENS = Pattern.compile("(?<![0-9.])0\\.0\\.0\\.0(?![0-9./])");
    private static final String ALB = "alb.ingress.kubernetes.io/";

    private final View first;
    private final List<String> namespaces;
    private final List<Finding> findings = new ArrayList<>();

    Ipv6Workloads(View first) {
        this.first = first;
        this.namespaces = new Inventory(first).namespaces();
    }

    List<Finding> findings() {
        new Inventory(first).lasting(namespaces).forEach(this::listener);
        first.all(Part.NETWORK_POLICIES, NetworkPolicy.class).stream()
                .filter(p -> namespaces.contains(p.namespace()))
                .forEach(this::policy);
        first.services().stream()
                .filter(s -> namespaces.contains(s.namespace()) && s.type().equals("LoadBalancer"))
                .forEach(s -> balancer(s).ifPresent(findings::add));
        new Balanced(first)
                .ingresses(namespaces)
                .forEach(i -> annotations(
                                "Ingress " + i.key(), i.annotations(), ALB + "target-type", ALB + "ip-address-type")
                        .ifPresent(findings::add));
        return List.copyOf(findings);
    }

    private void listener(Workload workload) {
        Stream.of("initContainers", "containers")
                .flatMap(key -> Tree.maps(workload.podSpec(), key).stream())
                .flatMap(c -> Stream.concat(Tree.texts(c, "command").stream(), Tree.texts(c, "args").stream()))
                .filter(word -> LISTENS.matcher(word).find())
                .findFirst()
                .ifPresent(
                        word -> findings.add(
                                Code.IPV6_LISTENER.of(
                                        workload.kind() + " " + workload.namespace() + "/" + workload.name(),
                                        "it is told to listen on 0.0.0.0 ('" + word
                                                + "'), where nobody calls it by IPv6",
                                        "have it listen on [::], which takes IPv4 too; accept it where the words mean something else")));
    }

    private void policy(NetworkPolicy policy) {
        List<Cidr> blocks = policy.ipBlocks();
        if (!blocks.isEmpty() && blocks.stream().allMatch(Cidr::ipv4)) {
            findings.add(Code.IPV6_POLICY.of(
                    "NetworkPolicy " + policy.key(),
                    "it names blocks of IPv4 addresses alone: " + blocks.get(0) + (blocks.size() > 1 ? ", ..." : ""),
                    "name the IPv6 blocks beside them, which changes nothing here; accept it where they are for addresses beyond the VPC that pods"
                            + " call by IPv4"));
        }
    }

    /** EKS itself makes load balancers for nodes alone, which by IPv6 nobody can: only the controller's lead to pods. */
    private static Optional<Finding> balancer(Service service) {
        String subject = "Service " + service.key();
        return Balanced.ofEks(service)
                ? Optional.of(
                        Code.IPV6_BALANCER.of(
                                subject,
                                "EKS makes its load balancer, which leads to nodes by IPv4",
                                "let the AWS Load Balancer Controller serve it, with targets of type ip and address type dualstack"))
                : annotations(
                        subject,
                        service.annotations(),
                        Balanced.NLB + "nlb-target-type",
                        Balanced.NLB + "ip-address-type");
    }

    private static Optional<Finding> annotations(
            String subject, Map<String, String> annotations, String target, String family) {
        boolean pods = "ip".equals(annotations.get(target)) || "nlb-ip".equals(annotations.get(Balanced.NLB + "type"));
        boolean both = annotations.getOrDefault(family, "").startsWith("dualstack");
        return pods && both
                ? Optional.empty()
                : Optional.of(Code.IPV6_BALANCER.of(
                        subject,
                        pods
                                ? "its load balancer has IPv4 addresses alone"
                                : "its load balancer leads to nodes, which it does not by IPv6",
                        "set " + target + "=ip and " + family + "=dualstack"));
    }
}

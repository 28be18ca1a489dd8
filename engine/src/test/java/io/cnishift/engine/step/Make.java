package io.cnishift.engine.step;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Budget;
import io.cnishift.api.cluster.CiliumEndpoint;
import io.cnishift.api.cluster.CiliumNodeConfig;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TemplateVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Records with ordinary values, for views made by hand. Nodes, pods and workloads have builders of their own. */
final class Make {

    static final String ENABLED = "io.cilium/aws-node-enabled";
    static final String CILIUM = "io.cilium.migration/cilium-default";

    private Make() {}

    static MakeNode node(String name) {
        return new MakeNode(name);
    }

    static MakePod pod(String namespace, String name) {
        return new MakePod(namespace, name);
    }

    static MakeWorkload workload(String kind, String namespace, String name, int replicas) {
        return new MakeWorkload(kind, namespace, name, replicas);
    }

    static MakeWorkload awsNode(int nodes) {
        return workload("DaemonSet", "kube-system", "aws-node", nodes).spec(Map.of("hostNetwork", true));
    }

    static MakeGroup group(String name, int size) {
        return new MakeGroup(name, size);
    }

    static Instance instance(String id, String group, String zone, String state, long version) {
        return new Instance(
                id,
                "m5.large",
                zone,
                "subnet-" + zone,
                Optional.of(group),
                state,
                "10.0.0.1",
                "ami-1",
                2,
                List.of(),
                FakeProgress.START.minusSeconds(3600),
                OptionalLong.of(version),
                false,
                false);
    }

    static Instance instance(String id, String group) {
        return instance(id, group, "a", "running", 1);
    }

    static CiliumNodeConfig ciliumDefault() {
        return new CiliumNodeConfig("kube-system", "cilium-default", Map.of(CILIUM, "true"), Map.of("x", "y"));
    }

    static CiliumEndpoint endpoint(String namespace, String name, String address) {
        return new CiliumEndpoint(namespace, name, "ready", Optional.of(address));
    }

    static Addon addon(String name, String status, Map<String, Object> configuration) {
        return new Addon(name, "v1", status, configuration, Optional.empty(), false, List.of("why"), Map.of());
    }

    static Release release(String name, String version, String status, Map<String, Object> values) {
        return new Release("kube-system", name, name, version, status, 1, values);
    }

    static Cluster cluster(String name) {
        return new Cluster(
                name,
                "arn:aws:eks:eu-1:1:cluster/" + name,
                "1",
                "eu-1",
                "1.33",
                "ACTIVE",
                "https://x",
                true,
                true,
                Cidr.parse("172.20.0.0/16"),
                Cluster.IpFamily.IPV4,
                "API",
                false,
                false,
                List.of(),
                List.of(),
                "sg-1",
                "vpc-1",
                "u",
                Optional.empty(),
                false,
                Map.of(),
                OptionalInt.empty());
    }

    static Subnet subnet(String id, int free) {
        return new Subnet(
                id,
                id,
                "a",
                Cidr.parse("10.0.0.0/24"),
                free,
                OptionalInt.empty(),
                Optional.empty(),
                false,
                List.of(),
                Map.of());
    }

    static SecurityGroup securityGroup(String id, SecurityGroup.Rule... ingress) {
        return new SecurityGroup(id, id, List.of(ingress), List.of(), Map.of());
    }

    static SecurityGroup.Rule rule(String protocol, int from, int to, String peer) {
        return new SecurityGroup.Rule("", protocol, from, to, peer, "");
    }

    static TemplateVersion template(String id, long version, String description) {
        return new TemplateVersion(
                id, version, description, Optional.empty(), OptionalInt.empty(), 2, Map.of(), List.of(), List.of());
    }

    static Service service(String namespace, String name, Map<String, String> selector) {
        return service(namespace, name, "ClusterIP", selector, Map.of());
    }

    static Service service(
            String namespace, String name, String type, Map<String, String> selector, Map<String, String> annotations) {
        OptionalInt nodePort = type.equals("ClusterIP") ? OptionalInt.empty() : OptionalInt.of(30080);
        return new Service(
                namespace,
                name,
                "uid-" + name,
                "1",
                type,
                Optional.of("172.20.0.1"),
                selector,
                List.of(new Service.Port("http", "tcp", 80, "http", nodePort)),
                "Cluster",
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                annotations,
                Owner.NONE,
                false);
    }

    static Ingress ingress(String namespace, String name, Map<String, String> annotations, List<Ingress.Rule> rules) {
        return new Ingress(
                namespace, name, "uid", "1", "alb", rules, Optional.of("lb"), Map.of(), annotations, Owner.NONE, false);
    }

    static TargetGroup targets(String arn, String type, String service, String... targetsWithHealth) {
        List<TargetGroup.Target> targets = java.util.Arrays.stream(targetsWithHealth)
                .map(t -> t.split("=", -1))
                .map(t -> new TargetGroup.Target(t[0], 80, t[1], ""))
                .toList();
        return new TargetGroup(
                arn,
                arn,
                type,
                "HTTP",
                80,
                15,
                2,
                60,
                targets,
                service.isEmpty() ? Optional.empty() : Optional.of(service),
                Map.of());
    }

    static Budget budget(String namespace, String name, Map<String, String> labels, int allowed, int expected) {
        return budget(namespace, name, labels, allowed, expected, expected - Math.max(allowed, 0));
    }

    static Budget budget(
            String namespace, String name, Map<String, String> labels, int allowed, int expected, int desired) {
        return new Budget(
                namespace,
                name,
                "uid-" + name,
                Map.of("matchLabels", labels),
                Optional.empty(),
                Optional.of("1"),
                allowed,
                desired + allowed,
                desired,
                expected,
                false);
    }

    static NodeGroup.LaunchTemplate launchTemplate(long version) {
        return new NodeGroup.LaunchTemplate(
                "lt-1", "lt", version, Optional.empty(), false, 2, true, List.of(), Optional.empty());
    }
}

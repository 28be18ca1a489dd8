package io.cnishift.simulator.scenario.production;

import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.SecurityGroup.Rule;
import java.util.List;
import java.util.Map;

/** Who may reach whom: nodes and control plane each other, load balancers the nodes, and the clients of the database only it. */
final class SecurityGroups {

    static final String CLUSTER = Site.CLUSTER_SG;
    /** Of the database and of the pods that may ask it. */
    static final String LEDGER = "sg-0a11ed6e7a11ed6e7";
    /** Of load balancers. */
    static final String FRONT = "sg-0f2047f2047f20470";

    private SecurityGroups() {}

    static List<Resource> all(Shape shape, Ids ids) {
        List<Rule> out = List.of(rule(ids, "-1", -1, -1, "0.0.0.0/0", ""));
        return List.of(
                new SecurityGroup(
                        CLUSTER,
                        "eks-cluster-sg-" + shape.name(),
                        List.of(
                                rule(ids, "-1", -1, -1, CLUSTER, ""),
                                rule(ids, "tcp", 0, 65535, FRONT, "elbv2.k8s.aws/targetGroupBinding=shared"),
                                rule(ids, "-1", -1, -1, LEDGER, "pods of namespace ledger")),
                        out,
                        Map.of("aws:eks:cluster-name", shape.name())),
                new SecurityGroup(
                        LEDGER,
                        "ledger-database-clients",
                        List.of(
                                rule(ids, "tcp", 5432, 5432, LEDGER, "the database"),
                                rule(ids, "-1", -1, -1, CLUSTER, "probes and callers")),
                        out,
                        Map.of()),
                new SecurityGroup(
                        FRONT,
                        "k8s-front",
                        List.of(
                                rule(ids, "tcp", 443, 443, "0.0.0.0/0", ""),
                                rule(ids, "tcp", 8883, 8883, "10.0.0.0/8", "")),
                        out,
                        Map.of("elbv2.k8s.aws/cluster", shape.name())));
    }

    private static Rule rule(Ids ids, String protocol, int from, int to, String peer, String description) {
        return new Rule(ids.next("sgr"), protocol, from, to, peer, description);
    }
}

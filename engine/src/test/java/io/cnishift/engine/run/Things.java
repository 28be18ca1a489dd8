package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.ConfigMap;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Vpc;
import io.cnishift.api.plan.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A small cluster, and plans for it. */
final class Things {

    static final Instant START = Instant.parse("2026-11-21T01:00:00Z");
    static final String ARN = "arn:aws:eks:eu-west-1:111122223333:cluster/one";
    static final Target TARGET = new Target("sim:one", "one", "111122223333", ARN, "eu-west-1", "uid-one");

    private Things() {}

    static Cluster cluster() {
        return cluster(ARN, "111122223333", "eu-west-1", "ACTIVE", "uid-one");
    }

    /** What EKS still tells of it, and its API server no more. */
    static Cluster going() {
        return cluster(ARN, "111122223333", "eu-west-1", "DELETING", "");
    }

    /** What is known of it while EKS does not answer. */
    static Cluster halfRead() {
        return cluster("", "", "", "ACTIVE", "uid-one");
    }

    private static Cluster cluster(String arn, String account, String region, String status, String uid) {
        return new Cluster(
                "one",
                arn,
                account,
                region,
                "1.35",
                status,
                "https://one.example",
                true,
                true,
                Cidr.parse("10.100.0.0/16"),
                Cluster.IpFamily.IPV4,
                "API",
                false,
                false,
                List.of(),
                List.of("subnet-1"),
                "sg-1",
                "vpc-1",
                uid,
                Optional.empty(),
                false,
                Map.of(),
                OptionalInt.empty());
    }

    static Vpc vpc() {
        return new Vpc("vpc-1", List.of(), List.of());
    }

    static Node node(String name, long version, boolean cordoned) {
        return new Node(
                name,
                "uid-" + name,
                String.valueOf(version),
                Optional.of("i-" + name),
                Map.of(),
                Map.of(),
                List.of(),
                cordoned,
                true,
                17,
                2000,
                4096,
                "6.12",
                "amd64",
                "linux",
                "10.0.0.1",
                START.minusSeconds(3600));
    }

    static ConfigMap config(String name, String value) {
        return new ConfigMap("kube-system", name, Map.of("value", value));
    }

    static MigrationPlan plan(MigrationPlan.Phase... phases) {
        return plan(List.of(), phases);
    }

    static MigrationPlan plan(List<String> holds, MigrationPlan.Phase... phases) {
        return new MigrationPlan(
                MigrationPlan.FORMAT,
                "test",
                TARGET,
                Map.of(),
                List.of(),
                holds,
                List.of(),
                List.of(phases),
                Optional.empty());
    }

    static MigrationPlan.Phase phase(String id, MigrationPlan.Step... steps) {
        return new MigrationPlan.Phase(id, List.of(steps));
    }

    /** A step that cordons a node. */
    static MigrationPlan.Step cordon(String node) {
        return step("cordon-" + node, "cordon", new TinyKinds.Cordon(node), "Node " + node);
    }

    /** A step that writes a value into a ConfigMap. */
    static MigrationPlan.Step write(String name, String value) {
        return step("write-" + name, "write", new TinyKinds.Write(name, value, ""), "ConfigMap kube-system/" + name);
    }

    /** The same, and the value must hold until a phase. */
    static MigrationPlan.Step hold(String name, String value, String until) {
        return step("hold-" + name, "write", new TinyKinds.Write(name, value, until), "ConfigMap kube-system/" + name);
    }

    /** A step that does what a test says. */
    static MigrationPlan.Step scripted(String id) {
        return step(id, "scripted", new TinyKinds.Script(id), "");
    }

    private static MigrationPlan.Step step(String id, String kind, Record params, String touches) {
        List<String> objects = touches.isEmpty() ? List.of() : List.of(touches);
        return MigrationPlan.Step.of(id, kind, params, "a test wants it", objects, "the value goes back");
    }
}

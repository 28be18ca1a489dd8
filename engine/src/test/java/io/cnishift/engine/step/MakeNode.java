package io.cnishift.engine.step;

import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Taint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node with ordinary values: ready, an hour old, in zone a. */
final class MakeNode {

    private final String name;
    private final Map<String, String> labels = new HashMap<>();
    private final Map<String, String> annotations = new HashMap<>();
    private final List<Taint> taints = new ArrayList<>();
    private String instance;
    private boolean cordoned;
    private boolean ready = true;
    private int maxPods = 29;
    private Instant createdAt = FakeProgress.START.minusSeconds(3600);

    MakeNode(String name) {
        this.name = name;
        this.instance = "i-" + name;
        zone("a");
    }

    static MakeNode like(Node node) {
        MakeNode copy = new MakeNode(node.name());
        copy.labels.clear();
        copy.labels.putAll(node.labels());
        copy.annotations.putAll(node.annotations());
        copy.taints.addAll(node.taints());
        copy.instance = node.instance().orElseThrow();
        copy.cordoned = node.unschedulable();
        copy.ready = node.ready();
        copy.maxPods = node.maxPods();
        copy.createdAt = node.createdAt();
        return copy;
    }

    MakeNode zone(String zone) {
        return label("topology.kubernetes.io/zone", zone);
    }

    MakeNode label(String key, String value) {
        labels.put(key, value);
        return this;
    }

    MakeNode labels(Map<String, String> all) {
        labels.clear();
        labels.putAll(all);
        return this;
    }

    MakeNode annotations(Map<String, String> all) {
        annotations.clear();
        annotations.putAll(all);
        return this;
    }

    MakeNode taint(String key, String effect) {
        taints.add(new Taint(key, "", effect));
        return this;
    }

    MakeNode taints(List<Taint> all) {
        taints.clear();
        taints.addAll(all);
        return this;
    }

    MakeNode cordoned(boolean value) {
        cordoned = value;
        return this;
    }

    MakeNode notReady() {
        ready = false;
        return this;
    }

    MakeNode maxPods(int value) {
        maxPods = value;
        return this;
    }

    MakeNode born(Instant at) {
        createdAt = at;
        return this;
    }

    Node build() {
        return new Node(
                name,
                "uid-" + name,
                "1",
                Optional.of(instance),
                labels,
                annotations,
                taints,
                cordoned,
                ready,
                maxPods,
                1930,
                7000,
                "6.12",
                "amd64",
                "AL2023",
                "10.0.0.1",
                createdAt);
    }
}

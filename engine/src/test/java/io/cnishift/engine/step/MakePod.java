package io.cnishift.engine.step;

import io.cnishift.api.cluster.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pod with ordinary values: running and ready, without owner, node or volume. */
final class MakePod {

    private final String namespace;
    private final String name;
    private final Map<String, String> labels = new HashMap<>();
    private final Map<String, String> annotations = new HashMap<>();
    private final List<Pod.PodVolume> volumes = new ArrayList<>();
    private final List<Pod.HostPort> hostPorts = new ArrayList<>();
    private Optional<Pod.OwnerRef> owner = Optional.empty();
    private Optional<String> node = Optional.empty();
    private Pod.Phase phase = Pod.Phase.RUNNING;
    private boolean ready = true;
    private boolean hostNetwork;
    private boolean terminating;
    private int restarts;
    private Optional<String> waiting = Optional.empty();
    private Optional<String> address = Optional.of("10.0.0.9");
    private Instant createdAt = FakeProgress.START.minusSeconds(3600);

    MakePod(String namespace, String name) {
        this.namespace = namespace;
        this.name = name;
    }

    MakePod on(String where) {
        node = Optional.of(where);
        return this;
    }

    MakePod label(String key, String value) {
        labels.put(key, value);
        return this;
    }

    MakePod mirror() {
        annotations.put("kubernetes.io/config.mirror", "x");
        return this;
    }

    /** Of a Deployment, through its ReplicaSet. */
    MakePod of(String deployment) {
        label("pod-template-hash", "abc");
        label("app", deployment);
        return ownedBy("ReplicaSet", deployment + "-abc");
    }

    MakePod ownedBy(String kind, String owner) {
        this.owner = Optional.of(new Pod.OwnerRef(kind, owner, "uid-" + owner));
        return this;
    }

    MakePod volume(String kind, String claim) {
        volumes.add(new Pod.PodVolume(kind, claim.isEmpty() ? Optional.empty() : Optional.of(claim)));
        return this;
    }

    MakePod hostPort(int port) {
        hostPorts.add(new Pod.HostPort("tcp", port));
        return this;
    }

    MakePod phase(Pod.Phase value) {
        phase = value;
        ready = value == Pod.Phase.RUNNING;
        return this;
    }

    MakePod waiting(String why) {
        waiting = Optional.of(why);
        return notReady();
    }

    MakePod notReady() {
        ready = false;
        return this;
    }

    MakePod onHostNetwork() {
        hostNetwork = true;
        return this;
    }

    MakePod terminating() {
        terminating = true;
        return this;
    }

    MakePod restarts(int count) {
        restarts = count;
        return this;
    }

    MakePod address(String value) {
        address = Optional.of(value);
        return this;
    }

    MakePod born(Instant at) {
        createdAt = at;
        return this;
    }

    Pod build() {
        return new Pod(
                namespace,
                name,
                "uid-" + name,
                "1",
                owner,
                node,
                phase,
                ready,
                address,
                hostNetwork,
                hostPorts,
                labels,
                annotations,
                100,
                128,
                volumes,
                "default",
                30,
                terminating,
                restarts,
                waiting,
                createdAt);
    }
}

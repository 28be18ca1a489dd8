package io.cnishift.it.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Joins a Node for each machine as its user data says, says in time that it is well, and takes the Node away once the machine is
 * gone, which on EKS is up to the cloud controller.
 */
final class Registration {

    private static final Duration HEARTBEAT = Duration.ofSeconds(8);
    private static final String CPU = "1930m";
    private static final String MEMORY = "7100Mi";

    private final Kube kube;
    private final Machines machines;
    private final Clock clock;
    private final Map<String, Said> said = new HashMap<>();

    /** What a kubelet last said of its node. */
    private record Said(boolean ready, Instant since, Instant at) {}

    Registration(Kube kube, Machines machines, Clock clock) {
        this.kube = kube;
        this.machines = machines;
        this.clock = clock;
    }

    void turn(Scene scene, Set<String> wired) {
        List<Machine> running = machines.running();
        running.stream().filter(m -> !scene.nodes().containsKey(m.node())).forEach(this::join);
        Set<String> names = running.stream().map(Machine::node).collect(Collectors.toSet());
        for (Node node : scene.nodes().values()) {
            if (names.contains(node.getMetadata().getName())) {
                beat(node, wired.contains(node.getMetadata().getName()));
            } else {
                kube.client().resource(node).delete();
            }
        }
    }

    private void join(Machine machine) {
        Map<String, String> labels = new HashMap<>(machine.labels());
        labels.put("kubernetes.io/os", "linux");
        labels.put("kubernetes.io/arch", "amd64");
        labels.put("kubernetes.io/hostname", machine.node());
        labels.put("node.kubernetes.io/instance-type", machine.type());
        labels.put("topology.kubernetes.io/zone", machine.zone());
        kube.client()
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(machine.node())
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .withProviderID("aws:///" + machine.zone() + "/" + machine.id())
                        .withTaints(machine.taints().stream()
                                .map(Registration::taint)
                                .toList())
                        .endSpec()
                        .build())
                .create();
        Map<String, String> size = Map.of("cpu", CPU, "memory", MEMORY, "pods", machine.maxPods());
        Node named = new NodeBuilder()
                .withNewMetadata()
                .withName(machine.node())
                .endMetadata()
                .build();
        kube.status(
                named,
                Map.of(
                        "capacity",
                        size,
                        "allocatable",
                        size,
                        "addresses",
                        List.of(
                                Map.of("type", "InternalIP", "address", machine.address()),
                                Map.of("type", "Hostname", "address", machine.node())),
                        "nodeInfo",
                        info(machine)));
        beat(named, false);
    }

    private static Map<String, Object> info(Machine machine) {
        Map<String, Object> info = new HashMap<>();
        for (String id : List.of("machineID", "systemUUID", "bootID")) {
            info.put(id, machine.id());
        }
        info.put("kernelVersion", "6.12.0");
        info.put("osImage", "Amazon Linux 2023");
        info.put("operatingSystem", "linux");
        info.put("architecture", "amd64");
        info.put("containerRuntimeVersion", "containerd://2.0.0");
        info.put("kubeletVersion", "v1.33.0");
        info.put("kubeProxyVersion", "v1.33.0");
        return info;
    }

    private static Taint taint(String text) {
        String[] keyAndRest = text.split("[=:]");
        return new TaintBuilder()
                .withKey(keyAndRest[0])
                .withValue(keyAndRest[1])
                .withEffect(keyAndRest[2])
                .build();
    }

    /** The container runtime is ready once it finds a configuration of a CNI. */
    private void beat(Node node, boolean wired) {
        String name = node.getMetadata().getName();
        Instant now = clock.instant();
        Said before = said.get(name);
        boolean same = before != null && before.ready() == wired;
        if (same && now.isBefore(before.at().plus(HEARTBEAT))) {
            return;
        }
        Said after = new Said(wired, same ? before.since() : now, now);
        kube.status(node, Map.of("conditions", List.of(condition(after))));
        said.put(name, after);
    }

    private static Map<String, Object> condition(Said said) {
        return Map.of(
                "type",
                "Ready",
                "status",
                said.ready() ? "True" : "False",
                "reason",
                said.ready() ? "KubeletReady" : "KubeletNotReady",
                "message",
                said.ready() ? "" : "container runtime network not ready: cni plugin not initialized",
                "lastHeartbeatTime",
                said.at().toString(),
                "lastTransitionTime",
                said.since().toString());
    }
}

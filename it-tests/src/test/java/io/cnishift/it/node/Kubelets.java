package io.cnishift.it.node;

import io.cnishift.it.node.Networks.Cni;
import io.cnishift.it.node.Networks.Wiring;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The life of pods on nodes: each gets its network, runs and is ready at once, and is gone as soon as it was asked to end. A pod that
 * asks the network ends with what the network is like.
 */
final class Kubelets {

    static final String VPC_CNI = "aws-node";

    private final Kube kube;
    private final Machines machines;
    private final Networks networks;
    private final Cilium cilium;
    private final Clock clock;

    Kubelets(Kube kube, Machines machines, Networks networks, Cilium cilium, Clock clock) {
        this.kube = kube;
        this.machines = machines;
        this.networks = networks;
        this.cilium = cilium;
        this.clock = clock;
    }

    void turn(Scene scene) {
        for (Pod pod : scene.placed()) {
            String phase = pod.getStatus().getPhase();
            if (Scene.ends(pod)) {
                kube.remove(pod);
            } else if ("Pending".equals(phase)) {
                start(scene, pod);
            } else if ("Running".equals(phase)) {
                watch(scene, pod);
            }
        }
    }

    private void start(Scene scene, Pod pod) {
        Node node = scene.nodes().get(pod.getSpec().getNodeName());
        Optional<String> address = Scene.onHost(pod) ? Optional.of(Scene.address(node)) : wire(scene, pod);
        address.ifPresent(ip -> kube.status(pod, running(pod, ip, Scene.address(node), !isAgent(pod))));
    }

    private Optional<String> wire(Scene scene, Pod pod) {
        Map<String, String> instances = new HashMap<>();
        scene.nodes()
                .forEach((name, node) ->
                        instances.put(name, node.getSpec().getProviderID().replaceFirst(".*/", "")));
        Optional<Wiring> wiring = networks.wiring(pod);
        if (wiring.isEmpty()) {
            wiring = networks.wire(pod, machines, instances);
            wiring.filter(w -> w.cni() == Cni.CILIUM).ifPresent(w -> cilium.endpoint(pod, w.address()));
        }
        return wiring.map(Wiring::address);
    }

    private static boolean isAgent(Pod pod) {
        return Scene.isApp(pod, Cilium.AGENT);
    }

    private void watch(Scene scene, Pod pod) {
        String node = pod.getSpec().getNodeName();
        if (Scene.isApp(pod, VPC_CNI)) {
            networks.awsNode(node);
        }
        if (isAgent(pod) && cilium.ready(pod) && !ready(pod)) {
            String host = pod.getStatus().getHostIP();
            kube.status(pod, running(pod, host, host, true));
        }
        Probe.of(pod).ifPresent(probe -> {
            Probe.End end = probe.ask(new Reach(
                    scene, kube.client().services().inAnyNamespace().list().getItems(), networks, cilium));
            kube.status(pod, ended(pod, end));
        });
    }

    private static boolean ready(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
    }

    private Map<String, Object> running(Pod pod, String address, String host, boolean ready) {
        Map<String, Object> status = new HashMap<>();
        status.put("phase", "Running");
        status.put("podIP", address);
        status.put("podIPs", List.of(Map.of("ip", address)));
        status.put("hostIP", host);
        status.put("startTime", clock.instant().toString());
        status.put("conditions", conditions(ready));
        status.put("containerStatuses", containers(pod, ready, Map.of("running", Map.of("startedAt", now()))));
        return status;
    }

    private Map<String, Object> ended(Pod pod, Probe.End end) {
        Map<String, Object> terminated = Map.of(
                "exitCode", end.code(),
                "reason", end.code() == 0 ? "Completed" : "Error",
                "message", end.words(),
                "startedAt", now(),
                "finishedAt", now());
        return Map.of(
                "phase", end.code() == 0 ? "Succeeded" : "Failed",
                "conditions", conditions(false),
                "containerStatuses", containers(pod, false, Map.of("terminated", terminated)));
    }

    private String now() {
        return clock.instant().toString();
    }

    private List<Object> conditions(boolean ready) {
        return List.of(
                condition("PodScheduled", true),
                condition("Initialized", true),
                condition("ContainersReady", ready),
                condition("Ready", ready));
    }

    private Map<String, Object> condition(String type, boolean so) {
        return Map.of("type", type, "status", so ? "True" : "False", "lastTransitionTime", now());
    }

    private static List<Object> containers(Pod pod, boolean ready, Map<String, Object> state) {
        return pod.getSpec().getContainers().stream()
                .map(container -> (Object) container(container, ready, state))
                .toList();
    }

    private static Map<String, Object> container(Container container, boolean ready, Map<String, Object> state) {
        return Map.of(
                "name",
                container.getName(),
                "image",
                container.getImage(),
                "imageID",
                container.getImage(),
                "ready",
                ready,
                "started",
                true,
                "restartCount",
                0,
                "state",
                state);
    }
}

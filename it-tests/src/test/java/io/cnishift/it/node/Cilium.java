package io.cnishift.it.node;

import io.cnishift.api.capacity.Cidr;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Cilium's operator and agents, as far as others see them: the operator makes the custom resource definitions, gives each
 * CiliumNode its range and takes the taint off nodes whose agent is ready; an agent reads its settings once, when it starts, and
 * announces its node.
 */
final class Cilium {

    static final String AGENT = "cilium";
    private static final String SYSTEM = "kube-system";
    private static final List<String> KINDS = List.of("CiliumNode", "CiliumEndpoint", "CiliumNodeConfig");

    private final Kube kube;
    private final Networks networks;
    private final Map<String, Map<String, String>> settings = new HashMap<>();
    private boolean defined;

    Cilium(Kube kube, Networks networks) {
        this.kube = kube;
        this.networks = networks;
    }

    void turn(Scene scene) {
        boolean operated = scene.pods().stream().anyMatch(Cilium::operates);
        if (operated && !defined) {
            KINDS.forEach(this::define);
            defined = true;
        }
        if (!defined) {
            return;
        }
        Map<String, GenericKubernetesResource> announced = new HashMap<>();
        kube.cilium("CiliumNode")
                .list()
                .getItems()
                .forEach(n -> announced.put(n.getMetadata().getName(), n));
        for (Node node : scene.nodes().values()) {
            String name = node.getMetadata().getName();
            Optional<Pod> agent = scene.daemon(AGENT, name);
            agent.ifPresent(pod -> settings.computeIfAbsent(pod.getMetadata().getUid(), uid -> read(node)));
            if (agent.isPresent() && !announced.containsKey(name)) {
                announce(node);
            }
            if (operated && announced.containsKey(name)) {
                range(announced.get(name), announced.values());
            }
            agent.filter(this::ready).ifPresent(pod -> own(node, settings(pod), operated));
        }
    }

    private static boolean operates(Pod pod) {
        return Scene.runs(pod)
                && pod.getMetadata().getLabels() != null
                && "operator".equals(pod.getMetadata().getLabels().get("io.cilium/app"));
    }

    /** Whether an agent has all that it waits for: its settings and a range. */
    boolean ready(Pod agent) {
        return settings.containsKey(agent.getMetadata().getUid())
                && networks.range(agent.getSpec().getNodeName()).isPresent();
    }

    /** What the agent read when it started; empty for one that has not. */
    Map<String, String> settings(Pod agent) {
        return settings.getOrDefault(agent.getMetadata().getUid(), Map.of());
    }

    /** cilium-config, and over it what the CiliumNodeConfigs that select the node say. */
    private Map<String, String> read(Node node) {
        ConfigMap map = kube.client()
                .configMaps()
                .inNamespace(SYSTEM)
                .withName("cilium-config")
                .get();
        Map<String, String> all = new HashMap<>(map == null ? Map.of() : map.getData());
        for (GenericKubernetesResource config :
                kube.cilium("CiliumNodeConfig").inNamespace(SYSTEM).list().getItems()) {
            Map<String, String> selector = texts(config, "spec", "nodeSelector", "matchLabels");
            if (node.getMetadata().getLabels().entrySet().containsAll(selector.entrySet())) {
                all.putAll(texts(config, "spec", "defaults"));
            }
        }
        return all;
    }

    private static Map<String, String> texts(GenericKubernetesResource of, Object... path) {
        Map<String, String> found = of.get(path);
        return found == null ? Map.of() : found;
    }

    private void announce(Node node) {
        ObjectMeta meta = new ObjectMeta();
        meta.setName(node.getMetadata().getName());
        meta.setOwnerReferences(List.of(new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Node")
                .withName(meta.getName())
                .withUid(node.getMetadata().getUid())
                .build()));
        Map<String, Object> spec =
                Map.of("addresses", List.of(Map.of("type", "InternalIP", "ip", Scene.address(node))), "ipam", Map.of());
        create("CiliumNode", meta, Map.of("spec", spec));
    }

    private void create(String kind, ObjectMeta meta, Map<String, Object> fields) {
        kube.make(new GenericKubernetesResourceBuilder()
                .withApiVersion("cilium.io/v2")
                .withKind(kind)
                .withMetadata(meta)
                .withAdditionalProperties(fields)
                .build());
    }

    private void range(GenericKubernetesResource node, Iterable<GenericKubernetesResource> all) {
        Set<String> taken = new HashSet<>();
        all.forEach(n -> ranges(n).forEach(taken::add));
        String name = node.getMetadata().getName();
        Optional<String> has = ranges(node).stream().findFirst();
        if (has.isPresent()) {
            networks.range(name, Cidr.parse(has.get()));
            return;
        }
        Map<String, String> config = kube.client()
                .configMaps()
                .inNamespace(SYSTEM)
                .withName("cilium-config")
                .get()
                .getData();
        Cidr pool = Cidr.parse(config.get("cluster-pool-ipv4-cidr"));
        int size = Integer.parseInt(config.get("cluster-pool-ipv4-mask-size"));
        String free = pool.split(size).stream()
                .map(Cidr::toString)
                .filter(block -> !taken.contains(block))
                .findFirst()
                .orElseThrow();
        kube.cilium("CiliumNode").withName(name).edit(n -> {
            n.setAdditionalProperty(
                    "spec",
                    Map.of(
                            "addresses",
                            n.<List<Object>>get("spec", "addresses"),
                            "ipam",
                            Map.of("podCIDRs", List.of(free))));
            return n;
        });
        node.setAdditionalProperty("spec", Map.of("ipam", Map.of("podCIDRs", List.of(free))));
        networks.range(name, Cidr.parse(free));
    }

    private static List<String> ranges(GenericKubernetesResource node) {
        List<String> ranges = node.get("spec", "ipam", "podCIDRs");
        return ranges == null ? List.of() : ranges;
    }

    /** A ready agent writes its configuration where it is to, and the operator lets pods onto the node. */
    private void own(Node node, Map<String, String> config, boolean operated) {
        if (!"true".equals(config.get("custom-cni-conf")) && config.containsKey("write-cni-conf-when-ready")) {
            networks.agent(node.getMetadata().getName(), "true".equals(config.get("cni-exclusive")));
        }
        String key = config.getOrDefault("agent-not-ready-taint-key", "node.cilium.io/agent-not-ready");
        if (operated
                && node.getSpec().getTaints().stream().anyMatch(t -> t.getKey().equals(key))) {
            kube.client().resource(node).edit(n -> {
                n.getSpec().getTaints().removeIf(t -> t.getKey().equals(key));
                return n;
            });
        }
    }

    /** The endpoint of a pod that an agent wired. */
    void endpoint(Pod pod, String address) {
        ObjectMeta meta = new ObjectMeta();
        meta.setName(pod.getMetadata().getName());
        meta.setNamespace(pod.getMetadata().getNamespace());
        meta.setOwnerReferences(List.of(new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(meta.getName())
                .withUid(pod.getMetadata().getUid())
                .build()));
        create(
                "CiliumEndpoint",
                meta,
                Map.of(
                        "status",
                        Map.of(
                                "state",
                                "ready",
                                "networking",
                                Map.of("addressing", List.of(Map.of("ipv4", address))))));
    }

    private void define(String kind) {
        String plural = kind.toLowerCase(Locale.ROOT) + "s";
        kube.make(new CustomResourceDefinitionBuilder()
                .withNewMetadata()
                .withName(plural + ".cilium.io")
                .endMetadata()
                .withNewSpec()
                .withGroup("cilium.io")
                .withScope(kind.equals("CiliumNode") ? "Cluster" : "Namespaced")
                .withNewNames()
                .withKind(kind)
                .withPlural(plural)
                .withSingular(kind.toLowerCase(Locale.ROOT))
                .endNames()
                .addNewVersion()
                .withName("v2")
                .withServed(true)
                .withStorage(true)
                .withNewSchema()
                .withNewOpenAPIV3Schema()
                .withType("object")
                .withXKubernetesPreserveUnknownFields(true)
                .endOpenAPIV3Schema()
                .endSchema()
                .endVersion()
                .endSpec()
                .build());
    }
}

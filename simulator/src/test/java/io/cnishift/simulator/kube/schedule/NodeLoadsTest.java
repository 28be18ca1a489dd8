package io.cnishift.simulator.kube.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Node;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.kube.schedule.NodeLoad.Bound;
import io.cnishift.simulator.kube.schedule.PlacedPods.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NodeLoadsTest {
    private static final Node NODE = Clusters.healthy().nodes().get(0);
    private static final Node OTHER = Clusters.healthy().nodes().get(1);

    private final NodeLoads loads = new NodeLoads();

    NodeLoadsTest() {
        loads.put(NODE, 0);
    }

    @Test
    void asksOfANamespaceOnlyThosePodsThatHaveTheRarestLabel() {
        bind(loads, "a", Map.of("app", "shop", "tier", "front"));
        bind(loads, "b", Map.of("app", "shop", "tier", "back"));
        bind(loads, "c", Map.of("app", "bank", "tier", "front"));

        assertThat(loads.candidates("web", matching(Map.of("tier", "front", "app", "bank"))))
                .hasSize(1);
        assertThat(loads.candidates("web", matching(Map.of("app", "none")))).isEmpty();
        assertThat(loads.candidates("web", Map.of())).hasSize(3);
        loads.release(NODE.name(), "web/c");
        assertThat(loads.candidates("web", matching(Map.of("app", "bank")))).isEmpty();
    }

    @Test
    void asksOfPodsThatKeepOthersOffOnlyThoseThatMayMeanThisOne() {
        bind(loads, "a", Map.of("app", "shop"), List.of(term(matching(Map.of("app", "shop")))));
        bind(loads, "b", Map.of("app", "bank"), List.of(term(matching(Map.of("app", "bank")))));
        bind(loads, "c", Map.of("app", "any"), List.of(term(Map.of())));

        assertThat(keepingOff(Map.of("app", "bank"))).containsExactlyInAnyOrder("bank", "any");
        loads.release(NODE.name(), "web/b");
        assertThat(keepingOff(Map.of("app", "bank"))).containsExactly("any");
    }

    @Test
    void whatIsLaidOverIsNotSeenBelow() {
        bind(loads, "a", Map.of("app", "shop"));
        NodeLoads outlook = loads.overlay();
        outlook.put(OTHER, 0);
        bind(outlook, "b", Map.of("app", "shop"));

        assertThat(outlook.size()).isEqualTo(2);
        assertThat(outlook.get(NODE.name()).orElseThrow().count()).isEqualTo(2);
        assertThat(outlook.candidates("web", matching(Map.of("app", "shop")))).hasSize(2);
        assertThat(loads.size()).isEqualTo(1);
        assertThat(loads.get(NODE.name()).orElseThrow().count()).isEqualTo(1);
        assertThat(loads.candidates("web", matching(Map.of("app", "shop")))).hasSize(1);
    }

    private List<String> keepingOff(Map<String, String> labels) {
        List<Placed> found = new ArrayList<>();
        loads.mayKeepOff(labels, found::add);
        return found.stream().map(p -> p.pod().labels().get("app")).toList();
    }

    private static void bind(NodeLoads loads, String name, Map<String, String> labels) {
        bind(loads, name, labels, List.of());
    }

    private static void bind(
            NodeLoads loads, String name, Map<String, String> labels, List<Map<String, Object>> antiAffinity) {
        loads.bind(NODE.name(), "web/" + name, new Bound("web", labels, 100, 64, false, List.of(), "", antiAffinity));
    }

    private static Map<String, Object> term(Map<String, Object> selector) {
        return Map.of("topologyKey", "kubernetes.io/hostname", "labelSelector", selector);
    }

    private static Map<String, Object> matching(Map<String, String> labels) {
        return Map.of("matchLabels", labels);
    }
}

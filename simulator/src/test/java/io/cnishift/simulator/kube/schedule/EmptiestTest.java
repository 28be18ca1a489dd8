package io.cnishift.simulator.kube.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Taint;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.kube.schedule.NodeLoad.Bound;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EmptiestTest {
    private static final Node NODE = Clusters.healthy().nodes().get(0);

    private final NodeLoads loads = new NodeLoads();

    EmptiestTest() {
        List.of("a", "b", "c").forEach(name -> loads.put(named(name, List.of(), false), 0));
    }

    @Test
    void theEmptiestComesFirstAndAtATieTheFirstByName() {
        bind("a", "one", 200, 64);
        bind("b", "two", 100, 32);

        assertThat(names(NODE.taints())).containsExactly("c", "b", "a");
        bind("c", "three", 300, 128);
        loads.release("a", "web/one");
        assertThat(names(NODE.taints())).containsExactly("a", "b", "c");
        loads.release("b", "web/two");
        loads.remove("c");
        assertThat(names(NODE.taints())).containsExactly("a", "b");
    }

    @Test
    void aNodeIsWithThoseThatKeepTheSamePodsOff() {
        Taint gpu = new Taint("gpu", "", "NoSchedule");
        loads.put(named("b", List.of(gpu), false), 0);
        loads.put(named("c", List.of(), true), 0);

        assertThat(names(List.of())).containsExactly("a");
        assertThat(names(List.of(gpu))).containsExactly("b");
        assertThat(loads.emptiest().bySort()).hasSize(3);
        loads.put(named("c", List.of(), false), 0);
        assertThat(names(List.of())).containsExactly("a", "c");
        assertThat(loads.emptiest().bySort()).hasSize(2);
    }

    @Test
    void nodesAreToldApartByLabelsFromTheTimeOnThatAPodAsksForThem() {
        loads.put(labelled("b", Map.of("pool", "web")), 0);
        assertThat(sorts()).containsExactly("a b c");

        loads.emptiest().apart(Set.of("pool"));
        assertThat(sorts()).containsExactly("a c", "b");
        bind("b", "one", 200, 64);
        loads.put(labelled("c", Map.of("pool", "web")), 0);
        loads.put(labelled("a", Map.of("pool", "")), 0);
        assertThat(sorts()).containsExactly("a", "c b");
        loads.put(labelled("b", Map.of("zone", "x")), 0);
        assertThat(sorts()).containsExactly("a", "b", "c");
    }

    private List<String> sorts() {
        return loads.emptiest().bySort().stream()
                .map(sort -> String.join(" ", names(sort)))
                .sorted()
                .toList();
    }

    private List<String> names(List<Taint> taints) {
        return loads.emptiest().bySort().stream()
                .filter(sort -> sort.taints().equals(taints))
                .findFirst()
                .map(EmptiestTest::names)
                .orElse(List.of());
    }

    private static List<String> names(Emptiest.Alike sort) {
        return sort.nodes().stream().map(load -> load.node().name()).toList();
    }

    private void bind(String node, String name, long cpuMillis, long memoryMiB) {
        loads.bind(
                node, "web/" + name, new Bound("web", Map.of(), cpuMillis, memoryMiB, false, List.of(), "", List.of()));
    }

    private static Node labelled(String name, Map<String, String> labels) {
        return node(name, labels, List.of(), false);
    }

    private static Node named(String name, List<Taint> taints, boolean unschedulable) {
        return node(name, Map.of(), taints, unschedulable);
    }

    private static Node node(String name, Map<String, String> labels, List<Taint> taints, boolean unschedulable) {
        return new Node(
                name,
                NODE.uid(),
                NODE.resourceVersion(),
                NODE.instance(),
                labels,
                NODE.annotations(),
                taints,
                unschedulable,
                NODE.ready(),
                NODE.maxPods(),
                NODE.cpuMillis(),
                NODE.memoryMiB(),
                NODE.kernel(),
                NODE.architecture(),
                NODE.osImage(),
                NODE.address(),
                NODE.createdAt());
    }
}

package io.cnishift.simulator.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.simulator.net.End;
import io.cnishift.simulator.net.NodeKind;
import io.cnishift.simulator.net.Services.Endpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NodePortTest {

    private static final int NODES = 7;
    private static final int PODS = 6;
    private static final int KINDS = 3;

    private final List<NodeKind> kinds =
            IntStream.range(0, KINDS).mapToObj(i -> new NodeKind()).toList();
    /** The kind of each node, and what of it makes a difference to those who send to it. */
    private final Map<String, Integer> kindOf = new TreeMap<>();

    private final Map<String, Integer> behind = new HashMap<>();
    private final Map<String, Endpoint> endpoints = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();

    @Test
    void whatIsKeptIsWhatWouldBeFoundNodeByNode() {
        for (boolean local : new boolean[] {false, true}) {
            for (int seed = 0; seed < 20; seed++) {
                followed(new Random(seed), local);
            }
        }
    }

    private void followed(Random random, boolean local) {
        endpoints.clear();
        for (int i = 0; i < NODES; i++) {
            is("n" + i, random.nextInt(KINDS));
        }
        NodePort port = new NodePort(local, this::host, this::reaches);
        Map<String, Served> told = new TreeMap<>();
        kindOf.keySet().forEach(n -> told.put(n, port.from(n, kind(n), host(n).orElseThrow())));
        for (int step = 0; step < 200; step++) {
            Set<String> again = new HashSet<>();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                change(random, port, again);
            }
            if (port.take(List.copyOf(endpoints.values()), again)) {
                again.addAll(kindOf.keySet());
            }
            again.forEach(n -> told.put(n, port.from(n, kind(n), host(n).orElseThrow())));

            for (String node : kindOf.keySet()) {
                assertThat(told.get(node)).as("%s after step %s", node, step).isEqualTo(plain(node, local));
            }
        }
    }

    private void change(Random random, NodePort port, Set<String> again) {
        String node = "n" + random.nextInt(NODES);
        String pod = "p" + random.nextInt(PODS);
        switch (random.nextInt(4)) {
            case 0 -> {
                is(node, random.nextInt(KINDS));
                behind.merge(node, 1, Integer::sum);
                port.nodeChanged(node);
                again.add(node);
            }
            case 1 -> {
                behind.merge(pod, 1, Integer::sum);
                port.podChanged(pod);
            }
            case 2 -> endpoints.remove(pod);
            default -> endpoints.put(pod, endpoint(pod, node));
        }
    }

    @Test
    void anEndpointMoreIsWalkedToOnceFromEachKindAndFromItsNode() {
        for (int i = 0; i < NODES; i++) {
            is("n" + i, i % 2);
        }
        NodePort port = new NodePort(false, this::host, this::reaches);
        port.take(List.of(endpoint("p0", "n0")), new HashSet<>());
        kindOf.keySet().forEach(n -> port.from(n, kind(n), host(n).orElseThrow()));
        asked.clear();

        port.take(List.of(endpoint("p0", "n0"), endpoint("p1", "n1")), new HashSet<>());
        kindOf.keySet().forEach(n -> port.from(n, kind(n), host(n).orElseThrow()));

        assertThat(asked).hasSize(3).allMatch(leg -> leg.endsWith("-p1")).contains("n1-p1");
    }

    private void is(String node, int kind) {
        kinds.forEach(k -> k.remove(node));
        kinds.get(kind).add(node);
        kindOf.put(node, kind);
    }

    private NodeKind kind(String node) {
        return kinds.get(kindOf.getOrDefault(node, 0));
    }

    private Served plain(String node, boolean local) {
        List<Boolean> ways = endpoints.values().stream()
                .filter(e -> !local || e.node().filter(node::equals).isPresent())
                .map(e -> reaches(host(node).orElseThrow(), e))
                .toList();
        return Served.of((int) ways.stream().filter(w -> w).count(), ways.size());
    }

    private boolean reaches(End from, Endpoint to) {
        String node = from.node().orElseThrow();
        String pod = to.pod().orElseThrow();
        asked.add(node + "-" + pod);
        boolean own = to.node().filter(node::equals).isPresent();
        int there = behind.getOrDefault(pod, 0) + behind.getOrDefault(to.node().orElseThrow(), 0);
        return (there + (own ? 1 : 2 * kindOf.getOrDefault(node, 0)) + pod.hashCode()) % 3 != 0;
    }

    private Optional<End> host(String node) {
        return Optional.of(new End(End.Kind.HOST, node, Optional.of(node), "", List.of(), false));
    }

    private static Endpoint endpoint(String pod, String node) {
        return new Endpoint(Optional.empty(), "10.0.0.1", 8080, Optional.of(node), Optional.of(pod), Instant.EPOCH);
    }
}

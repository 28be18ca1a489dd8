package io.cnishift.it.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.cnishift.api.act.ApplyObject;
import io.cnishift.it.real.GivenPeers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The same is true of a Kubernetes port on every peer: the simulator in this process, the simulator over HTTP, and a real API server
 * where there is one. The first two are there on every machine; a build without one of them fails.
 */
@ResourceLock(providers = GivenPeers.class)
final class ParityIT {
    private static final List<Peer> PEERS = List.of(new InProcessPeer(), new FrontPeer(), new RealPeer());
    private static final int ALWAYS = 2;

    private static final Map<String, Integer> PASSED = new LinkedHashMap<>();

    @TempDir
    private Path folder;

    @TestFactory
    List<DynamicNode> onEveryPeer() {
        List<DynamicNode> nodes = new ArrayList<>();
        PEERS.forEach(peer -> nodes.add(dynamicContainer(peer.toString(), tests(peer))));
        nodes.add(dynamicTest(
                "two peers ran all cases",
                () -> assertThat(PASSED.values())
                        .filteredOn(n -> n == ParityCases.all().size())
                        .hasSizeGreaterThanOrEqualTo(ALWAYS)));
        return nodes;
    }

    private List<DynamicNode> tests(Peer peer) {
        PASSED.put(peer.toString(), 0);
        if (peer.absent().isPresent()) {
            return List.of(dynamicTest(
                    peer + " is not asked",
                    () -> Assumptions.abort(peer.absent().orElseThrow())));
        }
        List<DynamicNode> tests = new ArrayList<>();
        ParityCases.all().forEach((name, test) -> tests.add(dynamicTest(peer + ": " + name, () -> run(peer, test))));
        return tests;
    }

    private void run(Peer peer, ParityCases.Case test) throws IOException, InterruptedException {
        Path own = Files.createTempDirectory(folder, "peer");
        try (Peer.Site site = peer.open(own)) {
            site.port()
                    .perform(new ApplyObject(Map.of(
                            "apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", site.namespace()))));
            test.run(new ParityCases(site));
        }
        PASSED.merge(peer.toString(), 1, Integer::sum);
    }

    /** For the judgement on a commit, in which a peer that was not asked must not look like one that agrees. */
    @AfterAll
    static void tell() {
        PEERS.forEach(peer -> System.out.println("parity: " + peer + ": " + PASSED.get(peer.toString()) + " of "
                + ParityCases.all().size() + " cases passed"
                + peer.absent().map(why -> " (" + why + ")").orElse("")));
    }
}

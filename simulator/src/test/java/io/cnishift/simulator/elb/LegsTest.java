package io.cnishift.simulator.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.simulator.net.Passage;
import io.cnishift.simulator.net.Services.Endpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class LegsTest {

    private final Legs legs = new Legs();
    private final List<String> walked = new ArrayList<>();

    @Test
    void anEndpointMoreIsTheOnlyLegMoreFromEachNode() {
        walk("a");
        walk("a", "b");

        assertThat(walked).containsExactly("n1-a", "n2-a", "n1-b", "n2-b");
    }

    @Test
    void aChangedNodeIsWalkedFromAndToAnew() {
        walk("a", "b");
        walked.clear();
        legs.nodeChanged("n1");
        walk("a", "b");
        assertThat(walked).containsExactly("n1-a", "n1-b");

        walked.clear();
        legs.nodeChanged("on-a");
        walk("a", "b");
        assertThat(walked).containsExactly("n1-a", "n2-a");
    }

    @Test
    void aChangedPodIsWalkedToAnewAndAChangedServiceIsAllOfIt() {
        walk("a", "b");
        walked.clear();
        legs.podChanged("shop/b");
        walk("a", "b");
        assertThat(walked).containsExactly("n1-b", "n2-b");

        walked.clear();
        legs.serviceChanged("shop/other");
        walk("a", "b");
        assertThat(walked).isEmpty();
        legs.serviceChanged("shop/web");
        walk("a", "b");
        assertThat(walked).hasSize(4);
    }

    @Test
    void anEndpointThatIsAnotherOneByTheSameNameIsWalkedToAnew() {
        walk("a");
        walked.clear();
        legs.to("shop/web", List.of(endpoint("a", 8081))).get(0).from("n1", () -> passage("n1-a again"));
        assertThat(walked).containsExactly("n1-a again");
    }

    private void walk(String... endpoints) {
        List<Endpoint> all =
                Stream.of(endpoints).map(name -> endpoint(name, 8080)).toList();
        for (int i = 0; i < endpoints.length; i++) {
            String endpoint = endpoints[i];
            for (String node : List.of("n1", "n2")) {
                legs.to("shop/web", all).get(i).from(node, () -> passage(node + "-" + endpoint));
            }
        }
    }

    private Passage passage(String name) {
        walked.add(name);
        return Passage.through(name);
    }

    private static Endpoint endpoint(String name, int port) {
        return new Endpoint(
                Optional.empty(),
                "10.0.0.1",
                port,
                Optional.of("on-" + name),
                Optional.of("shop/" + name),
                Instant.EPOCH);
    }
}

package io.cnishift.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.ChangeRecords;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.simulator.kit.Asked;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two clusters in one VPC, and the clients that go by names. */
final class TwoClustersTest {

    private static final ObjectRef HTTPD = ObjectRef.of("apps/v1", "Deployment", "httpd", "httpd");

    private final Simulation simulation = Simulation.pair(
            Asked.scenario("minnie-wallace"), Asked.scenario("minnie-wallace-green"), new Settings(1, Map.of()));
    private final World first = simulation.world();
    private final World second = first.second().orElseThrow();

    private static int free(World world, String subnet) {
        return world.aws().read(Set.of(Part.SUBNETS)).resources().stream()
                .map(Subnet.class::cast)
                .filter(s -> s.id().equals(subnet))
                .findFirst()
                .orElseThrow()
                .freeAddresses();
    }

    private DnsRecord name() {
        return (DnsRecord)
                first.aws().read(Set.of(Part.DNS_RECORDS)).resources().get(0);
    }

    private void pass(Duration time) {
        simulation.kernel().clock().runUntil(simulation.kernel().clock().now().plus(time));
    }

    private List<String> down() {
        return first.violations().get().stream()
                .filter(f -> f.code().equals("SIM-PATH-DOWN"))
                .map(f -> f.subject() + " " + f.message())
                .toList();
    }

    @Test
    void oneTakesTheAddressesOfTheOther() {
        String subnet = "subnet-01398e2610d4ae78e";
        int before = free(second, subnet);
        assertThat(free(first, subnet)).isEqualTo(before);
        first.aws().perform(new SetGroupSize("workers", 2, 8, 8));
        pass(Duration.ofMinutes(10));
        assertThat(free(second, subnet)).isLessThan(before).isEqualTo(free(first, subnet));
    }

    @Test
    void theyAreTwoClusters() {
        assertThat(second.kubernetes().before(new DeleteObject(HTTPD, Optional.empty())))
                .isEmpty();
        assertThat(first.kubernetes().before(new DeleteObject(HTTPD, Optional.empty())))
                .isNotEmpty();
    }

    @Test
    void anAddressOfAnotherClustersServicesIsRefused() {
        ActResult result = second.kubernetes()
                .perform(new CreateObject(Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Service",
                        "metadata",
                        Map.of("name", "web", "namespace", "default"),
                        "spec",
                        Map.of("clusterIP", "10.100.0.77", "ports", List.of(Map.of("port", 80))))));
        assertThat(result).isInstanceOfSatisfying(ActResult.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.INVALID);
            assertThat(refused.message()).contains("the provided IP (10.100.0.77) is not in the valid range");
        });
    }

    @Test
    void aNodePortIsGivenOnce() {
        assertThat(second.kubernetes().perform(nodePort("one")).done()).isTrue();
        assertThat(second.kubernetes().perform(nodePort("two")))
                .isInstanceOfSatisfying(
                        ActResult.Refused.class,
                        refused -> assertThat(refused.message()).contains("provided port is already allocated"));
    }

    private static CreateObject nodePort(String name) {
        return new CreateObject(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                Map.of("name", name, "namespace", "default"),
                "spec",
                Map.of("type", "NodePort", "ports", List.of(Map.of("port", 80, "nodePort", 30080)))));
    }

    @Test
    void aSimpleNameCannotHaveWeightedOnesBesideIt() {
        DnsRecord simple = name();
        ActResult result = first.aws()
                .perform(new ChangeRecords(
                        simple.zone(), simple.name(), List.of(), List.of(simple.weighted("a", 1, "x.example"))));
        assertThat(result)
                .isInstanceOfSatisfying(
                        ActResult.Refused.class,
                        refused -> assertThat(refused.message()).contains("InvalidChangeBatch"));
        assertThat(name()).isEqualTo(simple);
    }

    @Test
    void clientsComeUntilTheTtlIsOver() {
        away();
        stop();
        pass(Duration.ofMinutes(5));
        assertThat(down()).isNotEmpty();
    }

    @Test
    void afterItNobodyMissesTheFirst() {
        away();
        pass(Duration.ofMinutes(2));
        stop();
        pass(Duration.ofMinutes(5));
        assertThat(down()).isEmpty();
    }

    @Test
    void aNameThatLeadsThereIsMissed() {
        stop();
        pass(Duration.ofMinutes(5));
        assertThat(down()).isNotEmpty();
    }

    /** Sends all answers to a host that is nobody's, which no load balancer here has to answer for. */
    private void away() {
        DnsRecord simple = name();
        String here = simple.alias().orElseThrow().name();
        assertThat(first.aws()
                        .perform(new ChangeRecords(
                                simple.zone(),
                                simple.name(),
                                List.of(simple),
                                List.of(simple.weighted("first", 0, here), simple.weighted("other", 100, "x.example"))))
                        .done())
                .isTrue();
    }

    private void stop() {
        first.kubernetes()
                .perform(new PatchObject(
                        HTTPD, PatchType.MERGE, Map.of("spec", Map.of("replicas", 0)), Optional.empty()));
    }
}

package io.cnishift.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.plan.Consent;
import io.cnishift.engine.journal.AddressPoint;
import io.cnishift.engine.journal.Measures;
import io.cnishift.engine.journal.ServiceSeconds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LedgerTest {

    private final Shop shop = Shop.of(Shop.deployment(3, "0", "1"))
            .with(Shop.node("n1", Shop.START.minusSeconds(9)))
            .with(Shop.node("n2", Shop.START.minusSeconds(9)))
            .with(Shop.subnet(19));
    private Ledger ledger = start(Measures.NONE, List.of());

    private Ledger start(Measures soFar, List<Consent> consents) {
        return Ledger.start(shop.view(), Shop.START, Shop.START, Ledger.baseline(shop.view()), soFar, consents);
    }

    private static Instant at(int seconds) {
        return Shop.START.plusSeconds(seconds);
    }

    private void see(int seconds, Resource resource) {
        shop.with(resource);
        ledger.accept(Change.of(resource), at(seconds));
    }

    private void gone(int seconds, Part part, String key) {
        shop.without(part, key);
        ledger.accept(Change.gone(part, key), at(seconds));
    }

    private Measures measures(int seconds) {
        return ledger.measures(at(seconds), Map.of("aws", 2L));
    }

    private ServiceSeconds api(int seconds) {
        return measures(seconds).services().get(0);
    }

    @Test
    void countsTimeBelowTheMinimumAlsoWhileItLasts() {
        assertThat(api(50)).isEqualTo(ServiceSeconds.unharmed("web", "api", 2, 3));
        see(60, Shop.endpoints(2));
        assertThat(api(70).secondsBelowMinimum()).isZero();
        see(80, Shop.endpoints(1));
        assertThat(api(85).secondsBelowMinimum()).isEqualTo(Duration.ofSeconds(5));
        see(90, Shop.endpoints(0));
        see(100, Shop.endpoints(2));
        assertThat(api(500).secondsBelowMinimum()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void takesAServiceThatIsGoneAsDown() {
        gone(10, Part.ENDPOINTS, "web/api");
        assertThat(api(30).secondsBelowMinimum()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void countsConsentedTimeApartAndOnlyWhereItIsNamed() {
        for (String subject : List.of("Deployment web/api", "Deployment/web/api", "Service web/api", "web/api")) {
            ledger = start(Measures.NONE, List.of(consent(Optional.of(subject))));
            ledger.accept(Change.of(Shop.endpoints(0)), at(10));
            assertThat(api(30).secondsBelowMinimum()).as(subject).isZero();
            assertThat(api(30).consentedSecondsBelowMinimum()).as(subject).isEqualTo(Duration.ofSeconds(20));
        }
        ledger = start(Measures.NONE, List.of(consent(Optional.empty()), consent(Optional.of("Service web/other"))));
        ledger.accept(Change.of(Shop.endpoints(0)), at(10));
        assertThat(api(30).secondsBelowMinimum()).isEqualTo(Duration.ofSeconds(20));
    }

    private static Consent consent(Optional<String> subject) {
        return new Consent("X", subject, Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void goesOnFromWhatAnEarlierProcessCounted() {
        see(10, Shop.endpoints(0));
        Measures first = measures(30);
        ledger = start(first, List.of());
        assertThat(api(5).secondsBelowMinimum()).isEqualTo(Duration.ofSeconds(25));
        assertThat(measures(5).requests()).containsEntry("aws", 4L);
    }

    @Test
    void countsAPodThatIsReplacedOnceAndOneThatIsReplacedAgain() {
        see(1, Shop.pod("api-0", "u0", "Deployment", true));
        see(2, Shop.pod("api-x", "x", "Deployment", false));
        gone(3, Part.PODS, "web/api-0");
        assertThat(measures(4).podsRestarted()).isEqualTo(1);
        assertThat(measures(4).podsRestartedMoreThanOnce()).isZero();
        gone(5, Part.PODS, "web/api-x");
        see(6, Shop.pod("api-y", "y", "Deployment", false));
        assertThat(measures(7).podsRestarted()).isEqualTo(1);
        assertThat(measures(7).podsRestartedMoreThanOnce()).isEqualTo(1);
        assertThat(measures(7).restartsByWorkload()).containsExactly(Map.entry("Deployment/web/api", 2));
    }

    /** A pod that starts there, and the one here that it stands for then stops. */
    private void moves(int seconds, int pod) {
        Resource there = Shop.pod("api-there-" + pod, "v" + pod, "Deployment", false);
        shop.withSecond(there);
        ledger.acceptOfSecond(Change.of(there), at(seconds));
        gone(seconds, Part.PODS, "web/api-" + pod);
    }

    @Test
    void countsAPodThatStartsInTheSecondClusterAndStopsInTheFirstAsMoved() {
        shop.withSecond(Shop.node("other", Shop.START));
        ledger = start(Measures.NONE, List.of());
        moves(1, 0);
        moves(2, 1);
        assertThat(measures(3).podsRestarted()).isEqualTo(2);
        anotherProcessGoesOn(3);
        assertThat(measures(4).podsRestarted()).isEqualTo(2);
        moves(5, 2);
        assertThat(measures(6).podsRestarted()).isEqualTo(3);
        assertThat(measures(6).podsRestartedMoreThanOnce()).isZero();
    }

    @Test
    void countsPodsThatWereInTheSecondClusterBeforeTheRunOnceTheFirstLetsGoOfTheirs() {
        shop.withSecond(Shop.pod("api-there", "v", "Deployment", false));
        ledger = start(Measures.NONE, List.of());
        assertThat(measures(1).podsRestarted()).isZero();
        gone(2, Part.PODS, "web/api-0");
        gone(2, Part.PODS, "web/api-1");
        assertThat(measures(3).podsRestarted()).isEqualTo(1);
    }

    @Test
    void aPodGoesWithItsNodeThoughItIsStillListed() {
        shop.with(Shop.node("node-1", Shop.START.minusSeconds(9)));
        shop.withSecond(Shop.pod("api-there", "v", "Deployment", false));
        ledger = start(Measures.NONE, List.of());
        gone(1, Part.NODES, "node-1");
        see(2, Shop.pod("api-0", "u0", "Deployment", false));
        assertThat(measures(3).podsRestarted()).isEqualTo(1);
    }

    private void anotherProcessGoesOn(int seconds) {
        ledger = start(measures(seconds), List.of());
    }

    @Test
    void countsOnWhenAnotherProcessGoesOnBetweenTheEvictionOfAPodAndItsReplacement() {
        gone(1, Part.PODS, "web/api-0");
        shop.with(Shop.pod("api-x", "x", "Deployment", false));
        anotherProcessGoesOn(2);
        assertThat(measures(3).podsRestarted()).isEqualTo(1);
        gone(4, Part.PODS, "web/api-1");
        anotherProcessGoesOn(5);
        see(6, Shop.pod("api-y", "y", "Deployment", false));
        assertThat(measures(7).podsRestarted()).isEqualTo(2);
        assertThat(measures(7).podsRestartedMoreThanOnce()).isZero();
    }

    @Test
    void countsASurgingPodOnceThoughTheOldOneGoesUnderAnotherProcess() {
        see(1, Shop.pod("new-0", "n0", "Deployment", false));
        anotherProcessGoesOn(2);
        gone(3, Part.PODS, "web/api-0");
        assertThat(measures(4).podsRestarted()).isEqualTo(1);
    }

    @Test
    void countsAPodAsRestartedAgainOnlyOnceHoweverManyProcessesSeeIt() {
        shop.without(Part.PODS, "web/api-1").without(Part.PODS, "web/api-2");
        ledger = start(Measures.NONE, List.of());
        for (int i = 0; i < 4; i++) {
            gone(10 * i, Part.PODS, "web/api-" + (i == 0 ? "0" : "x" + i));
            see(10 * i + 1, Shop.pod("api-x" + (i + 1), "x" + i, "Deployment", false));
            anotherProcessGoesOn(10 * i + 2);
        }
        assertThat(measures(50).podsRestarted()).isEqualTo(1);
        assertThat(measures(50).podsRestartedMoreThanOnce()).isEqualTo(1);
        assertThat(measures(50).restartsByWorkload()).containsExactly(Map.entry("Deployment/web/api", 4));
    }

    @Test
    void countsATemplateOnceHoweverManyProcessesChangeIt() {
        see(1, Shop.workload("Deployment", 3, "RollingUpdate", "0", "1", Map.of("hostNetwork", true)));
        anotherProcessGoesOn(2);
        assertThat(measures(2).templatesChanged()).containsExactly("Deployment/web/api");
        see(3, Shop.workload("Deployment", 3, "RollingUpdate", "0", "1", Map.of("hostNetwork", false)));
        assertThat(measures(4).templatesChanged()).containsExactly("Deployment/web/api");
    }

    @Test
    void countsASurgingRolloutAsOneRestartPerPod() {
        for (int i = 0; i < 3; i++) {
            see(10 * i, Shop.pod("new-" + i, "n" + i, "Deployment", false));
            see(10 * i + 5, Shop.pod("api-" + i, "u" + i, "Deployment", true));
        }
        assertThat(measures(60).podsRestarted()).isEqualTo(3);
        assertThat(measures(60).podsRestartedMoreThanOnce()).isZero();
    }

    @Test
    void countsAPodThatComesBackUnderItsNameAndNoneOfADaemonSet() {
        shop.with(Shop.workload("StatefulSet", 1, "RollingUpdate", "0", "1"))
                .with(Shop.workload("DaemonSet", 1, "RollingUpdate", "0", "1"));
        ledger = start(Measures.NONE, List.of());
        see(1, Shop.pod("db-0", "d0", "StatefulSet", false));
        see(2, Shop.pod("db-0", "d1", "StatefulSet", false));
        see(3, Shop.pod("agent", "a0", "DaemonSet", false));
        see(4, Shop.pod("agent", "a1", "DaemonSet", false));
        assertThat(measures(5).restartsByWorkload()).containsExactly(Map.entry("StatefulSet/web/api", 1));
    }

    @Test
    void countsNoPodOfAWorkloadThatCameWithTheRun() {
        see(1, Shop.workload("StatefulSet", 1, "RollingUpdate", "0", "1"));
        see(2, Shop.pod("db-0", "d0", "StatefulSet", false));
        see(3, Shop.pod("db-0", "d1", "StatefulSet", false));
        assertThat(measures(5).podsRestarted()).isZero();
    }

    @Test
    void countsNodesReplacedAndNodeHoursBeyondTheBegin() {
        see(100, Shop.node("n3", at(90)));
        see(200, Shop.node("n4", at(190)));
        gone(300, Part.NODES, "n1");
        gone(400, Part.NODES, "n3");
        Measures end = measures(500);
        assertThat(end.nodesReplaced()).isEqualTo(1);
        assertThat(end.peakExtraNodes()).isEqualTo(2);
        assertThat(end.extraNodeTime()).isEqualTo(Duration.ofSeconds(100 + 200 + 100));
    }

    @Test
    void countsWorkloadsWhoseTemplateWasChanged() {
        see(1, Shop.deployment(9, "0", "1"));
        assertThat(measures(2).templatesChanged()).isEmpty();
        see(3, Shop.workload("Deployment", 3, "RollingUpdate", "0", "1", Map.of("hostNetwork", true)));
        assertThat(measures(4).templatesChanged()).hasSize(1);
    }

    @Test
    void keepsEveryRiseOfTheAddressesInUse() {
        see(1, Shop.subnet(10));
        see(2, Shop.subnet(12));
        see(3, Shop.subnet(9));
        see(20, Shop.subnet(30));
        assertThat(ledger.drainAddresses())
                .containsExactly(
                        new AddressPoint(at(0), "subnet-1", 40),
                        new AddressPoint(at(1), "subnet-1", 49),
                        new AddressPoint(at(3), "subnet-1", 50),
                        new AddressPoint(at(20), "subnet-1", 29));
        assertThat(ledger.drainAddresses()).isEmpty();
    }

    @Test
    void endsTheAddressesInUseWithWhatIsInUseAtLast() {
        see(1, Shop.subnet(10));
        see(2, Shop.subnet(12));
        see(3, Shop.subnet(14));
        assertThat(ledger.drainAddresses()).last().isEqualTo(new AddressPoint(at(3), "subnet-1", 45));
        assertThat(ledger.drainAddresses()).isEmpty();
    }
}

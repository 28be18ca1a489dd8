package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.cluster.NamedObject;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Volume;
import io.cnishift.api.cluster.Workload;
import io.cnishift.simulator.kit.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class SecondCheckTest {

    private static final ClusterSnapshot FIRST = Asked.scenario("minnie-wallace");
    private static final ClusterSnapshot SECOND = Asked.scenario("minnie-wallace-green");

    private static ClusterSnapshot without(ClusterSnapshot snapshot, Predicate<Resource> left) {
        return ClusterSnapshot.of(
                snapshot.source(),
                snapshot.takenAt(),
                snapshot.resources().filter(left.negate()).toList(),
                List.of());
    }

    private static ClusterSnapshot with(ClusterSnapshot snapshot, Resource more) {
        List<Resource> all = new ArrayList<>(snapshot.resources().toList());
        all.add(more);
        return ClusterSnapshot.of(snapshot.source(), snapshot.takenAt(), all, List.of());
    }

    private static List<Finding> findings(ClusterSnapshot first, ClusterSnapshot second) {
        return Asked.assess(new NewClusterStrategy(), first, second, Map.of()).findings();
    }

    private static Finding one(String code, ClusterSnapshot first, ClusterSnapshot second) {
        return findings(first, second).stream()
                .filter(f -> f.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new AssertionError(findings(first, second)));
    }

    @Test
    void nothingIsWrongWithAClusterThatHasAllOfIt() {
        assertThat(findings(FIRST, SECOND))
                .filteredOn(Finding::stops)
                .extracting(Finding::code)
                .containsExactly("NEW-NOT-COPIED");
    }

    @Test
    void theClusterItselfIsNoSecondOne() {
        assertThat(one("NEW-SECOND-SAME", FIRST, FIRST).stops()).isTrue();
    }

    @Test
    void anAddonThatIsMissingIsNamedWithWhatMakesIt() {
        assertThat(one("NEW-SECOND-ADDON", FIRST, without(SECOND, r -> r.key().equals("eks-pod-identity-agent")))
                        .remedy())
                .isEqualTo(
                        "aws eks create-addon --cluster-name minnie-wallace-green --addon-name eks-pod-identity-agent");
    }

    @Test
    void ingressesWantTheirController() {
        ClusterSnapshot lacking =
                without(SECOND, r -> r instanceof Workload w && w.name().equals("aws-load-balancer-controller"));
        assertThat(one("NEW-SECOND-CONTROLLER", FIRST, lacking).subject())
                .isEqualTo("Deployment kube-system/aws-load-balancer-controller");
    }

    @Test
    void whatMovesNeedsRoom() {
        String only = SECOND.nodes().get(0).name();
        ClusterSnapshot small =
                without(SECOND, r -> r instanceof Node n && !n.name().equals(only));
        assertThat(one("NEW-SECOND-ROOM", Asked.scenario("govcloud-26"), small).message())
                .contains("MiB of memory left, what is to move needs");
    }

    @Test
    void rolesOfPodsAreOfOneCluster() {
        ClusterSnapshot first = with(FIRST, new PodIdentity("httpd", "httpd", "arn:aws:iam::111122223333:role/httpd"));
        assertThat(one("NEW-SECOND-IDENTITY", first, SECOND).remedy())
                .contains("create-pod-identity-association --cluster-name minnie-wallace-green --namespace httpd");
    }

    @Test
    void clientsThatNobodyCanMoveAreNamed() {
        ClusterSnapshot nameless = without(FIRST, r -> r.part() == Part.DNS_RECORDS);
        assertThat(one("NEW-ENTRY-STAYS", nameless, SECOND).subject())
                .isEqualTo("load balancer k8s-minnie-wallace-0123456789.ap-south-1.elb.amazonaws.com");
    }

    @Test
    void clientsOfALoadBalancerThatNoObjectMadeAreNamed() {
        ClusterSnapshot bound = without(FIRST, r -> r.part() == Part.INGRESSES);
        assertThat(one("NEW-ENTRY-STAYS", bound, SECOND))
                .satisfies(f -> assertThat(f.subject()).isEqualTo("load balancer k8s-minnie-wallace"))
                .satisfies(f -> assertThat(f.message()).contains("no Service or Ingress of what is moved made it"));
    }

    private static ClusterSnapshot naming(String apiVersion, String kind) {
        return with(FIRST, new NamedObject(apiVersion, kind, "httpd", "one", "u-" + kind, "", false));
    }

    @Test
    void customKindsAreCarriedWhateverTheirGroupEndsWith() {
        for (String kind : List.of(
                "gateway.networking.k8s.io/v1 HTTPRoute",
                "autoscaling.k8s.io/v1 VerticalPodAutoscaler",
                "jobset.x-k8s.io/v1alpha2 JobSet")) {
            String[] words = kind.split(" ", 2);
            assertThat(one("NEW-CUSTOM", naming(words[0], words[1]), SECOND).message())
                    .contains("objects of 1 custom kind are copied: " + words[1]);
        }
        for (String kind : List.of(
                "snapshot.storage.k8s.io/v1 VolumeSnapshot",
                "groupsnapshot.storage.k8s.io/v1beta1 VolumeGroupSnapshot",
                "resource.k8s.io/v1 ResourceClaim")) {
            String[] words = kind.split(" ", 2);
            assertThat(findings(naming(words[0], words[1]), SECOND))
                    .extracting(Finding::code)
                    .doesNotContain("NEW-CUSTOM");
        }
    }

    private static ClusterSnapshot routed() {
        return with(
                FIRST,
                new DnsRecord(
                        "Z06152BC6900227560X",
                        "www.minnie-wallace.example",
                        "A",
                        Optional.of("eu"),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        List.of("192.0.2.1"),
                        Optional.empty(),
                        "latency"));
    }

    @Test
    void aNameWithAPolicyOfItsOwnIsNotSharedByWeight() {
        assertThat(Asked.assess(new NewClusterStrategy(), routed(), SECOND, Map.of("shift", "route53"))
                        .findings())
                .filteredOn(f -> f.code().equals("NEW-RECORD-ROUTING"))
                .singleElement()
                .matches(Finding::stops);
    }

    @Test
    void aNameWithAPolicyOfItsOwnIsLeftAloneWhereItsLoadBalancerShares() {
        assertThat(one("NEW-ENTRY-STAYS", routed(), SECOND).message())
                .isEqualTo(
                        "a record that leads to it has a routing policy and cannot be shared by weight; its requests are forwarded to"
                                + " the second cluster, and it stays with the first");
    }

    private static Volume volume(String driver, String zone) {
        return new Volume(
                "pvc-1",
                driver,
                "vol-1",
                Optional.of("httpd/data"),
                Optional.of(zone),
                List.of("ReadWriteOnce"),
                "Delete",
                Optional.empty());
    }

    @Test
    void dataOfOtherDriversStays() {
        assertThat(one("NEW-VOLUME-STAYS", with(FIRST, volume("fsx.csi.aws.com", "ap-south-1a")), SECOND)
                        .message())
                .contains("volumes of fsx.csi.aws.com");
        assertThat(one("NEW-VOLUME-STAYS", with(FIRST, volume("", "ap-south-1a")), SECOND)
                        .subject())
                .isEqualTo("PersistentVolumeClaim httpd/data");
    }

    @Test
    void aDiskWantsANodeInItsZoneAndItsDriver() {
        ClusterSnapshot first = with(FIRST, volume("ebs.csi.aws.com", "ap-south-1d"));
        assertThat(one("NEW-VOLUME-ZONE", first, SECOND).remedy())
                .isEqualTo("give the second cluster a node group in ap-south-1d");
        assertThat(one("NEW-SECOND-CONTROLLER", first, SECOND).remedy())
                .isEqualTo("aws eks create-addon --cluster-name minnie-wallace-green --addon-name aws-ebs-csi-driver");
    }

    @Test
    void whoHasADiskStopsOnTheWay() {
        Finding stop = one("NEW-STOP", Asked.scenario("stateful-green"), Asked.scenario("stateful-green-second"));
        assertThat(stop.subject()).isEqualTo("StatefulSet shop/orders-db");
        assertThat(stop.message())
                .isEqualTo(
                        "it stops while 2 volumes change clusters, and clients of the first cluster are without it from"
                                + " move-state until prove-moved has passed and the DNS records of shift-100 have run out; nobody"
                                + " answers for shop/orders-db then");
    }

    @Test
    void aStopEndsWithWhatMovesItsClients() {
        ClusterSnapshot first = Asked.scenario("stateful-green");
        String until = "from move-state until prove-moved has passed and ";
        assertThat(stopped(Map.of("shift", "target-groups"), first))
                .contains(until + "shift-targets-100 is done")
                .doesNotContain("DNS");
        assertThat(stopped(Map.of(), without(first, r -> r.part() == Part.DNS_RECORDS)))
                .contains(until + "shift-targets-100 is done")
                .doesNotContain("DNS");
        assertThat(stopped(Map.of(), without(first, r -> r.part() == Part.DNS_RECORDS || r.part() == Part.INGRESSES)))
                .contains(until + "they come to the second one")
                .doesNotContain("shift-");
    }

    private static String stopped(Map<String, Object> options, ClusterSnapshot first) {
        return Asked.assess(new NewClusterStrategy(), first, Asked.scenario("stateful-green-second"), options)
                .findings()
                .stream()
                .filter(f -> f.code().equals("NEW-STOP"))
                .map(Finding::message)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void gitOpsIsNotTrustedWithData() {
        assertThat(Asked.codes(Asked.assess(
                                new NewClusterStrategy(),
                                Asked.scenario("stateful-green"),
                                Asked.scenario("stateful-green-second"),
                                Map.of("workloads", "gitops"))
                        .findings()))
                .contains("NEW-DATA-THEIRS")
                .doesNotContain("NEW-STOP");
    }

    @Test
    void whatNobodyCallsWorksTwice() {
        ClusterSnapshot first = Asked.scenario("govcloud-26");
        assertThat(findings(first, SECOND))
                .filteredOn(f -> f.code().equals("NEW-RUNS-TWICE"))
                .extracting(Finding::subject)
                .contains("Deployment ledger/ledger-worker");
    }

    @Test
    void deletingIsLeftToOwners() {
        assertThat(Asked.codes(Asked.assess(new NewClusterStrategy(), FIRST, SECOND, Map.of("deleteBlue", "true"))
                        .findings()))
                .contains("NEW-DELETE");
    }
}

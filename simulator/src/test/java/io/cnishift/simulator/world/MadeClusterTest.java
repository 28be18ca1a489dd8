package io.cnishift.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.AssociateAccessPolicy;
import io.cnishift.api.act.CreateAccessEntry;
import io.cnishift.api.act.CreateAddon;
import io.cnishift.api.act.CreateCluster;
import io.cnishift.api.act.CreateNodeGroup;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.CreatePodIdentity;
import io.cnishift.api.act.CreateTemplateVersion;
import io.cnishift.api.act.DeleteAccessEntry;
import io.cnishift.api.act.DeleteCluster;
import io.cnishift.api.act.DeletePodIdentity;
import io.cnishift.api.act.DisassociateAccessPolicy;
import io.cnishift.api.act.UpgradeRelease;
import io.cnishift.api.cluster.AccessEntry;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Cluster.IpFamily;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.simulator.aws.Unmade;
import io.cnishift.simulator.kit.Asked;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A second cluster that EKS is asked for, and what it is not made of. */
final class MadeClusterTest {

    private static final String NAME = "clean-cluster-green";
    private static final String TEMPLATE = "lt-0da14e4aaa423ac19";
    private static final Act OBJECT = new CreateObject(
            Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", Map.of("namespace", "default", "name", "a")));

    private final ClusterSnapshot clean = Asked.scenario("clean-cluster");
    private final List<String> subnets = clean.cluster().controlPlaneSubnets();
    private final Simulation simulation = Simulation.pair(clean, Unmade.beside(clean, NAME), new Settings(1, Map.of()));
    private final World first = simulation.world();
    private final World second = first.second().orElseThrow();

    private static CreateCluster like(String version, List<String> in) {
        return new CreateCluster(NAME, "clean-cluster", version, in, IpFamily.IPV4, Map.of());
    }

    private ActResult asked(Act act) {
        return second.aws().perform(act);
    }

    private static void refused(ActResult result, Reason reason, String words) {
        assertThat(result).isInstanceOfSatisfying(ActResult.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.message()).contains(words);
        });
    }

    private void pass(Duration time) {
        simulation.kernel().clock().runUntil(simulation.kernel().clock().now().plus(time));
    }

    private <R extends Resource> List<R> seen(Part part, Class<R> type) {
        return second.aws().read(Set.of(part)).resources().stream()
                .map(type::cast)
                .toList();
    }

    private String status() {
        return seen(Part.CLUSTER, Cluster.class).get(0).status();
    }

    private CreateNodeGroup group(OptionalLong version) {
        return new CreateNodeGroup(
                "workers",
                "workers",
                version,
                Map.of(),
                List.of(),
                1,
                2,
                1,
                subnets,
                Map.of(),
                Optional.of("clean-cluster"));
    }

    @Test
    void itsApiServerAnswersOnceItIsActiveAndNoLonger() {
        assertThat(seen(Part.CLUSTER, Cluster.class)).isEmpty();
        refused(second.kubernetes().perform(OBJECT), Reason.UNAVAILABLE, "no API server");

        assertThat(asked(like("1.35", subnets)).done()).isTrue();
        pass(Duration.ofMinutes(8));
        assertThat(status()).isEqualTo("CREATING");
        refused(second.kubernetes().perform(OBJECT), Reason.UNAVAILABLE, "no API server");
        refused(asked(group(OptionalLong.empty())), Reason.BUSY, "not ACTIVE");

        pass(Duration.ofMinutes(4));
        assertThat(status()).isEqualTo("ACTIVE");
        assertThat(second.kubernetes().perform(OBJECT).done()).isTrue();
        assertThat(seen(Part.NETWORK_INTERFACES, NetworkInterface.class))
                .hasSize(2)
                .allMatch(i -> i.description().equals("Amazon EKS " + NAME));

        assertThat(asked(new DeleteCluster(NAME)).done()).isTrue();
        refused(second.kubernetes().perform(OBJECT), Reason.UNAVAILABLE, "no API server");
        pass(Duration.ofMinutes(5));
        assertThat(seen(Part.CLUSTER, Cluster.class)).isEmpty();
        assertThat(seen(Part.NETWORK_INTERFACES, NetworkInterface.class)).isEmpty();
    }

    @Test
    void isRefusedInOneZoneAndInAVersionThatIsNotOffered() {
        refused(asked(like("1.35", subnets.subList(0, 1))), Reason.INVALID, "at least two different AZs");
        refused(asked(like("1.27", subnets)), Reason.INVALID, "unsupported Kubernetes version 1.27");
        refused(asked(like("1.35", List.of("subnet-0"))), Reason.INVALID, "does not exist");
        assertThat(asked(like("1.35", subnets)).done()).isTrue();
        refused(asked(like("1.35", subnets)), Reason.EXISTS, "already exists");
    }

    @Test
    void isRefusedInSubnetsThatAreFull() {
        ClusterSnapshot full = Asked.scenario("govcloud-26-stuck");
        World there = Simulation.pair(full, Unmade.beside(full, "gov-2"), new Settings(1, Map.of()))
                .world()
                .second()
                .orElseThrow();
        ActResult result = there.aws()
                .perform(new CreateCluster(
                        "gov-2",
                        full.cluster().name(),
                        full.cluster().kubernetesVersion(),
                        full.subnets().stream().map(s -> s.id()).toList(),
                        IpFamily.IPV4,
                        Map.of()));
        refused(result, Reason.INVALID, "free IPs");
    }

    @Test
    void nodesWhoseUserDataNamesTheOtherClusterNeverCome() {
        asked(like("1.35", subnets));
        pass(Duration.ofMinutes(12));
        assertThat(asked(group(OptionalLong.empty())).done()).isTrue();
        pass(Duration.ofMinutes(17));
        assertThat(seen(Part.NODE_GROUPS, NodeGroup.class).get(0).status()).isEqualTo("CREATE_FAILED");
        assertThat(second.kubernetes().read(Set.of(Part.NODES)).resources()).isEmpty();
        refused(asked(new DeleteCluster(NAME)), Reason.BUSY, "nodegroups attached");
    }

    @Test
    void nodesJoinThatAreToldTo() {
        asked(like("1.35", subnets));
        pass(Duration.ofMinutes(12));
        joining(58);
        assertThat(asked(group(OptionalLong.of(4))).done()).isTrue();
        pass(Duration.ofMinutes(3));
        assertThat(second.kubernetes().read(Set.of(Part.NODES)).resources())
                .singleElement()
                .satisfies(n -> assertThat(((Node) n).maxPods()).isEqualTo(58));
    }

    /** The network of the second cluster, then nodes; answers how many become ready. */
    private long readyNodesWithInterfaces(boolean role) {
        asked(like("1.35", subnets));
        pass(Duration.ofMinutes(12));
        if (role) {
            asked(new CreatePodIdentity(
                    "kube-system", "cilium-operator", "arn:aws:iam::444455556666:role/operator", Map.of()));
        }
        second.helm()
                .perform(new UpgradeRelease(
                        "kube-system",
                        "cilium",
                        "cilium",
                        "1.20.0",
                        Map.of(
                                "eni",
                                Map.of("enabled", true),
                                "ipam",
                                Map.of("mode", "eni"),
                                "routingMode",
                                "native",
                                "enableIPv4Masquerade",
                                false)));
        asked(new CreateAddon("kube-proxy", "", Map.of(), Optional.empty()));
        joining(15);
        asked(group(OptionalLong.of(4)));
        pass(Duration.ofMinutes(10));
        return second.kubernetes().read(Set.of(Part.NODES)).resources().stream()
                .filter(n -> ((Node) n).ready())
                .count();
    }

    @Test
    void anOperatorWithoutRightsManagesNoInterfaces() {
        assertThat(readyNodesWithInterfaces(false)).isZero();
    }

    @Test
    void anOperatorWithARoleOfItsOwnDoes() {
        assertThat(readyNodesWithInterfaces(true)).isOne();
    }

    private void joining(int maxPods) {
        first.aws()
                .perform(new CreateTemplateVersion(
                        TEMPLATE,
                        3,
                        "for green",
                        Optional.empty(),
                        OptionalInt.of(maxPods),
                        OptionalInt.empty(),
                        Map.of(),
                        List.of(),
                        Map.of(),
                        Optional.of(NAME)));
    }

    @Test
    void aServiceAccountHasOneAssociation() {
        CreatePodIdentity identity = new CreatePodIdentity("shop", "api", "arn:aws:iam::1:role/api", Map.of());
        assertThat(first.aws().perform(identity).done()).isTrue();
        refused(first.aws().perform(identity), Reason.EXISTS, "already exists");
        assertThat(first.aws().perform(new DeletePodIdentity("shop", "api")).done())
                .isTrue();
        assertThat(first.aws().perform(identity).done()).isTrue();
    }

    private static CreateAccessEntry entry(String who, String... groups) {
        return new CreateAccessEntry("arn:aws:iam::444455556666:" + who, "name", List.of(groups), Map.of());
    }

    private static AssociateAccessPolicy policy(String who, String policy) {
        return new AssociateAccessPolicy(
                "arn:aws:iam::444455556666:" + who, new AccessEntry.Policy(policy, List.of("shop")));
    }

    @Test
    void accessIsGivenOnceItIsActiveAndToNoGroupOfTheSystem() {
        String view = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";
        asked(like("1.35", subnets));
        refused(asked(entry("role/team")), Reason.BUSY, "not ACTIVE");
        pass(Duration.ofMinutes(12));
        refused(asked(entry("role/team", "system:masters")), Reason.INVALID, "cannot start with system:");
        refused(asked(entry("role/aws-service-role/eks.amazonaws.com/A")), Reason.INVALID, "Service Linked Role");
        refused(asked(policy("role/team", view)), Reason.GONE, "could not be found");
        assertThat(asked(entry("role/team", "devs")).done()).isTrue();
        assertThat(asked(entry("role/team", "devs")).done()).isTrue();
        refused(asked(entry("role/team", "others")), Reason.EXISTS, "is there already");
        refused(asked(policy("role/team", "arn:aws:iam::aws:policy/A")), Reason.INVALID, "format");
        assertThat(asked(policy("role/team", view)).done()).isTrue();
        assertThat(seen(Part.ACCESS_ENTRIES, AccessEntry.class))
                .extracting(
                        e -> e.principal().replaceAll("^.*:", ""),
                        e -> e.policies().size())
                .containsExactlyInAnyOrder(tuple("role/cnishift", 1), tuple("role/team", 1));

        asked(new DisassociateAccessPolicy("arn:aws:iam::444455556666:role/team", view));
        assertThat(seen(Part.ACCESS_ENTRIES, AccessEntry.class))
                .filteredOn(e -> e.principal().endsWith("team"))
                .allMatch(e -> e.policies().isEmpty());
        asked(new DeleteAccessEntry("arn:aws:iam::444455556666:role/team"));
        assertThat(seen(Part.ACCESS_ENTRIES, AccessEntry.class)).hasSize(1);

        asked(new DeleteCluster(NAME));
        pass(Duration.ofMinutes(5));
        assertThat(seen(Part.ACCESS_ENTRIES, AccessEntry.class)).isEmpty();
    }

    @Test
    void anEntryIsForARoleOrUserThatIamHasAndHasNoNameOfTheSystem() {
        World here = Simulation.open(clean, new Settings(1, Map.of("principal-gone", "role/left")))
                .world();
        refused(here.aws().perform(entry("role/left")), Reason.INVALID, "invalid principal");
        assertThat(here.aws().perform(entry("role/stays")).done()).isTrue();
        refused(
                here.aws()
                        .perform(new CreateAccessEntry(
                                "arn:aws:sts::444455556666:assumed-role/a/b", "a", List.of(), Map.of())),
                Reason.INVALID,
                "invalid principal");
        for (String reserved : List.of("system:", "eks:", "aws:", "amazon:", "iam:")) {
            refused(
                    here.aws()
                            .perform(new CreateAccessEntry(
                                    "arn:aws:iam::444455556666:role/a", reserved + "a", List.of(), Map.of())),
                    Reason.INVALID,
                    "must not begin with " + reserved);
        }
    }

    @Test
    void policiesAreNotForNodes() {
        refused(
                first.aws().perform(policy("role/clean-cluster-nodes", "arn:aws:eks::aws:cluster-access-policy/A")),
                Reason.INVALID,
                "EC2_LINUX");
    }
}

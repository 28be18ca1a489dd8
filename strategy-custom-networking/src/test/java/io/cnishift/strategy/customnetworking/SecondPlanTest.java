package io.cnishift.strategy.customnetworking;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Assessment;
import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.PlanResult;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.EniConfig;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Vpc;
import io.cnishift.api.plan.Consent;
import io.cnishift.api.plan.Constraint;
import io.cnishift.api.step.ReservePrefixes;
import io.cnishift.api.step.RollNodes;
import io.cnishift.engine.plan.Intent;
import io.cnishift.engine.step.BuiltInSteps;
import io.cnishift.engine.verify.BuiltInProbes;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.Clusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** After a run that left some nodes as they were. */
final class SecondPlanTest {

    private static final Cidr BLOCK = Cidr.parse("100.64.0.0/16");

    private static PlanResult plan(ClusterSnapshot cluster) {
        return plan(cluster, Map.of());
    }

    private static PlanResult plan(ClusterSnapshot cluster, Map<String, Object> options) {
        Consent balancers =
                new Consent("VCN-TARGETS-END", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return Asked.plan(
                new CustomNetworkingStrategy(),
                cluster,
                options,
                new Intent(Optional.empty(), List.of(), List.of(balancers)),
                kind -> BuiltInSteps.all(BuiltInProbes.all()).stream()
                        .filter(k -> k.id().equals(kind))
                        .findFirst());
    }

    private static List<String> stopping(ClusterSnapshot cluster) {
        return plan(cluster).fold(PlanResult.Planned::findings, PlanResult.Refused::findings).stream()
                .filter(Finding::stops)
                .map(Finding::code)
                .toList();
    }

    /** Custom networking is on, with that many new nodes. */
    private static ClusterSnapshot after(int rolled) {
        ClusterSnapshot before = Clusters.with()
                .env("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "true")
                .env("ENI_CONFIG_LABEL_DEF", "topology.kubernetes.io/zone")
                .build();
        List<String> names =
                before.nodes().stream().map(Node::name).sorted().limit(rolled).toList();
        Stream<Resource> made = before.subnets().stream()
                .flatMap(s -> Stream.of(pods(s), new EniConfig(s.availabilityZone(), pods(s).id(), List.of())));
        return ClusterSnapshot.of(
                before.source(),
                before.takenAt(),
                Stream.concat(
                                before.resources()
                                        .map(r -> r instanceof Vpc vpc ? withBlock(vpc) : r)
                                        .map(r -> r instanceof Node n && names.contains(n.name()) ? labelled(n) : r),
                                made)
                        .toList(),
                List.of());
    }

    /** The same, with pod subnets of which somebody has an address in each block but so many. */
    private static ClusterSnapshot fragmented(ClusterSnapshot cluster, int whole) {
        List<Resource> resources = new ArrayList<>();
        cluster.resources()
                .filter(r -> !(r instanceof Subnet s && BLOCK.contains(s.cidr())))
                .forEach(resources::add);
        cluster.subnets().stream().filter(s -> BLOCK.contains(s.cidr())).forEach(s -> {
            List<String> taken = IntStream.range(1 + whole, 2047)
                    .mapToObj(block -> s.cidr().address(block * 16 + 7))
                    .toList();
            resources.add(new NetworkInterface(
                    "eni-" + s.id(), s.id(), "interface", "others", Optional.empty(), taken, List.of(), List.of()));
            resources.add(new Subnet(
                    s.id(),
                    "",
                    s.availabilityZone(),
                    s.cidr(),
                    32763 - taken.size(),
                    OptionalInt.of(whole),
                    s.routeTable(),
                    false,
                    List.of(),
                    Map.of()));
        });
        return ClusterSnapshot.of(cluster.source(), cluster.takenAt(), resources, List.of());
    }

    @Test
    void keepsTheWholeBlocksOfAFragmentedPodSubnet() {
        Map<String, Object> prefixes = Map.of("prefixes", "true");
        List<Step> steps = plan(fragmented(after(1), 6), prefixes)
                .fold(planned -> planned.plan().phases(), refused -> List.<Phase>of())
                .stream()
                .filter(p -> p.id().equals("reserve-prefixes"))
                .flatMap(p -> p.steps().stream())
                .toList();

        assertThat(steps)
                .hasSize(2)
                .extracting(Step::params)
                .allSatisfy(params -> assertThat(((ReservePrefixes) params)
                                .ranges().stream().mapToLong(Cidr::size).sum())
                        .isEqualTo(6 * 16));
        assertThat(plan(fragmented(after(1), 6))
                        .fold(PlanResult.Planned::plan, r -> null)
                        .phases())
                .as("without prefixes")
                .extracting(Phase::id)
                .doesNotContain("reserve-prefixes");
        assertThat(plan(fragmented(after(1), 0), prefixes)
                        .fold(PlanResult.Planned::findings, PlanResult.Refused::findings))
                .filteredOn(f -> f.code().equals("VCN-NO-PREFIX"))
                .extracting(Finding::message)
                .allMatch(m -> m.matches(".* has 0 free /28 blocks, its . nodes need .*"))
                .isNotEmpty();
    }

    private static Vpc withBlock(Vpc vpc) {
        return new Vpc(
                vpc.id(),
                Stream.concat(vpc.cidrs().stream(), Stream.of(new Vpc.CidrBlock(BLOCK, "associated")))
                        .toList(),
                vpc.routed());
    }

    private static Subnet pods(Subnet like) {
        return new Subnet(
                like.id() + "f",
                "",
                like.availabilityZone(),
                BLOCK.nth(17, like.id().endsWith("a") ? 0 : 1),
                32700,
                OptionalInt.of(2000),
                like.routeTable(),
                false,
                List.of(),
                Map.of());
    }

    private static Node labelled(Node node) {
        return marked(node, Map.of("cnishift.io/custom-networking", "true"), Map.of());
    }

    /** That node with these labels and annotations too. */
    static Node marked(Node node, Map<String, String> moreLabels, Map<String, String> moreAnnotations) {
        Map<String, String> labels = new HashMap<>(node.labels());
        labels.putAll(moreLabels);
        Map<String, String> annotations = new HashMap<>(node.annotations());
        annotations.putAll(moreAnnotations);
        return new Node(
                node.name(),
                node.uid(),
                node.resourceVersion(),
                node.instance(),
                labels,
                annotations,
                node.taints(),
                node.unschedulable(),
                node.ready(),
                node.maxPods(),
                node.cpuMillis(),
                node.memoryMiB(),
                node.kernel(),
                node.architecture(),
                node.osImage(),
                node.address(),
                node.createdAt());
    }

    @Test
    void replacesTheNodesThatStayedAndMakesNothingAgain() {
        plan(after(1))
                .fold(
                        planned -> assertThat(planned.plan().phases())
                                .extracting(Phase::id)
                                .containsExactly("preflight", "park", "roll", "prove", "cleanup"),
                        refused -> {
                            throw new AssertionError(refused.findings());
                        });
        RollNodes roll = plan(after(1))
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                })
                .phases()
                .stream()
                .flatMap(p -> p.steps().stream())
                .map(Step::params)
                .filter(RollNodes.class::isInstance)
                .map(RollNodes.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(roll.podCidr()).contains(BLOCK);
    }

    @Test
    void countsEachSubnetOnce() {
        assertThat(Asked.assess(new CustomNetworkingStrategy(), after(1)).ipBudget())
                .extracting(Assessment.SubnetBudget::cidr)
                .doesNotHaveDuplicates()
                .contains(Cidr.parse("100.64.0.0/17"), Cidr.parse("100.64.128.0/17"));
    }

    @Test
    void hasNothingToSetWhereNoNodeIsLeftOrNoneIsNew() {
        assertThat(stopping(after(3))).contains("VCN-NOTHING-TO-SET");
        assertThat(stopping(after(0))).contains("VCN-NOTHING-TO-SET");
    }

    @Test
    void changesNothingOfTheVpc() {
        assertThat(Asked.codes(Asked.assess(
                                new CustomNetworkingStrategy(),
                                after(1),
                                Constraint.VPC_CHANGES,
                                Constraint.NEW_SUBNETS)
                        .findings()))
                .doesNotContain("VCN-VPC-FORBIDDEN", "VCN-SUBNETS-FORBIDDEN");
    }
}

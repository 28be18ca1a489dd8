package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.PlanResult;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Cluster.IpFamily;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.NetworkAcl;
import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.RouteTable;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.simulator.kit.Asked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a second cluster of the family IPv6 stands on, and what it is not for. */
final class Ipv6NetworkTest {

    private static final Map<String, Object> IPV6 = Map.of("network", "vpc-cni-ipv6");
    private static final String NLB = "service.beta.kubernetes.io/aws-load-balancer-";

    private final ClusterSnapshot clean = Asked.scenario("clean-cluster");

    private ClusterSnapshot with(UnaryOperator<Resource> change, Resource... more) {
        return ClusterSnapshot.of(
                clean.source(),
                clean.takenAt(),
                Stream.concat(clean.resources().map(change), Stream.of(more)).toList(),
                List.of());
    }

    private static List<Finding> findings(ClusterSnapshot snapshot, String code) {
        return Asked.assess(new NewClusterStrategy(), snapshot, IPV6).findings().stream()
                .filter(f -> f.code().equals(code))
                .toList();
    }

    private MigrationPlan plan(ClusterSnapshot snapshot) {
        return Asked.plan(new NewClusterStrategy(), snapshot, IPV6, Accepted.MADE, new Engine()::kind)
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                });
    }

    private static Record params(MigrationPlan plan, String id) {
        return plan.phases().stream()
                .flatMap(p -> p.steps().stream())
                .filter(s -> s.id().equals(id))
                .map(Step::params)
                .map(Record.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Resource cni(Resource resource, String version, Map<String, Object> configuration) {
        return resource instanceof Addon a && a.name().equals("vpc-cni")
                ? new Addon(
                        a.name(),
                        version,
                        a.status(),
                        configuration,
                        a.serviceAccountRole(),
                        false,
                        List.of(),
                        a.tags())
                : resource;
    }

    private static Resource withoutRoute6(Resource resource) {
        return resource instanceof RouteTable t
                ? new RouteTable(
                        t.id(),
                        t.main(),
                        t.subnets(),
                        t.routes().stream()
                                .filter(r -> !r.destination().equals("::/0"))
                                .toList())
                : resource;
    }

    private static Service service(String type, Optional<String> loadBalancerClass, Map<String, String> annotations) {
        return new Service(
                "default",
                "front",
                "u",
                "1",
                type,
                Optional.of("10.100.3.3"),
                Map.of("app", "front"),
                List.of(),
                "Cluster",
                loadBalancerClass,
                Optional.empty(),
                Map.of(),
                annotations,
                Owner.NONE,
                false);
    }

    @Test
    void theClusterIsOfTheFamilyAndItsAddonKeepsWhatIsNotAboutIpv4() {
        MigrationPlan plan = plan(with(r -> cni(
                r,
                "v1.20.4-eksbuild.2",
                Map.of(
                        "enableNetworkPolicy",
                        "true",
                        "env",
                        Map.of(
                                "AWS_VPC_K8S_CNI_EXTERNALSNAT",
                                "true",
                                "WARM_IP_TARGET",
                                "5",
                                "ENABLE_POD_ENI",
                                "true")))));

        assertThat(((MakeCluster) params(plan, "make-cluster")).family()).isEqualTo(IpFamily.IPV6);
        MakeAddons.Wanted cni =
                ((MakeAddons) params(plan, "make-network")).addons().get(0);
        assertThat(cni.configuration()).containsEntry("enableNetworkPolicy", "true");
        assertThat(Tree.strings(cni.configuration(), "env"))
                .isEqualTo(Map.of("ENABLE_POD_ENI", "true", "ENABLE_PREFIX_DELEGATION", "true"));
        assertThat(((MakeGroup) params(plan, "make-group-workers"))
                        .template()
                        .orElseThrow()
                        .maxPods())
                .hasValue(110);
    }

    @Test
    void theOtherNetworksAreOfIpv4() {
        MigrationPlan plan = Asked.plan(
                        new NewClusterStrategy(),
                        clean,
                        Map.of("network", "vpc-cni-prefix"),
                        Accepted.MADE,
                        new Engine()::kind)
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                });
        assertThat(((MakeCluster) params(plan, "make-cluster")).family()).isEqualTo(IpFamily.IPV4);
    }

    @Test
    void ofIpv4ANodeTakesItsOwnAddressAlone() {
        assertThat(Asked.assess(new NewClusterStrategy(), clean, IPV6).ipBudget())
                .allSatisfy(budget ->
                        assertThat(budget.peakDuring() - budget.usedNow()).isBetween(1, 2));
    }

    @Test
    void thatIsSaid() {
        assertThat(Asked.assess(new NewClusterStrategy(), clean, IPV6)
                        .features()
                        .gained())
                .contains("pods without IPv4 addresses");
    }

    @Test
    void everySubnetNeedsABlock() {
        ClusterSnapshot without = with(r -> r instanceof Subnet s ? s.with(Optional.empty()) : r);
        assertThat(findings(without, "NEW-IPV6-SUBNET"))
                .hasSize(3)
                .allSatisfy(f -> assertThat(f.remedy()).contains("associate-subnet-cidr-block --subnet-id subnet-"));
        assertThat(findings(clean, "NEW-IPV6-SUBNET")).isEmpty();
    }

    @Test
    void nodesNeedAnAddressAtLaunch() {
        ClusterSnapshot without =
                with(r -> r instanceof Subnet s ? s.with(s.ipv6().map(b -> new Subnet.Ipv6(b.cidr(), false))) : r);
        assertThat(findings(without, "NEW-IPV6-SUBNET"))
                .hasSize(3)
                .allSatisfy(f -> assertThat(f.remedy()).contains("--assign-ipv6-address-on-creation"));
    }

    @Test
    void aWayOutByIpv4AloneIsAsked() {
        assertThat(findings(with(Ipv6NetworkTest::withoutRoute6), "NEW-IPV6-EGRESS"))
                .hasSize(3);
        assertThat(findings(clean, "NEW-IPV6-EGRESS")).isEmpty();
    }

    @Test
    void anAclWithoutRulesForIpv6IsAskedAbout() {
        assertThat(findings(with(r -> r, acl("0.0.0.0/0")), "NEW-IPV6-NETWORK-ACL"))
                .extracting(Finding::subject)
                .containsExactly("subnet subnet-03e694bded19cbf36");
        assertThat(findings(with(r -> r, acl("0.0.0.0/0", "::/0")), "NEW-IPV6-NETWORK-ACL"))
                .isEmpty();
    }

    private static NetworkAcl acl(String... peers) {
        return new NetworkAcl(
                "acl-1",
                false,
                List.of("subnet-03e694bded19cbf36"),
                Stream.of(peers)
                        .flatMap(peer -> Stream.of(false, true)
                                .map(egress -> new NetworkAcl.Rule(100, egress, true, "-1", -1, -1, peer)))
                        .toList());
    }

    @Test
    void theRoleThatAssignsAddressesIsNamed() {
        assertThat(findings(clean, "NEW-IPV6-RIGHTS"))
                .singleElement()
                .satisfies(f -> assertThat(f.subject()).endsWith("role/clean-cluster-vpc-cni"))
                .satisfies(f -> assertThat(f.remedy()).contains("ec2:AssignIpv6Addresses"));
        ClusterSnapshot byNodes = with(r -> r instanceof Addon a && a.name().equals("vpc-cni")
                ? new Addon(a.name(), a.version(), a.status(), Map.of(), Optional.empty(), false, List.of(), a.tags())
                : r);
        assertThat(findings(byNodes, "NEW-IPV6-RIGHTS"))
                .singleElement()
                .satisfies(f -> assertThat(f.subject()).endsWith("role/clean-cluster-nodes"));
    }

    @Test
    void anOldAddonGivesNone() {
        assertThat(findings(with(r -> old(cni(r, "v1.9.3-eksbuild.1", Map.of()))), "NEW-NOT-MADE"))
                .extracting(Finding::subject)
                .containsExactly("add-on vpc-cni");
    }

    /** The DaemonSet as that version of the add-on has it. */
    private static Resource old(Resource resource) {
        return resource instanceof Workload w && w.name().equals("aws-node")
                ? running(
                        w,
                        c -> Tree.with(
                                c, "image", "602401143452.dkr.ecr.eu-central-1.amazonaws.com/amazon-k8s-cni:v1.9.3"))
                : resource;
    }

    private static Workload running(Workload w, UnaryOperator<Map<String, Object>> container) {
        return new Workload(
                w.kind(),
                w.namespace(),
                w.name(),
                w.uid(),
                w.resourceVersion(),
                w.generation(),
                w.observedGeneration(),
                w.desired(),
                w.ready(),
                w.updated(),
                w.available(),
                w.updateStrategy(),
                w.maxSurge(),
                w.maxUnavailable(),
                w.paused(),
                w.selector(),
                w.labels(),
                w.templateLabels(),
                w.templateAnnotations(),
                Tree.with(
                        w.podSpec(),
                        "containers",
                        Tree.maps(w.podSpec(), "containers").stream()
                                .map(container)
                                .toList()),
                w.claimTemplates(),
                w.scalingDropsClaims(),
                w.eksFields(),
                List.of(),
                w.owner());
    }

    @Test
    void regionsOfChinaAreRefused() {
        ClusterSnapshot china = with(r -> r instanceof Cluster c ? inChina(c) : r);
        assertThat(findings(china, "NEW-NOT-MADE")).extracting(Finding::message).anyMatch(m -> m.contains("no IPv6"));
    }

    private static Cluster inChina(Cluster c) {
        return new Cluster(
                c.name(),
                c.arn().replace("arn:aws:", "arn:aws-cn:"),
                c.account(),
                "cn-north-1",
                c.kubernetesVersion(),
                c.status(),
                c.endpoint(),
                c.publicEndpoint(),
                c.privateEndpoint(),
                c.serviceCidr(),
                c.ipFamily(),
                c.authenticationMode(),
                c.autoMode(),
                c.hybridNodes(),
                c.fargateProfiles(),
                c.controlPlaneSubnets(),
                c.clusterSecurityGroup(),
                c.vpcId(),
                c.kubeSystemUid(),
                c.oidcIssuer(),
                c.deletionProtection(),
                c.tags(),
                c.nodeLimit());
    }

    @Test
    void subnetsOfPodsAreRefusedHereToo() {
        assertThat(findings(
                        with(r -> cni(
                                r,
                                "v1.20.4-eksbuild.2",
                                Map.of("env", Map.of("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "true")))),
                        "NEW-NOT-MADE"))
                .extracting(Finding::subject)
                .containsExactly("add-on vpc-cni");
    }

    @ParameterizedTest
    @CsvSource({
        "--bind=0.0.0.0, true",
        "--bind=0.0.0.0:8080, true",
        "--allow=0.0.0.0/0, false",
        "--bind=10.0.0.0.0, false",
        "--bind=[::]:8080, false"
    })
    void whoListensByIpv4AloneIsAskedAbout(String argument, boolean asked) {
        ClusterSnapshot told =
                with(r -> r instanceof Workload w && w.namespace().equals("shop")
                        ? running(w, c -> Tree.with(c, "args", List.of(argument)))
                        : r);
        assertThat(clean.workloads()).anyMatch(w -> w.namespace().equals("shop"));
        assertThat(findings(told, "NEW-IPV6-LISTENER").isEmpty()).isNotEqualTo(asked);
    }

    @Test
    void aPolicyOfIpv4BlocksAloneIsAskedAbout() {
        assertThat(findings(with(r -> r, policy(Cidr.parse("10.0.0.0/8"))), "NEW-IPV6-POLICY"))
                .extracting(Finding::subject)
                .containsExactly("NetworkPolicy default/from-inside");
        assertThat(findings(
                        with(r -> r, policy(Cidr.parse("10.0.0.0/8"), Cidr.parse("2001:db8::/32"))), "NEW-IPV6-POLICY"))
                .isEmpty();
    }

    private static NetworkPolicy policy(Cidr... blocks) {
        return new NetworkPolicy("default", "from-inside", Map.of(), List.of(blocks), true, false);
    }

    @Test
    void loadBalancersLeadToPodsByIpv6() {
        assertThat(findings(with(r -> r, service("LoadBalancer", Optional.empty(), Map.of())), "NEW-IPV6-BALANCER"))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("EKS makes its load balancer"));
        assertThat(findings(
                        with(r -> r, service("LoadBalancer", Optional.of("service.k8s.aws/nlb"), Map.of())),
                        "NEW-IPV6-BALANCER"))
                .singleElement()
                .satisfies(f -> assertThat(f.remedy()).contains("nlb-target-type=ip"));
        assertThat(findings(
                        with(
                                r -> r,
                                service(
                                        "LoadBalancer",
                                        Optional.empty(),
                                        Map.of(NLB + "type", "nlb-ip", NLB + "ip-address-type", "dualstack"))),
                        "NEW-IPV6-BALANCER"))
                .isEmpty();
        assertThat(findings(with(r -> r, service("NodePort", Optional.empty(), Map.of())), "NEW-IPV6-BALANCER"))
                .isEmpty();
    }

    @Test
    void anIngressHasTargetsAndAddressesOfItsOwn() {
        assertThat(findings(with(r -> r, ingress(Map.of())), "NEW-IPV6-BALANCER"))
                .hasSize(1);
        assertThat(findings(
                        with(
                                r -> r,
                                ingress(Map.of(
                                        "alb.ingress.kubernetes.io/target-type",
                                        "ip",
                                        "alb.ingress.kubernetes.io/ip-address-type",
                                        "dualstack-without-public-ipv4"))),
                        "NEW-IPV6-BALANCER"))
                .isEmpty();
    }

    private static Ingress ingress(Map<String, String> annotations) {
        return new Ingress(
                "default",
                "front",
                "u",
                "1",
                "alb",
                List.of(),
                Optional.empty(),
                Map.of(),
                annotations,
                Owner.NONE,
                false);
    }

    @Test
    void aSecondClusterOfTheFamilyThatExistsIsAskedTheSame() {
        ClusterSnapshot green = Asked.scenario("clean-cluster-green");
        ClusterSnapshot ofFamily = ClusterSnapshot.of(
                green.source(),
                green.takenAt(),
                green.resources()
                        .map(r -> r instanceof Cluster c ? c.with(IpFamily.IPV6, Cidr.parse("fd00:1::/108")) : r)
                        .toList(),
                List.of());
        ClusterSnapshot first = with(r -> r, service("LoadBalancer", Optional.empty(), Map.of()));

        assertThat(codes(first, ofFamily)).contains("NEW-IPV6-BALANCER");
        assertThat(codes(first, green)).doesNotContain("NEW-IPV6-BALANCER");
    }

    private static List<String> codes(ClusterSnapshot first, ClusterSnapshot second) {
        return new SecondCheck(View.of(first), View.of(second), List.of("default", "shop"))
                .findings().stream().map(Finding::code).toList();
    }
}

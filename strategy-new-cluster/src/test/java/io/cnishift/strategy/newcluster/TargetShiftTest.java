package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.simulator.kit.Asked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which load balancers of minnie-wallace share their requests by weights of target groups. */
final class TargetShiftTest {

    private static final ClusterSnapshot FIRST = Asked.scenario("minnie-wallace");
    private static final View SECOND = View.of(Asked.scenario("minnie-wallace-green"));
    private static final List<String> NAMESPACES = List.of("default", "echo", "httpd");

    private static TargetShift shift(ClusterSnapshot first, NewClusterOptions.Shift by, List<String> namespaces) {
        View view = View.of(first);
        return TargetShift.of(view, SECOND, namespaces, Entries.of(view, namespaces), by);
    }

    private static ClusterSnapshot with(Function<Ingress, Ingress> change) {
        List<Resource> all = new ArrayList<>();
        FIRST.resources()
                .forEach(r -> all.add(r instanceof Ingress i && i.name().equals("httpd") ? change.apply(i) : r));
        return ClusterSnapshot.of(FIRST.source(), FIRST.takenAt(), all, List.of());
    }

    private static ClusterSnapshot without(Part part) {
        return ClusterSnapshot.of(
                FIRST.source(),
                FIRST.takenAt(),
                FIRST.resources().filter(r -> r.part() != part).toList(),
                List.of());
    }

    private static Ingress ruled(Ingress old, List<Ingress.Rule> rules) {
        return new Ingress(
                old.namespace(),
                old.name(),
                old.uid(),
                old.resourceVersion(),
                old.ingressClass(),
                rules,
                old.loadBalancer(),
                old.labels(),
                old.annotations(),
                old.owner(),
                old.terminating());
    }

    @Test
    void targetsAreWhatTheNetworkOfTheSecondClusterAllows() {
        assertThat(shift(FIRST, NewClusterOptions.Shift.TARGET_GROUPS, NAMESPACES)
                        .fronts())
                .hasSize(3)
                .allSatisfy(front -> {
                    assertThat(front.targetType()).isEqualTo("instance");
                    assertThat(front.group()).hasSizeLessThanOrEqualTo(32);
                    assertThat(front.from()).isNotEmpty();
                })
                .extracting(TargetFront::group)
                .doesNotHaveDuplicates();
    }

    @Test
    void aLoadBalancerThatNoObjectMadeKeepsTheFirstCluster() {
        ClusterSnapshot bound = without(Part.INGRESSES);
        Entries entries = Entries.of(View.of(bound), NAMESPACES);

        assertThat(entries.complete(SECOND.cluster(), shift(bound, NewClusterOptions.Shift.AUTO, NAMESPACES)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"AUTO, DNS_RECORDS, 3", "AUTO, VOLUMES, 0", "ROUTE53, DNS_RECORDS, 0", "TARGET_GROUPS, VOLUMES, 3"})
    void byItselfItIsForWhatNoSimpleRecordLeadsTo(NewClusterOptions.Shift by, Part lacking, int fronts) {
        TargetShift shift = shift(without(lacking), by, NAMESPACES);

        assertThat(shift.fronts()).hasSize(fronts);
        assertThat(shift.findings()).isEmpty();
    }

    @Test
    void oneIngressThatCannotShareKeepsTheLoadBalancerToNames() {
        ClusterSnapshot ports = with(i -> ruled(
                i,
                List.of(
                        new Ingress.Rule("", "/httpd", "Prefix", "httpd", "80"),
                        new Ingress.Rule("", "/admin", "Prefix", "httpd", "8080"))));
        ClusterSnapshot acting =
                with(i -> ruled(i, List.of(new Ingress.Rule("", "/httpd", "Prefix", "httpd", "use-annotation"))));
        ClusterSnapshot other = with(i -> ruled(i, List.of(new Ingress.Rule("", "/httpd", "Prefix", "other", "80"))));

        assertThat(why(ports, NAMESPACES)).contains("names several ports of one Service");
        assertThat(why(acting, NAMESPACES)).contains("has actions of its own");
        assertThat(why(other, NAMESPACES)).contains("forwards to no target group of Service httpd/other");
        assertThat(why(FIRST, List.of("default", "echo"))).contains("is not moved itself");
        assertThat(shift(ports, NewClusterOptions.Shift.TARGET_GROUPS, NAMESPACES)
                        .fronts())
                .isEmpty();
        assertThat(shift(ports, NewClusterOptions.Shift.AUTO, NAMESPACES).findings())
                .isEmpty();
    }

    /** The first cluster with that annotation of an Ingress at its Ingress httpd, or at the Service behind it. */
    private static ClusterSnapshot annotated(String kind, String annotation, String value) {
        Map<String, String> more = Map.of("alb.ingress.kubernetes.io/" + annotation, value);
        return changed(r -> r instanceof Ingress i
                        && kind.equals("Ingress")
                        && i.name().equals("httpd")
                ? annotated(i, more)
                : r instanceof Service s && kind.equals("Service") && s.name().equals("httpd")
                        ? annotated(s, more)
                        : r);
    }

    private static ClusterSnapshot changed(UnaryOperator<Resource> change) {
        return ClusterSnapshot.of(
                FIRST.source(), FIRST.takenAt(), FIRST.resources().map(change).toList(), List.of());
    }

    private static Ingress annotated(Ingress i, Map<String, String> more) {
        return new Ingress(
                i.namespace(),
                i.name(),
                i.uid(),
                i.resourceVersion(),
                i.ingressClass(),
                i.rules(),
                i.loadBalancer(),
                i.labels(),
                merged(i.annotations(), more),
                i.owner(),
                i.terminating());
    }

    private static Service annotated(Service s, Map<String, String> more) {
        return new Service(
                s.namespace(),
                s.name(),
                s.uid(),
                s.resourceVersion(),
                s.type(),
                s.clusterIp(),
                s.selector(),
                s.ports(),
                s.externalTrafficPolicy(),
                s.loadBalancerClass(),
                s.loadBalancer(),
                s.labels(),
                merged(s.annotations(), more),
                s.owner(),
                s.terminating());
    }

    private static Map<String, String> merged(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    @Test
    void authenticationThatOnlyItsServiceAsksForKeepsItToNames() {
        ClusterSnapshot service = annotated("Service", "auth-type", "oidc");

        assertThat(why(service, NAMESPACES)).contains("Service httpd asks for authentication");
        assertThat(shift(
                                ClusterSnapshot.of(
                                        service.source(),
                                        service.takenAt(),
                                        service.resources()
                                                .filter(r -> r.part() != Part.DNS_RECORDS)
                                                .toList(),
                                        List.of()),
                                NewClusterOptions.Shift.AUTO,
                                NAMESPACES)
                        .fronts())
                .isEmpty();
        assertThat(shift(annotated("Ingress", "auth-type", "oidc"), NewClusterOptions.Shift.TARGET_GROUPS, NAMESPACES)
                        .fronts())
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ingress", "Service"})
    void aPortOfNodesAtWhichHealthIsCheckedKeepsItToNames(String kind) {
        assertThat(why(annotated(kind, "healthcheck-port", "30080"), NAMESPACES))
                .contains("is checked at port 30080");
        assertThat(shift(
                                annotated(kind, "healthcheck-port", "traffic-port"),
                                NewClusterOptions.Shift.TARGET_GROUPS,
                                NAMESPACES)
                        .findings())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"vpc-other, IPV4, is in another VPC", "same, IPV6, of different families"})
    void aSecondClusterThatItsLoadBalancersCannotReachKeepsThemToNames(
            String vpc, Cluster.IpFamily family, String reason) {
        ClusterSnapshot other =
                changed(r -> r instanceof Cluster c ? elsewhere(c, vpc.equals("same") ? c.vpcId() : vpc, family) : r);

        assertThat(why(other, NAMESPACES)).contains(reason);
    }

    private static Cluster elsewhere(Cluster c, String vpc, Cluster.IpFamily family) {
        return new Cluster(
                c.name(),
                c.arn(),
                c.account(),
                c.region(),
                c.kubernetesVersion(),
                c.status(),
                c.endpoint(),
                c.publicEndpoint(),
                c.privateEndpoint(),
                c.serviceCidr(),
                family,
                c.authenticationMode(),
                c.autoMode(),
                c.hybridNodes(),
                c.fargateProfiles(),
                c.controlPlaneSubnets(),
                c.clusterSecurityGroup(),
                vpc,
                c.kubeSystemUid(),
                c.oidcIssuer(),
                c.deletionProtection(),
                c.tags(),
                c.nodeLimit());
    }

    @Test
    void clientsThatAreToStayWithOneTargetAreAMatterOfConsent() {
        TargetShift shift = shift(
                annotated("Ingress", "target-group-attributes", "stickiness.enabled=true,stickiness.type=lb_cookie"),
                NewClusterOptions.Shift.TARGET_GROUPS,
                NAMESPACES);

        assertThat(shift.fronts()).hasSize(3);
        assertThat(shift.findings())
                .extracting(f -> f.code() + " " + f.subject())
                .containsExactly("NEW-STICKY-TARGETS Ingress httpd/httpd");
    }

    @Test
    void aLoadBalancerOfAnotherClusterThatCallsItsGroupAlikeIsNotTakenForIts() {
        List<Resource> all = new ArrayList<>();
        FIRST.resources().forEach(r -> {
            if (r instanceof LoadBalancer lb) {
                all.add(new LoadBalancer(
                        lb.arn().replace(":loadbalancer/app/", ":loadbalancer/app/a"),
                        "k8s-other",
                        lb.type(),
                        lb.scheme(),
                        lb.subnets(),
                        List.of("sg-other"),
                        lb.listeners(),
                        lb.tags()));
            }
            all.add(r);
        });
        ClusterSnapshot both = ClusterSnapshot.of(FIRST.source(), FIRST.takenAt(), all, List.of());

        assertThat(shift(both, NewClusterOptions.Shift.TARGET_GROUPS, NAMESPACES)
                        .fronts())
                .hasSize(3)
                .allSatisfy(front -> assertThat(front.from()).doesNotContain("sg-other"));
    }

    private static String why(ClusterSnapshot first, List<String> namespaces) {
        List<Finding> findings =
                shift(first, NewClusterOptions.Shift.TARGET_GROUPS, namespaces).findings();
        assertThat(findings).extracting(Finding::code).containsExactly("NEW-SHIFT-TARGETS");
        return findings.get(0).message();
    }
}

package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.NamedObject;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.simulator.kit.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Load balancers on which the deletion of the first cluster waits. */
final class FirstBalancersTest {

    private static final ClusterSnapshot CLEAN = Asked.scenario("clean-cluster");
    private static final String CLASSIC = "a1b2c3-1234567890.eu-central-1.elb.amazonaws.com";
    private static final String FRONT = "front-1234567890.eu-central-1.elb.amazonaws.com";

    private static Optional<Finding> left(ClusterSnapshot of, Resource... more) {
        List<Resource> all = new ArrayList<>(of.resources().toList());
        all.addAll(List.of(more));
        return new FirstBalancers(View.of(ClusterSnapshot.of(of.source(), of.takenAt(), all, List.of()))).left();
    }

    private static Service service(Optional<String> balancerClass, Map<String, String> annotations) {
        return new Service(
                "default",
                "edge",
                "u1",
                "1",
                "LoadBalancer",
                Optional.of("172.20.0.9"),
                Map.of("app", "edge"),
                List.of(),
                "Cluster",
                balancerClass,
                Optional.of(CLASSIC),
                Map.of(),
                annotations,
                Owner.NONE,
                false);
    }

    private static LoadBalancer tagged(String key, String value) {
        return tagged(Map.of(key, value));
    }

    private static LoadBalancer tagged(Map<String, String> tags) {
        return new LoadBalancer(
                "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/front/0123456789abcdef",
                "front",
                "application",
                "internal",
                List.of(),
                List.of(),
                List.of(),
                tags);
    }

    @Test
    void oneOfEksIsTakenAwayByItsService() {
        assertThat(left(CLEAN, service(Optional.empty(), Map.of()))).hasValueSatisfying(f -> {
            assertThat(f.subject()).isEqualTo("Service default/edge");
            assertThat(f.remedy()).contains("kubectl delete service edge --namespace default");
        });
    }

    @Test
    void oneOfTheControllerIsLookedForAmongLoadBalancers() {
        assertThat(left(CLEAN, service(Optional.of("service.k8s.aws/nlb"), Map.of())))
                .isEmpty();
        assertThat(left(
                        CLEAN,
                        service(
                                Optional.empty(),
                                Map.of("service.beta.kubernetes.io/aws-load-balancer-type", "external"))))
                .isEmpty();
    }

    @Test
    void oneThatIsSharedWithTheClusterIsSomebodyElses() {
        assertThat(left(CLEAN, tagged("kubernetes.io/cluster/clean-cluster", "shared")))
                .isEmpty();
        assertThat(left(CLEAN, tagged("kubernetes.io/cluster/clean-cluster", "owned")))
                .hasValueSatisfying(f -> assertThat(f.remedy()).contains("delete-load-balancer"));
    }

    @Test
    void oneThatClientsComeByIsNotToBeDeleted() {
        ClusterSnapshot minnie = Asked.scenario("minnie-wallace");

        assertThat(left(minnie)).hasValueSatisfying(f -> {
            assertThat(f.message()).contains("DNS record www.minnie-wallace.example A still sends clients to it");
            assertThat(f.remedy()).doesNotContain("delete-load-balancer");
        });
        assertThat(left(ClusterSnapshot.of(
                        minnie.source(),
                        minnie.takenAt(),
                        minnie.resources()
                                .map(r -> r instanceof DnsRecord record ? record.weighing(0) : r)
                                .toList(),
                        List.of())))
                .hasValueSatisfying(f -> assertThat(f.remedy()).contains("delete-load-balancer"));
    }

    private static FirstBalancers with(Resource... more) {
        List<Resource> all = new ArrayList<>(CLEAN.resources().toList());
        all.addAll(List.of(more));
        return new FirstBalancers(View.of(ClusterSnapshot.of(CLEAN.source(), CLEAN.takenAt(), all, List.of())));
    }

    private static LoadBalancer stack(String tag, String value) {
        return tagged(Map.of("elbv2.k8s.aws/cluster", "clean-cluster", tag, value));
    }

    private static Ingress ingress(String ingressClass, Optional<String> host) {
        return new Ingress(
                "default", "edge", "u2", "1", ingressClass, List.of(), host, Map.of(), Map.of(), Owner.NONE, false);
    }

    private static NamedObject named(String kind, String namespace, String name, String type) {
        return new NamedObject("v1", kind, namespace, name, "u3", type, false);
    }

    private static String stays(Resource... resources) {
        List<Finding> staying = with(resources).staying();
        assertThat(staying).hasSize(1);
        return staying.get(0).message() + "; " + staying.get(0).remedy();
    }

    @Test
    void anIngressIsTheControllersByTheControllerOfItsClass() {
        Ingress internal = ingress("alb-internal", Optional.of(FRONT));

        assertThat(with(internal, named("IngressClass", "", "alb-internal", "ingress.k8s.aws/alb"))
                        .fronts())
                .extracting(FirstBalancers.Front::key)
                .containsExactly("Ingress/default/edge");
        assertThat(with(internal, named("IngressClass", "", "alb-internal", "example.com/other"))
                        .fronts())
                .isEmpty();
        assertThat(with(ingress("alb", Optional.of(FRONT)), named("IngressClass", "", "alb", "eks.amazonaws.com/alb"))
                        .fronts())
                .isEmpty();
    }

    @Test
    void oneThatARecordLeadsToIsNotToBeDeleted() {
        DnsRecord record = Asked.scenario("minnie-wallace")
                .resources()
                .filter(r -> r instanceof DnsRecord)
                .map(r -> (DnsRecord) r)
                .findFirst()
                .orElseThrow();
        String name = record.alias().map(DnsRecord.Alias::name).orElseThrow();
        String label = name.replaceFirst("^dualstack\\.", "").replaceFirst("\\..*", "");
        LoadBalancer led = new LoadBalancer(
                "arn:led",
                label.substring(0, label.lastIndexOf('-')).replaceFirst("^internal-", ""),
                "application",
                "internal",
                List.of(),
                List.of(),
                List.of(),
                Map.of("elbv2.k8s.aws/cluster", "clean-cluster"));

        assertThat(stays(led, record)).contains("DNS record").doesNotContain("delete it");
    }

    @Test
    void whatMakesOneIsNamedBeforeAnybodyDeletesIt() {
        assertThat(stays(stack("gateway.k8s.aws.alb/stack", "shop/edge"), named("Gateway", "shop", "edge", "")))
                .contains("Gateway shop/edge makes it")
                .doesNotContain("delete it");
        assertThat(stays(stack("ingress.k8s.aws/stack", "default/edge"), ingress("alb", Optional.empty())))
                .contains("Ingress default/edge makes it")
                .doesNotContain("delete it");
        assertThat(stays(stack("ingress.k8s.aws/stack", "gone/edge"), ingress("other", Optional.of(FRONT))))
                .contains("Ingress default/edge makes it")
                .doesNotContain("delete it");
    }

    @Test
    void oneThatNothingMakesIsLookedAtBeforeItIsDeleted() {
        assertThat(stays(stack("gateway.k8s.aws.alb/stack", "shop/edge")))
                .contains("find out whether clients come by it, delete it where none do");
    }

    @Test
    void aDeletionThatIsNotInTheJournalIsSeenByWhatIsThere() {
        DeleteBalancers step = new DeleteBalancers(List.of("Ingress/default/edge"));

        assertThat(back(CLEAN, step)).isInstanceOf(StepOutcome.Blocked.class);
        List<Resource> all = new ArrayList<>(CLEAN.resources().toList());
        all.add(ingress("alb", Optional.empty()));
        assertThat(back(ClusterSnapshot.of(CLEAN.source(), CLEAN.takenAt(), all, List.of()), step))
                .isInstanceOf(StepOutcome.Done.class);
    }

    @Test
    void oneThatItsControllerStillHoldsIsGone() {
        DeleteBalancers step = new DeleteBalancers(List.of("Ingress/default/edge"));
        List<Resource> all = new ArrayList<>(CLEAN.resources().toList());
        all.add(terminating(ingress("alb", Optional.of(FRONT))));
        ClusterSnapshot held = ClusterSnapshot.of(CLEAN.source(), CLEAN.takenAt(), all, List.of());

        assertThat(back(held, step)).isInstanceOf(StepOutcome.Blocked.class);
        assertThat(new DeleteBalancersHandler().next(View.of(held), step, new Begun()))
                .isInstanceOf(StepOutcome.NotYet.class);
    }

    private static Ingress terminating(Ingress i) {
        return new Ingress(
                i.namespace(),
                i.name(),
                i.uid(),
                i.resourceVersion(),
                i.ingressClass(),
                i.rules(),
                i.loadBalancer(),
                i.labels(),
                i.annotations(),
                i.owner(),
                true);
    }

    private static StepOutcome back(ClusterSnapshot of, DeleteBalancers step) {
        return new DeleteBalancersHandler().back(View.of(of), step, new Begun());
    }
}

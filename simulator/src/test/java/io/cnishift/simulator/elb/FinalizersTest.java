package io.cnishift.simulator.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.ChangeRecords;
import io.cnishift.api.act.CreateTargetGroup;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.world.Simulation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the controller made something of stays until that is gone. */
final class FinalizersTest {

    private static final ObjectRef CONTROLLER =
            ObjectRef.of("apps/v1", "Deployment", "kube-system", "aws-load-balancer-controller");
    private static final ObjectRef ADMIN = ObjectRef.of("v1", "Service", "echo", "public");
    private static final ObjectRef BOUND =
            ObjectRef.of("elbv2.k8s.aws/v1beta1", "TargetGroupBinding", "httpd", "green");

    private final Simulation simulation = Simulation.pair(
            Asked.scenario("minnie-wallace"), Asked.scenario("minnie-wallace-green"), new Settings(1, Map.of()));
    private final World first = simulation.world();
    private final World second = first.second().orElseThrow();
    private final List<LoadBalancer> balancers = balancers();

    private List<LoadBalancer> balancers() {
        return first.aws().read(Set.of(Part.LOAD_BALANCERS)).resources().stream()
                .map(LoadBalancer.class::cast)
                .toList();
    }

    private List<Ingress> ingresses() {
        return first.kubernetes().read(Set.of(Part.INGRESSES)).resources().stream()
                .map(Ingress.class::cast)
                .toList();
    }

    private String group() {
        return balancers.get(0).securityGroups().get(0);
    }

    private boolean groupIsThere() {
        return first.aws().read(Set.of(Part.SECURITY_GROUPS)).resources().stream()
                .map(SecurityGroup.class::cast)
                .anyMatch(g -> g.id().equals(group()));
    }

    private static void on(World world, Act act) {
        assertThat(world.kubernetes().perform(act)).matches(result -> result.done());
    }

    private static DeleteObject deletion(ObjectRef ref) {
        return new DeleteObject(ref, Optional.empty());
    }

    private void deleteIngresses() {
        ingresses()
                .forEach(i ->
                        on(first, deletion(ObjectRef.of("networking.k8s.io/v1", "Ingress", i.namespace(), i.name()))));
    }

    private static void scaleController(World world, int replicas) {
        on(
                world,
                new PatchObject(
                        CONTROLLER, PatchType.MERGE, Map.of("spec", Map.of("replicas", replicas)), Optional.empty()));
    }

    private void run(int seconds) {
        simulation.kernel().clock().runUntil(simulation.kernel().clock().now().plusSeconds(seconds));
    }

    @Test
    void anIngressGoesAfterItsLoadBalancer() {
        deleteIngresses();
        assertThat(ingresses()).as("held").hasSize(3);
        run(10);

        assertThat(ingresses()).isEmpty();
        assertThat(balancers()).isEmpty();
        assertThat(groupIsThere()).isFalse();
    }

    @Test
    void whoIsLedToALoadBalancerThatIsGoneFindsNobody() {
        deleteIngresses();
        run(60);

        assertThat(first.violations().get())
                .extracting(f -> f.code() + " " + f.subject())
                .contains("SIM-PATH-DOWN load balancer k8s-minnie-wallace:80 path=/httpd");
        assertThat(lost()).isBetween(50L, 60L);
    }

    @Test
    void untilTheyAreLedElsewhere() {
        DnsRecord www = first.aws().read(Set.of(Part.DNS_RECORDS)).resources().stream()
                .map(DnsRecord.class::cast)
                .findFirst()
                .orElseThrow();
        DnsRecord away = www.weighted("away", 100, "elsewhere.example");
        DnsRecord here = www.weighted("here", 0, www.alias().orElseThrow().name());
        first.aws().perform(new ChangeRecords(www.zone(), www.name(), List.of(www), List.of(here, away)));
        run(600);
        deleteIngresses();
        run(600);

        assertThat(balancers()).isEmpty();
        assertThat(lost()).isZero();
    }

    private long lost() {
        return simulation.kernel().incidents().lasted().toSeconds() / 3;
    }

    @Test
    void withoutItsControllerItStaysUntilThatRunsAgain() {
        scaleController(first, 0);
        run(60);
        deleteIngresses();
        run(3600);
        assertThat(ingresses()).hasSize(3);
        assertThat(balancers()).hasSize(1);

        scaleController(first, 2);
        run(300);

        assertThat(ingresses()).isEmpty();
        assertThat(balancers()).isEmpty();
    }

    @Test
    void whatASnapshotShowsGoingGoesOn() {
        ClusterSnapshot minnie = Asked.scenario("minnie-wallace");
        ClusterSnapshot going = ClusterSnapshot.of(
                minnie.source(),
                minnie.takenAt(),
                minnie.resources()
                        .map(r -> r instanceof Ingress i ? terminating(i) : r)
                        .toList(),
                List.of());
        World world = Simulation.open(going, new Settings(1, Map.of())).world();
        assertThat(world.kubernetes().read(Set.of(Part.INGRESSES)).resources())
                .hasSize(3)
                .allMatch(i -> ((Ingress) i).terminating());

        world.time().await(world.time().now().plusSeconds(10));

        assertThat(world.kubernetes().read(Set.of(Part.INGRESSES)).resources()).isEmpty();
        assertThat(world.aws().read(Set.of(Part.LOAD_BALANCERS)).resources()).isEmpty();
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

    @Test
    void oneOfSeveralOnALoadBalancerLeavesItToTheOthers() {
        Ingress any = ingresses().get(0);
        on(first, deletion(ObjectRef.of("networking.k8s.io/v1", "Ingress", any.namespace(), any.name())));
        run(10);

        assertThat(ingresses()).hasSize(2);
        assertThat(balancers()).hasSize(1);
    }

    @Test
    void aServiceIsHeldAsSoonAsALoadBalancerIsMadeOfIt() {
        on(
                first,
                new ApplyObject(Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Service",
                        "metadata",
                        Map.of("namespace", ADMIN.namespace().orElseThrow(), "name", ADMIN.name()),
                        "spec",
                        Map.of(
                                "type",
                                "LoadBalancer",
                                "loadBalancerClass",
                                "service.k8s.aws/nlb",
                                "ports",
                                List.of(Map.of("port", 80))))));
        run(10);
        assertThat(balancers()).hasSize(2);
        on(first, deletion(ADMIN));
        assertThat(services()).contains(ADMIN.name());
        run(10);

        assertThat(services()).doesNotContain(ADMIN.name());
        assertThat(balancers()).hasSize(1);
    }

    private List<String> services() {
        return first.kubernetes().read(Set.of(Part.SERVICES)).resources().stream()
                .map(r -> ((Service) r).name())
                .toList();
    }

    /** In the second cluster, by which its nodes let the first one's load balancer in. */
    private String bind() {
        TargetGroup like = first.aws().read(Set.of(Part.TARGET_GROUPS)).resources().stream()
                .map(TargetGroup.class::cast)
                .findFirst()
                .orElseThrow();
        String arn = first.aws()
                .perform(new CreateTargetGroup("green", like.arn(), "instance", Map.of()))
                .fold(done -> Tree.text(done.produced(), "arn").orElseThrow(), refused -> refused.message());
        on(
                second,
                new ApplyObject(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "httpd"))));
        on(
                second,
                new ApplyObject(Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Service",
                        "metadata",
                        Map.of("namespace", "httpd", "name", "httpd"),
                        "spec",
                        Map.of("type", "NodePort", "ports", List.of(Map.of("port", 80))))));
        on(
                second,
                new ApplyObject(Map.of(
                        "apiVersion",
                        BOUND.apiVersion(),
                        "kind",
                        BOUND.kind(),
                        "metadata",
                        Map.of("namespace", BOUND.namespace().orElseThrow(), "name", BOUND.name()),
                        "spec",
                        Map.of(
                                "targetGroupARN",
                                arn,
                                "targetType",
                                "instance",
                                "serviceRef",
                                Map.of("name", "httpd", "port", 80),
                                "networking",
                                Map.of(
                                        "ingress",
                                        List.of(Map.of(
                                                "from",
                                                List.of(Map.of("securityGroup", Map.of("groupID", group()))))))))));
        run(60);
        return arn;
    }

    private List<TargetGroup.Target> targets(String arn) {
        return first.aws().read(Set.of(Part.TARGET_GROUPS)).resources().stream()
                .map(TargetGroup.class::cast)
                .filter(g -> g.arn().equals(arn))
                .flatMap(g -> g.targets().stream())
                .toList();
    }

    @Test
    void aSecurityGroupThatNodesOfAnotherClusterNameHoldsTheIngresses() {
        bind();
        deleteIngresses();
        run(3600);
        assertThat(balancers()).isEmpty();
        assertThat(groupIsThere()).isTrue();
        assertThat(ingresses()).hasSize(3);
        assertThat(first.violations().get())
                .extracting(Finding::message)
                .anyMatch(message -> message.startsWith("DependencyViolation: resource " + group()));

        on(second, deletion(BOUND));
        run(60);

        assertThat(groupIsThere()).isFalse();
        assertThat(ingresses()).isEmpty();
    }

    @Test
    void aBindingGoesAfterItsTargets() {
        String arn = bind();
        assertThat(targets(arn)).isNotEmpty();
        on(second, deletion(BOUND));
        run(10);

        assertThat(second.kubernetes().read(Set.of(Part.TARGET_GROUP_BINDINGS)).resources())
                .isEmpty();
        assertThat(targets(arn)).isEmpty();
    }

    @Test
    void withoutAControllerABindingStaysWithItsTargets() {
        String arn = bind();
        scaleController(second, 0);
        run(60);
        on(second, deletion(BOUND));
        run(600);

        assertThat(second.kubernetes().read(Set.of(Part.TARGET_GROUP_BINDINGS)).resources())
                .hasSize(1);
        assertThat(targets(arn)).isNotEmpty();
    }
}

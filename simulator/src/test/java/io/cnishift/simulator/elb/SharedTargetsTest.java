package io.cnishift.simulator.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CreateTargetGroup;
import io.cnishift.api.act.DeleteTargetGroup;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.LoadBalancer.Weighted;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.world.Simulation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A load balancer of one cluster that forwards to targets of another one. */
final class SharedTargetsTest {

    private static final ObjectRef HTTPD = ObjectRef.of("networking.k8s.io/v1", "Ingress", "httpd", "httpd");

    private final Simulation simulation = Simulation.pair(
            Asked.scenario("minnie-wallace"), Asked.scenario("minnie-wallace-green"), new Settings(1, Map.of()));
    private final World first = simulation.world();
    private final World second = first.second().orElseThrow();

    private LoadBalancer balancer() {
        return first.aws().read(Set.of(Part.LOAD_BALANCERS)).resources().stream()
                .map(LoadBalancer.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private List<TargetGroup> groups() {
        return first.aws().read(Set.of(Part.TARGET_GROUPS)).resources().stream()
                .map(TargetGroup.class::cast)
                .toList();
    }

    private TargetGroup like() {
        return groups().stream()
                .filter(g -> g.service().filter("httpd/httpd"::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private ActResult make(Map<String, String> tags) {
        return first.aws().perform(new CreateTargetGroup("green-httpd", like().arn(), "instance", tags));
    }

    private String made() {
        return make(Map.of("a", "b"))
                .fold(done -> Tree.text(done.produced(), "arn").orElseThrow(), refused -> refused.message());
    }

    /** A Service of the second cluster with node ports, bound to that group. */
    private void bind(String arn, boolean open) {
        kubernetes(
                new ApplyObject(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "httpd"))));
        kubernetes(new ApplyObject(Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "metadata",
                Map.of("namespace", "httpd", "name", "httpd"),
                "spec",
                Map.of(
                        "replicas",
                        2,
                        "selector",
                        Map.of("matchLabels", Map.of("app", "httpd")),
                        "template",
                        Map.of(
                                "metadata",
                                Map.of("labels", Map.of("app", "httpd")),
                                "spec",
                                Map.of("containers", List.of(Map.of("name", "httpd", "image", "httpd:2"))))))));
        kubernetes(new ApplyObject(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                Map.of("namespace", "httpd", "name", "httpd"),
                "spec",
                Map.of(
                        "type",
                        "NodePort",
                        "selector",
                        Map.of("app", "httpd"),
                        "ports",
                        List.of(Map.of("port", 80, "targetPort", 80, "protocol", "TCP"))))));
        Map<String, Object> from = Map.of(
                "securityGroup", Map.of("groupID", balancer().securityGroups().get(0)));
        kubernetes(new ApplyObject(Map.of(
                "apiVersion",
                "elbv2.k8s.aws/v1beta1",
                "kind",
                "TargetGroupBinding",
                "metadata",
                Map.of("namespace", "httpd", "name", "green"),
                "spec",
                Map.of(
                        "targetGroupARN",
                        arn,
                        "targetType",
                        "instance",
                        "serviceRef",
                        Map.of("name", "httpd", "port", 80),
                        "networking",
                        open ? Map.of("ingress", List.of(Map.of("from", List.of(from)))) : Map.of()))));
    }

    private void kubernetes(Act act) {
        ActResult result = second.kubernetes().perform(act);
        assertThat(result.done()).as(result.toString()).isTrue();
    }

    /** The action of an Ingress in the first cluster that gives that group a share. */
    private void share(String arn, int weight) {
        String action =
                "{\"type\":\"forward\",\"forwardConfig\":{\"targetGroups\":[{\"serviceName\":\"httpd\",\"servicePort\":80,"
                        + "\"weight\":" + (100 - weight) + "},{\"targetGroupARN\":\"" + arn + "\",\"weight\":" + weight
                        + "}]}}";
        first.kubernetes()
                .perform(new PatchObject(
                        HTTPD,
                        PatchType.MERGE,
                        Map.of(
                                "metadata",
                                Map.of("annotations", Map.of("alb.ingress.kubernetes.io/actions.httpd", action)),
                                "spec",
                                Map.of(
                                        "rules",
                                        List.of(Map.of(
                                                "http",
                                                Map.of(
                                                        "paths",
                                                        List.of(Map.of(
                                                                "path",
                                                                "/httpd",
                                                                "pathType",
                                                                "Prefix",
                                                                "backend",
                                                                Map.of(
                                                                        "service",
                                                                        Map.of(
                                                                                "name",
                                                                                "httpd",
                                                                                "port",
                                                                                Map.of(
                                                                                        "name",
                                                                                        "use-annotation")))))))))),
                        Optional.empty()));
        run(120);
    }

    private void run(int seconds) {
        simulation.kernel().clock().runUntil(simulation.kernel().clock().now().plusSeconds(seconds));
    }

    private List<Integer> weights(String arn) {
        return balancer().listeners().stream()
                .flatMap(l -> l.rules().stream())
                .flatMap(r -> r.forward().stream())
                .filter(to -> to.targetGroup().equals(arn))
                .map(Weighted::weight)
                .toList();
    }

    private List<String> health(String arn) {
        return groups().stream()
                .filter(g -> g.arn().equals(arn))
                .flatMap(g -> g.targets().stream())
                .map(TargetGroup.Target::health)
                .distinct()
                .toList();
    }

    @Test
    void nodesOfTheOtherClusterAreHealthyOnceTheyLetTheLoadBalancerIn() {
        String arn = made();
        bind(arn, true);
        run(60);
        assertThat(health(arn)).containsExactly("unused");

        share(arn, 25);

        assertThat(weights(arn)).containsExactly(25);
        assertThat(health(arn)).containsExactly("healthy");
    }

    @Test
    void aBindingThatSaysNothingOfTheNetworkOpensNothing() {
        String arn = made();
        bind(arn, false);
        share(arn, 25);

        assertThat(health(arn)).containsExactly("unhealthy");
    }

    @Test
    void targetsThatEndThereAreUnhealthyHere() {
        String arn = made();
        bind(arn, true);
        share(arn, 25);
        kubernetes(new PatchObject(
                ObjectRef.of("apps/v1", "Deployment", "httpd", "httpd"),
                PatchType.MERGE,
                Map.of("spec", Map.of("replicas", 0)),
                Optional.empty()));
        run(120);

        assertThat(health(arn)).containsExactly("unhealthy");
        assertThat(first.violations().get())
                .extracting(f -> f.code())
                .contains("SIM-PATH-ERRORS")
                .doesNotContain("SIM-PATH-DOWN");
    }

    @Test
    void whatANetworkOpenedIsClosedWithItsBinding() {
        String arn = made();
        bind(arn, true);
        share(arn, 25);
        kubernetes(new PatchObject(
                ObjectRef.of("elbv2.k8s.aws/v1beta1", "TargetGroupBinding", "httpd", "green"),
                PatchType.MERGE,
                Map.of("spec", Map.of("networking", Map.of("ingress", List.of()))),
                Optional.empty()));
        run(120);

        assertThat(health(arn)).containsExactly("unhealthy");
    }

    @Test
    void anActionForAGroupThatIsNotThereChangesNothing() {
        List<LoadBalancer.Listener> before = balancer().listeners();
        share("arn:aws:elasticloadbalancing:ap-south-1:111122223333:targetgroup/gone/1", 100);
        assertThat(balancer().listeners()).isEqualTo(before);
    }

    @Test
    void aNameIsOneGroupsAndAGroupInUseStays() {
        String arn = made();
        assertThat(make(Map.of("a", "b")).done()).isTrue();
        assertThat(reason(make(Map.of("a", "c")))).isEqualTo(Reason.EXISTS);
        share(arn, 5);

        assertThat(reason(first.aws().perform(new DeleteTargetGroup("green-httpd", Map.of()))))
                .isEqualTo(Reason.BUSY);
        assertThat(groups()).extracting(TargetGroup::arn).contains(arn);
    }

    private static Reason reason(ActResult result) {
        return result.fold(done -> null, ActResult.Refused::reason);
    }
}

package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.View;
import io.cnishift.simulator.kit.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                old.owner());
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

    private static String why(ClusterSnapshot first, List<String> namespaces) {
        List<Finding> findings =
                shift(first, NewClusterOptions.Shift.TARGET_GROUPS, namespaces).findings();
        assertThat(findings).extracting(Finding::code).containsExactly("NEW-SHIFT-TARGETS");
        return findings.get(0).message();
    }
}

package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.roll.Names;
import java.util.ArrayList;
import java.util.List;

/**
 * What breaks while the two sides are islands. Pods of the overlay reach those of the VPC CNI, behind the address of their
 * node; the other way there is no route, so an old node can pass nothing on to a pod that has moved: not from its pods, not
 * through Services, not from load balancers, which therefore leave old nodes before the first pod moves.
 */
final class IsolationCheck {

    private static final String DNS = "kube-system/kube-dns";

    private IsolationCheck() {}

    static List<Finding> check(Draft draft) {
        if (!draft.site().apart()) {
            return List.of();
        }
        List<String> services = draft.site().view().services().stream()
                .filter(s -> !s.selector().isEmpty())
                .map(Service::key)
                .toList();
        List<Finding> findings = new ArrayList<>();
        findings.add(OverlayCode.ISOLATED.finding(
                "option hybrid",
                "from the first moved pod to the last, pods on old nodes cannot connect to moved ones: "
                        + (services.isEmpty()
                                ? "there is no Service, so only by address"
                                : "not by address, and not through " + Names.some(services)
                                        + " as often as these pick a moved pod"),
                "leave hybrid=routed, or accept it for applications that do not call each other"));
        draft.site()
                .view()
                .service(DNS)
                .ifPresent(dns -> findings.add(OverlayCode.ISOLATED.finding(
                        "Service " + DNS,
                        "pods on old nodes get no answer from a CoreDNS pod that has moved; once all have, they resolve no name",
                        "leave hybrid=routed, or accept it for applications that resolve no names")));
        return findings;
    }
}

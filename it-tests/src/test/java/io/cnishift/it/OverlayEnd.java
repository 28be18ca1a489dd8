package io.cnishift.it;

import io.cnishift.api.Finding;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.engine.journal.ServiceSeconds;
import io.cnishift.engine.report.RunReport;
import java.util.List;

/** A cluster after a run, and what the run reports. */
record OverlayEnd(View view, RunReport report, List<Finding> violations, String text) {

    List<Pod> pods() {
        return view.pods().stream()
                .filter(p -> !p.finished() && !p.terminating())
                .filter(p -> p.node().filter(n -> view.node(n).isPresent()).isPresent())
                .toList();
    }

    /** Pods with an address of their own. */
    List<Pod> addressed() {
        return pods().stream().filter(p -> !p.hostNetwork()).toList();
    }

    /** Pods of a workload by the beginning of their names. */
    List<Pod> running(String workload) {
        return pods().stream().filter(p -> p.name().startsWith(workload + "-")).toList();
    }

    boolean isIn(String range, Pod pod) {
        return pod.address().filter(Cidr.parse(range)::contains).isPresent();
    }

    List<ServiceSeconds> below() {
        return report.services().stream()
                .filter(s -> !s.secondsBelowMinimum().isZero())
                .toList();
    }

    List<String> belowByConsent() {
        return report.services().stream()
                .filter(s -> !s.consentedSecondsBelowMinimum().isZero())
                .map(ServiceSeconds::key)
                .toList();
    }
}

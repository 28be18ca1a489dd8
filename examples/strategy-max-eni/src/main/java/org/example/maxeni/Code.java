package org.example.maxeni;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Severity;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Every finding, with how much it weighs and what it means. */
enum Code {
    NO_CNI(
            "MAXENI-NO-CNI",
            Severity.BLOCKER,
            "There is no DaemonSet kube-system/aws-node, or it could not be read, so there are no interfaces to cap."),
    MODE(
            "MAXENI-MODE",
            Severity.BLOCKER,
            "aws-node counts something else than whole interfaces: prefixes, single addresses, interfaces of a pod"
                + " subnet or of single pods. Interfaces without pods are then given back by other rules, which this"
                + " strategy does not know."),
    NOTHING_IDLE(
            "MAXENI-NOTHING-IDLE",
            Severity.BLOCKER,
            "No node has an interface that it would give back. aws-node never moves pods between interfaces: one that"
                    + " has a pod stays, whatever the cap is."),
    NO_ROOM(
            "MAXENI-NO-ROOM",
            Severity.BLOCKER,
            "A node runs more pods than have addresses under the cap. They keep them, but the next one that starts"
                    + " there does not get one."),
    MORE_SLOTS(
            "MAXENI-MORE-SLOTS",
            Severity.CONSENT,
            "The kubelet admits more pods than have addresses under the cap. The scheduler does not know the cap: a"
                    + " pod that it puts there beyond it waits in ContainerCreating until another one ends."),
    IN_USE(
            "MAXENI-IN-USE",
            Severity.INFO,
            "A node has more interfaces than the cap, and pods have addresses of them. These interfaces stay until"
                    + " their pods are gone."),
    NOT_FREED(
            "MAXENI-NOT-FREED",
            Severity.BLOCKER,
            "The cap is in force, but after half an hour the subnets do not have the free addresses that the plan"
                    + " counts on.");

    private final String id;
    private final Severity severity;
    private final String meaning;

    Code(String id, Severity severity, String meaning) {
        this.id = id;
        this.severity = severity;
        this.meaning = meaning;
    }

    Finding of(String subject, String message, String remedy) {
        return Finding.of(id, severity, subject, message, remedy, "README.md of strategy-max-eni");
    }

    static Map<String, String> explained() {
        return Arrays.stream(values()).collect(Collectors.toMap(code -> code.id, code -> code.meaning));
    }
}

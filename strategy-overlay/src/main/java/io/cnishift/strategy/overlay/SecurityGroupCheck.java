package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.cilium.NodePortRule;
import java.util.ArrayList;
import java.util.List;

/** Whether nodes of both sides may send each other what Cilium sends. */
final class SecurityGroupCheck {

    private SecurityGroupCheck() {}

    static List<Finding> check(Draft draft) {
        List<Finding> findings = new ArrayList<>();
        for (NodePortRule rule : GroundPhases.betweenNodes(draft)) {
            MoveCode code =
                    rule.need() == NodePortRule.Need.REQUIRED ? MoveCode.NODE_PORT_CLOSED : MoveCode.HEALTH_PORT_CLOSED;
            draft.security().missingBetweenNodes(SecurityDraft.protocol(rule), rule.from()).stream()
                    .map(SecurityDraft.Missing::group)
                    .distinct()
                    .forEach(group -> findings.add(code.finding(
                                    "security group " + group,
                                    rule.display() + " between nodes is closed: " + rule.neededFor(),
                                    "the plan adds the rule")
                            .curedBy(StepIds.allow(group))));
        }
        return findings;
    }
}

package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.Request;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Unknown;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What could not be read. A plan would have to guess it, or at least does not judge it; both are said. */
final class UnknownCheck {

    /** Without these a step of the plan would be made of nothing. */
    private static final Set<Part> NEEDED = EnumSet.of(
            Part.CLUSTER,
            Part.VPC,
            Part.SUBNETS,
            Part.SECURITY_GROUPS,
            Part.NODE_GROUPS,
            Part.LAUNCH_TEMPLATES,
            Part.INSTANCES,
            Part.TARGET_GROUPS,
            Part.NODES,
            Part.PODS,
            Part.WORKLOADS,
            Part.SERVICES,
            Part.INGRESSES,
            Part.BUDGETS,
            Part.CONTROL_PLANE_CALLS,
            Part.SECURITY_GROUP_POLICIES,
            Part.ADDONS);

    /** These say nothing about an overlay. */
    private static final Set<Part> IRRELEVANT =
            EnumSet.of(Part.ENI_CONFIGS, Part.CILIUM_ENDPOINTS, Part.CILIUM_NODE_CONFIGS);

    private UnknownCheck() {}

    static List<Finding> check(Request request) {
        return request.snapshot().unknown().stream()
                .filter(u -> NEEDED.contains(u.part()) || (u.askedFor() && !IRRELEVANT.contains(u.part())))
                .map(UnknownCheck::finding)
                .toList();
    }

    private static Finding finding(Unknown unknown) {
        Code code = NEEDED.contains(unknown.part()) ? SiteCode.UNKNOWN_FACT : SiteCode.UNREAD_FACT;
        return code.finding(unknown.what(), unknown.why(), unknown.remedy());
    }
}

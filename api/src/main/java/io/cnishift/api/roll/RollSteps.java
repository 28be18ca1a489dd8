package io.cnishift.api.roll;

import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.capacity.WarmIps;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.step.RollNodes;
import io.cnishift.api.step.SetVpcCniEnv;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The steps of a roll, in the order in which a plan has them: room for new nodes (phase {@code free-addresses}), autoscalers held
 * (before anything that makes nodes of two kinds), new groups and the roll (phase {@code roll}), what is left (phase
 * {@code cleanup}). Ids come from the groups, so they stay the same when the plan is made again.
 */
public final class RollSteps {

    /** Id of the step that has nodes give warm addresses back. */
    public static final String FREE_WARM = "free-warm-addresses";

    /** Id of the step that holds autoscalers. */
    public static final String PARK = "park-autoscaling";

    /** The canary's questions must be answered well that many times in a row. */
    private static final int PROOF_PASSES = 3;

    private final RollDraft draft;
    private final NewNodes newNodes;
    private final Preparation preparation;

    RollSteps(RollDraft draft) {
        this.draft = Objects.requireNonNull(draft);
        this.newNodes = draft.site().newNodes();
        this.preparation = new Preparation(draft);
    }

    /** Warm addresses given back, where there is no room for a new node; nothing where there is. */
    public List<Step> freeAddresses() {
        if (!draft.addresses().frees()) {
            return List.of();
        }
        return List.of(StepDraft.of(
                FREE_WARM,
                new SetVpcCniEnv(WarmIps.LOWERED, draft.addresses().waitFor()),
                "the subnets have no address for a new node, while nodes hold warm ones that no pod uses",
                List.of(Part.WORKLOADS + "/DaemonSet/kube-system/aws-node"),
                "the targets get their recorded values back, and nodes take warm addresses again"));
    }

    /** Holds what adds, moves or takes nodes by itself, until {@link #cleanup}. */
    public Step park() {
        return Parking.step(draft);
    }

    /**
     * The first new nodes of groups that have some before anything is drained.
     *
     * @param why why these cannot wait for the roll
     */
    public List<Step> firstNodes(String why) {
        List<Step> steps = new ArrayList<>();
        for (GroupDraft group : draft.groups()) {
            group.canary().ifPresent(surge -> {
                steps.addAll(preparation.of(group));
                steps.add(StepDraft.of(
                        group.canaryStep(),
                        nodes(group, surge, RollNodes.Extent.CANARY),
                        why,
                        touches(group),
                        "the nodes are drained and go; old nodes lose the taint that made others preferred"));
            });
        }
        return steps;
    }

    /** Each group in turn: its template version, the group that takes over, and the roll with its gate. */
    public List<Step> roll() {
        List<Step> steps = new ArrayList<>();
        for (GroupDraft group : draft.groups()) {
            if (group.canary().isEmpty()) {
                steps.addAll(preparation.of(group));
            }
            steps.add(replace(group));
        }
        return steps;
    }

    /** Old groups go, as the options say; twins of NodePools get their disruption settings back; autoscalers run again. */
    public List<Step> cleanup() {
        return new Cleanup(draft).steps();
    }

    private Step replace(GroupDraft group) {
        return StepDraft.of(
                        group.rollStep(),
                        nodes(group, group.surge(), RollNodes.Extent.ALL),
                        newNodes.words().replaced(),
                        replaced(group),
                        "pods are drained back to old nodes, which the old group makes again as far as they are gone")
                .gated(newNodes.gate());
    }

    /** A roll also freezes the NodePool whose nodes go. */
    private static List<String> replaced(GroupDraft group) {
        List<String> touches = new ArrayList<>(touches(group));
        if (group.ofKarpenter()) {
            touches.add(Part.NODE_POOLS + "/" + group.name());
        }
        return touches;
    }

    private static List<String> touches(GroupDraft group) {
        String old = Part.NODE_GROUPS + "/" + group.name();
        return group.sameGroup() ? List.of(old) : List.of(old, Part.NODE_GROUPS + "/" + group.target());
    }

    private RollNodes nodes(GroupDraft group, SurgeDraft surge, RollNodes.Extent extent) {
        RollOptions options = draft.site().options();
        Movement movement = draft.movement();
        return new RollNodes(
                group.name(),
                group.target(),
                surge.maxSurge(),
                surge.maxUnavailable(),
                surge.bySubnet(),
                options.singletons(),
                options.deleteEmptyDirData(),
                options.evictBarePods(),
                movement.consented(),
                newNodes.label(),
                newNodes.taints().stream().map(Taint::key).toList(),
                newNodes.podRange(),
                group.maxPods(),
                group.sameGroup() && group.hasTemplate() ? group.templateStep() : "",
                Math.toIntExact(options.drainTimeout().toSeconds()),
                movement.remaining(),
                PROOF_PASSES,
                newNodes.apart(),
                movement.left(),
                later(group, extent),
                extent);
    }

    /** The groups whose nodes are replaced after those of this one, whose canaries come before all other nodes. */
    private List<String> later(GroupDraft group, RollNodes.Extent extent) {
        List<String> names = draft.groups().stream().map(GroupDraft::name).toList();
        return extent == RollNodes.Extent.CANARY
                ? names.stream().filter(n -> !n.equals(group.name())).toList()
                : names.subList(names.indexOf(group.name()) + 1, names.size());
    }
}

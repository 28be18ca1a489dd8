package io.cnishift.strategy.newcluster;

import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.step.RemoveNodeGroup;
import io.cnishift.strategy.newcluster.FirstBalancers.Front;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The end of the first cluster, where it is asked for: no name leads there any more, its load balancers go while their controllers run, then
 * its nodes; what hangs on it is looked for; then groups and profiles go, and the cluster.
 */
final class Deletion {

    static final String PHASE = "delete-first";

    private static final String NOT_MADE_AGAIN = "not made again: EKS forgets what it was made of";

    private Deletion() {}

    static Phase of(View first, Entries entries, List<TargetFront> shared, Step emptyFirst) {
        Cluster cluster = first.cluster();
        List<String> groups = first.nodeGroups().stream()
                .filter(g -> g.kind() != NodeGroup.Kind.KARPENTER)
                .map(NodeGroup::name)
                .toList();
        CheckFirst look = new CheckFirst(cluster.name(), groups, cluster.fargateProfiles());
        List<Step> steps = new ArrayList<>();
        if (!entries.named().isEmpty()) {
            steps.add(StepDraft.of(
                    "drop-names",
                    new DropNames(entries.named(), cluster.name()),
                    "Route 53 answers by records of weight 0 when all others are unhealthy, and the first cluster's are to lead to nothing",
                    entries.keys().stream()
                            .map(key -> Part.DNS_RECORDS + "/" + key)
                            .toList(),
                    "the records are made again, of weight 0"));
        }
        steps.addAll(balancers(first));
        if (!shared.isEmpty()) {
            steps.add(StepDraft.of(
                            "delete-targets",
                            new DeleteTargets(shared),
                            "no load balancer is left that could forward to them",
                            List.of(),
                            "")
                    .withoutReturn("the load balancers that forwarded to them are gone"));
        }
        steps.add(emptyFirst);
        steps.add(check(
                "check-first",
                look,
                "EKS deletes neither load balancers nor volumes with a cluster, and whoever made them is gone then"));
        groups.forEach(group -> steps.add(StepDraft.of(
                        "delete-group-" + group,
                        new RemoveNodeGroup(group),
                        "EKS deletes no cluster that has node groups",
                        List.of(Part.NODE_GROUPS + "/" + group),
                        "")
                .withoutReturn(NOT_MADE_AGAIN)));
        if (!cluster.fargateProfiles().isEmpty()) {
            steps.add(StepDraft.of(
                            "delete-profiles",
                            new DeleteProfiles(cluster.fargateProfiles()),
                            "EKS deletes no cluster that has Fargate profiles",
                            touches(cluster),
                            "")
                    .withoutReturn(NOT_MADE_AGAIN));
        }
        steps.add(check("check-first-again", look, "what came up while groups went would go with the cluster"));
        steps.add(StepDraft.of(
                        "delete-first",
                        new DeleteFirst(cluster.name()),
                        "a control plane is paid for whether anybody uses it or not",
                        touches(cluster),
                        "")
                .withoutReturn("the cluster is gone with everything that was in it"));
        return new Phase(PHASE, steps);
    }

    /** One step for what nobody holds and one for each kind of owner, who would bring it back. */
    private static List<Step> balancers(View first) {
        Map<String, List<Front>> byHolder = new TreeMap<>();
        for (Front front : new FirstBalancers(first).fronts()) {
            String holder = front.owner().insists() ? "-" + front.owner().kind() : "";
            byHolder.computeIfAbsent(holder, h -> new ArrayList<>()).add(front);
        }
        List<Step> steps = new ArrayList<>();
        byHolder.forEach((holder, fronts) -> steps.add(StepDraft.of(
                        "delete-balancers" + holder,
                        new DeleteBalancers(fronts.stream().map(Front::key).toList()),
                        "EKS deletes no load balancer with a cluster, and the controllers that do end with the nodes",
                        fronts.stream().map(Front::touched).toList(),
                        "")
                .withoutReturn("not made again: load balancers would get other names, to which no record leads")));
        return steps;
    }

    private static Step check(String id, CheckFirst look, String why) {
        return StepDraft.of(id, look, why, List.of(), "nothing to take back: it only looks");
    }

    private static List<String> touches(Cluster cluster) {
        return List.of(Part.CLUSTER + "/" + cluster.name());
    }
}

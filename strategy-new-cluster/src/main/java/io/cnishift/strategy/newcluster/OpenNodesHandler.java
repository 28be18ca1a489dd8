package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.AuthorizeIngress;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.act.RevokeIngress;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Adds the rules that are missing, under a description by which they are found again, in whichever step. */
final class OpenNodesHandler implements StepHandler<OpenNodes> {

    @Override
    public StepOutcome next(View view, OpenNodes params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            List<Act> acts = new ArrayList<>(missing(view, second, params, progress));
            missing(second, view, params, progress).forEach(act -> acts.add(new OnSecond(act)));
            return acts.isEmpty()
                    ? Outcomes.done("nodes of both clusters admit each other")
                    : Outcomes.perform("letting nodes of both clusters reach each other", acts, progress);
        });
    }

    /** What lets the nodes of the one be reached by those of the other. */
    private static List<Act> missing(View to, View from, OpenNodes params, Progress progress) {
        // nodes of several kinds may have one group in common, whose rules are made once
        Map<String, Set<SecurityGroup.Rule>> rules = new TreeMap<>();
        for (Set<String> receiver : groups(to)) {
            for (Set<String> sender : groups(from)) {
                params.openings().stream()
                        .filter(opening -> !admits(to, receiver, sender, opening))
                        .forEach(opening -> rules.computeIfAbsent(one(to, receiver), g -> new LinkedHashSet<>())
                                .add(rule(opening, one(from, sender), progress)));
            }
        }
        return rules.entrySet().stream()
                .<Act>map(e -> new AuthorizeIngress(e.getKey(), List.copyOf(e.getValue()), MadeTags.of(progress)))
                .toList();
    }

    private static SecurityGroup.Rule rule(OpenNodes.Opening opening, String peer, Progress progress) {
        return new SecurityGroup.Rule(
                "", opening.protocol(), opening.from(), opening.to(), peer, description(progress) + opening.what());
    }

    private static String description(Progress progress) {
        return "cnishift " + progress.migration() + ": ";
    }

    private static List<Set<String>> groups(View view) {
        return view.all(Part.INSTANCES, Instance.class).stream()
                .<Set<String>>map(i -> new TreeSet<>(i.securityGroups()))
                .filter(groups -> !groups.isEmpty())
                .distinct()
                .toList();
    }

    /** The groups that get rules, so that nodes of the cluster admit others. */
    static List<String> receivers(View view) {
        return groups(view).stream().map(groups -> one(view, groups)).distinct().toList();
    }

    /**
     * One that is marked as the nodes' own. Else that of the cluster, which the control plane's interfaces have too: another one may be shared
     * with what is no node of it.
     */
    private static String one(View view, Set<String> groups) {
        String cluster = view.cluster().clusterSecurityGroup();
        return groups.stream()
                .filter(id -> !id.equals(cluster) && owned(view, id))
                .findFirst()
                .orElseGet(() ->
                        groups.contains(cluster) ? cluster : groups.iterator().next());
    }

    private static boolean owned(View view, String group) {
        String mark = "kubernetes.io/cluster/" + view.cluster().name();
        return view.get(Part.SECURITY_GROUPS, SecurityGroup.class, group)
                .filter(g -> "owned".equals(g.tags().get(mark)))
                .isPresent();
    }

    private static boolean admits(View to, Set<String> receiver, Set<String> sender, OpenNodes.Opening opening) {
        return receiver.stream()
                .flatMap(id -> to.get(Part.SECURITY_GROUPS, SecurityGroup.class, id).stream())
                .flatMap(group -> group.ingress().stream())
                .filter(rule -> rule.covers(opening.protocol(), opening.from()))
                .anyMatch(rule -> sender.contains(rule.peer()) || everybody(to, rule.peer()));
    }

    private static boolean everybody(View view, String peer) {
        return peer.contains("/")
                && !peer.contains(":")
                && view.vpc().cidrs().stream()
                        .allMatch(block -> Cidr.parse(peer).contains(block.cidr()));
    }

    @Override
    public StepOutcome back(View view, OpenNodes params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            Map<String, Act> acts = new LinkedHashMap<>();
            ours(second, progress).forEach((group, act) -> acts.put(group, new OnSecond(act)));
            // both are of one VPC; what both views show is taken away once
            acts.putAll(ours(view, progress));
            return acts.isEmpty()
                    ? Outcomes.done("no rule of ours is left between nodes of both clusters")
                    : Outcomes.perform(
                            "closing " + Count.of(acts.size(), "security group"), List.copyOf(acts.values()), progress);
        });
    }

    private static Map<String, Act> ours(View view, Progress progress) {
        Map<String, Act> acts = new TreeMap<>();
        view.all(Part.SECURITY_GROUPS, SecurityGroup.class).forEach(group -> {
            List<SecurityGroup.Rule> rules = group.ingress().stream()
                    .filter(rule -> rule.description().startsWith(description(progress)))
                    .toList();
            if (!rules.isEmpty()) {
                acts.put(group.id(), new RevokeIngress(group.id(), rules));
            }
        });
        return acts;
    }

    @Override
    public Optional<String> holdsUntil(OpenNodes params) {
        return Optional.of(MeshPlan.LEAVE);
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.CLUSTER, Part.SECURITY_GROUPS, Part.INSTANCES, Part.VPC);
    }
}

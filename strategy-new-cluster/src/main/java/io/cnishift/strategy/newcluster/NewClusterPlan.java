package io.cnishift.strategy.newcluster;

import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Volume;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.plan.SecondCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The phases of a move to a second cluster: made where there is none, copied, proven, given the traffic share by share, kept for a while, and only then the
 * first one goes to zero. Every phase can be taken back but the deletion of the first, which is planned only where it is asked for.
 *
 * <p>What has volumes that only one cluster can have moves as late as possible, when all else is proven. From then on the first cluster
 * is without it, so that all clients are moved at once.
 */
final class NewClusterPlan {

    private static final List<Integer> SHARES = List.of(5, 25, 50, 100);
    private static final int PASSES = 3;
    private static final String LOOKS_ONLY = "nothing to take back: it only looks";

    private final View first;
    private final View second;
    private final List<Phase> making;
    private final NewClusterOptions options;
    private final List<String> namespaces;
    private final Entries entries;
    private final TargetShift targets;
    private final List<String> urls;
    private final ClaimedVolumes volumes;
    private final List<Workload> movers;

    /**
     * A plan for two clusters.
     *
     * @param making the phases that make the second one, which is then only foreseen; none when it exists
     */
    NewClusterPlan(View first, View second, List<Phase> making, NewClusterOptions options) {
        this.first = first;
        this.second = second;
        this.making = List.copyOf(making);
        this.options = options;
        this.namespaces = new Inventory(first).namespaces();
        this.entries = Entries.of(first, namespaces);
        this.targets = TargetShift.of(first, second, namespaces, entries, options.shift());
        this.urls = entries.urls(namespaces, service -> true);
        this.volumes = new ClaimedVolumes(first, namespaces);
        this.movers = copies() ? volumes.movers() : List.of();
    }

    List<Phase> phases() {
        List<Phase> phases = new ArrayList<>();
        if (making.isEmpty()) {
            phases.add(new Phase("preflight", List.of(StepDraft.preflight(), check(namespaces))));
        } else {
            phases.add(new Phase("preflight", List.of(StepDraft.preflight())));
            phases.addAll(making);
        }
        phases.add(new Phase("copy", copy()));
        Optional<MeshPlan> mesh =
                options.mesh() ? Optional.of(new MeshPlan(first, second, options, namespaces)) : Optional.empty();
        mesh.ifPresent(m -> phases.add(new Phase("mesh", m.join())));
        phases.add(new Phase("prove", List.of(prove())));
        if (!movers.isEmpty()) {
            phases.add(new Phase("move-state", List.of(moveState(), proveMoved())));
        }
        List<Entry> byName = entries.named(targets, false);
        if (!byName.isEmpty() || !targets.fronts().isEmpty()) {
            phases.add(new Phase(
                    "shift",
                    shares().stream().flatMap(share -> shifts(share, byName)).toList()));
        }
        phases.add(new Phase(SecondCluster.HOLD, hold()));
        if (options.retire() && entries.complete(second.cluster(), targets)) {
            List<Entry> led = entries.named(targets, true);
            if (!led.isEmpty()) {
                phases.add(new Phase("lead-names", List.of(lead(led), unbindTargets())));
            }
            mesh.ifPresent(m -> phases.add(new Phase(MeshPlan.LEAVE, m.leave())));
            phases.add(new Phase(SecondCluster.RETIRE, retire()));
            if (options.deleteBlue()) {
                phases.add(Deletion.of(first, entries, targets.fronts(), emptyFirst()));
            }
        }
        return phases;
    }

    private boolean copies() {
        return options.workloads() == NewClusterOptions.Workloads.COPY;
    }

    private List<Integer> shares() {
        return movers.isEmpty() ? SHARES : List.of(100);
    }

    static Step check(List<String> namespaces) {
        return looks(
                "check-second",
                new CheckSecond(namespaces),
                "what the second cluster lacks would be found out one object at a time");
    }

    private List<Step> copy() {
        List<Step> steps = new ArrayList<>();
        if (making.isEmpty()) {
            new TrustedIssuer(first, second, namespaces, options.trust()).step().ifPresent(steps::add);
        }
        if (copies()) {
            steps.addAll(copyAllButIngresses());
        }
        steps.add(looks(
                "await-workloads",
                new AwaitWorkloads(new Inventory(first)
                        .lasting(namespaces).stream()
                                .map(Workload::key)
                                .filter(key ->
                                        movers.stream().noneMatch(m -> m.key().equals(key)))
                                .toList()),
                "a load balancer that is made before there are pods begins with failing checks"));
        if (copies()) {
            steps.add(carry(
                    "copy-ingresses",
                    List.of("Ingress"),
                    new Carriage(first, second, namespaces).changes(),
                    "load balancers of the second cluster's own are made, to which no name leads yet"));
        }
        if (!targets.fronts().isEmpty()) {
            steps.add(makeTargets());
        }
        return steps;
    }

    private List<Step> copyAllButIngresses() {
        List<Step> steps = new ArrayList<>();
        Map<String, Map<String, Object>> changes = new Carriage(first, second, namespaces).changes();
        steps.add(carry(
                "copy-classes",
                Shared.KINDS,
                changes,
                "definitions come before what they define, and classes before what names them"));
        steps.add(carry("copy-namespaces", List.of("Namespace"), changes, "everything else is in one"));
        if (!making.isEmpty()) {
            steps.add(carry(
                    "copy-rights",
                    Inventory.RIGHTS,
                    changes,
                    "an operator does nothing without the rights that its cluster role gives it"));
        }
        steps.add(carry(
                "copy-settings",
                Inventory.SETTINGS,
                changes,
                "a pod does not start without the account, the settings and the secrets that it names"));
        steps.addAll(copyVolumes());
        steps.add(carry(
                "copy-workloads",
                Inventory.WORKLOADS,
                changes,
                "pods start while nobody calls them; CronJobs are suspended there until they are handed over"));
        steps.add(carry(
                "copy-services",
                List.of("Service"),
                changes,
                "each gets an address and node ports of the second cluster's own"));
        List<String> custom = Shared.customKinds(first, namespaces);
        if (!custom.isEmpty()) {
            steps.add(carry(
                    "copy-custom-resources",
                    custom,
                    changes,
                    "their controllers find what these name, and make none of it anew"));
        }
        steps.add(carry("copy-policies", Inventory.POLICIES, changes, "they guard what is there by now"));
        return steps;
    }

    private Step carry(String id, List<String> kinds, Map<String, Map<String, Object>> changes, String why) {
        Map<String, Map<String, Object>> theirs = new TreeMap<>();
        changes.forEach((key, change) -> {
            if (kinds.contains(key.substring(0, key.indexOf('/')))) {
                theirs.put(key, change);
            }
        });
        return StepDraft.of(
                id,
                new CarryObjects(namespaces, kinds, theirs),
                why,
                List.of(StepDraft.SECOND),
                "what it copied is deleted in the second cluster; what was there before stays");
    }

    private List<Step> copyVolumes() {
        if (volumes.carried().isEmpty()) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        List<String> kept = volumes.carried().stream().map(Volume::name).toList();
        steps.add(StepDraft.of(
                "keep-volumes",
                new KeepVolumes(kept),
                "a claim that is deleted by mistake must not take the data of both clusters with it",
                touches(Part.VOLUMES, kept),
                "the reclaim policies of before"));
        List<CarriedVolume> early =
                volumes.early().stream().map(CarriedVolume::of).toList();
        if (!early.isEmpty()) {
            steps.add(StepDraft.of(
                    "copy-volumes",
                    new CarryVolumes(early),
                    "file systems that both clusters mount at once, and disks that nobody uses",
                    List.of(StepDraft.SECOND),
                    "claims and volumes of the second cluster are deleted; the data stays"));
        }
        return steps;
    }

    private Step moveState() {
        return StepDraft.of(
                "move-state",
                new MoveState(
                        movers.stream()
                                .map(w -> new MoveState.Mover(w.key(), w.desired()))
                                .toList(),
                        volumes.late().stream().map(CarriedVolume::of).toList()),
                "a disk is attached to one node: its workload ends here before it begins there",
                touchesBoth(Part.WORKLOADS, movers.stream().map(Workload::key).toList()),
                "ended in the second cluster, begun in the first with what was written meanwhile");
    }

    private Step prove() {
        return looks("prove-second", proof(this::staysUp), "no client is sent where nobody has tried");
    }

    private Step proveMoved() {
        return looks(
                "prove-moved", proof(service -> true), "what was moved with its volumes has not been tried there yet");
    }

    private ProveSecond proof(Predicate<String> awaited) {
        List<String> services = new Inventory(first)
                .serving(namespaces).stream().map(Service::key).filter(awaited).toList();
        return new ProveSecond(services, entries.urls(namespaces, awaited), PASSES);
    }

    /** Whether a Service leads to something else than what moves with its volumes. */
    private boolean staysUp(String service) {
        return first.service(service)
                .filter(s -> movers.stream()
                        .anyMatch(m -> m.namespace().equals(s.namespace())
                                && m.templateLabels()
                                        .entrySet()
                                        .containsAll(s.selector().entrySet())))
                .isEmpty();
    }

    private Stream<Step> shifts(int percent, List<Entry> byName) {
        List<Step> steps = new ArrayList<>();
        String why = percent == 100
                ? "all clients go to the second cluster, and the first one still stands"
                : percent + " % of the clients show what the smoke test did not, and the others are spared";
        if (!byName.isEmpty()) {
            steps.add(names("shift-" + percent, byName, percent, why));
        }
        if (!targets.fronts().isEmpty()) {
            steps.add(StepDraft.of(
                    "shift-targets-" + percent,
                    new ShiftTargets(targets.fronts(), percent, options.soak(), urls),
                    why,
                    touches(
                            Part.INGRESSES,
                            targets.fronts().stream()
                                    .map(TargetFront::ingress)
                                    .distinct()
                                    .toList()),
                    "the weights of before, within seconds"));
        }
        return steps.stream();
    }

    /** Both load balancers lead to the second cluster by then, so that nothing depends on who goes by which answer. */
    private Step lead(List<Entry> led) {
        return names(
                "lead-names",
                led,
                100,
                "the first cluster's load balancers are kept by its controller, which ends with its nodes");
    }

    private Step names(String id, List<Entry> named, int percent, String why) {
        return StepDraft.of(
                id,
                new ShiftNames(named, first.cluster().name(), second.cluster().name(), percent, options.soak(), urls),
                why,
                touches(Part.DNS_RECORDS, entries.keys(named)),
                "the weights of before; then until no resolver knows others");
    }

    private Step makeTargets() {
        return StepDraft.of(
                MakeTargets.STEP,
                new MakeTargets(targets.fronts()),
                "a target group belongs to one load balancer, so those of the second cluster's own load balancers cannot be shared",
                List.of(StepDraft.SECOND),
                "target groups and their bindings are deleted");
    }

    private Step unbindTargets() {
        return StepDraft.of(
                "unbind-targets",
                new UnbindTargets(targets.fronts()),
                "nobody comes by the first cluster's load balancers any more, and no rule of the second one's nodes is to name their security"
                        + " groups when they go",
                List.of(StepDraft.SECOND),
                "bound again, and until targets are healthy");
    }

    private List<Step> hold() {
        List<Step> steps = new ArrayList<>();
        List<String> cronJobs = new Carriage(first, second, namespaces).cronJobs(true);
        if (!cronJobs.isEmpty()) {
            steps.add(StepDraft.of(
                    "hand-over-cron-jobs",
                    new HandOverJobs(cronJobs),
                    "none may run in both clusters",
                    touchesBoth(
                            Part.WORKLOADS,
                            cronJobs.stream().map(key -> "CronJob/" + key).toList()),
                    "suspended in the second cluster, then let run in the first"));
        }
        steps.add(looks(
                "keep-both",
                new KeepBoth(options.hold(), urls),
                "what shows only after hours shows while going back is a change of weights"));
        return steps;
    }

    private List<Step> retire() {
        List<Step> steps = new ArrayList<>(new Stops(first, namespaces).steps());
        if (options.deleteBlue()) {
            steps.add(looks(
                    "check-volumes",
                    new CheckVolumes(first.cluster().name()),
                    "drivers, which alone carry and delete volumes, end with the nodes"));
        } else {
            steps.add(emptyFirst());
        }
        return steps;
    }

    private Step emptyFirst() {
        List<String> groups = first.nodeGroups().stream()
                .filter(g -> g.kind() != NodeGroup.Kind.KARPENTER)
                .map(NodeGroup::name)
                .toList();
        return StepDraft.of(
                "empty-first",
                new EmptyGroups(groups),
                "nodes without work are paid for; groups"
                        + (options.deleteBlue() ? "" : ", load balancers")
                        + " and the cluster stay",
                touches(Part.NODE_GROUPS, groups),
                "sizes as before, and until all nodes are ready again");
    }

    private static List<String> touches(Part part, List<String> keys) {
        return keys.stream().map(key -> part + "/" + key).toList();
    }

    /** The same, and what is changed in the second cluster besides. */
    private static List<String> touchesBoth(Part part, List<String> keys) {
        return Stream.concat(touches(part, keys).stream(), Stream.of(StepDraft.SECOND))
                .toList();
    }

    private static Step looks(String id, Record params, String why) {
        return StepDraft.of(id, params, why, List.of(), LOOKS_ONLY);
    }
}

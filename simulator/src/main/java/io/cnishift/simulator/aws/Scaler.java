package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.simulator.SimClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Brings groups to their wanted size, as {@link AutoScaling} says. */
final class Scaler {

    private static final Duration REACTION = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LAUNCHES = Duration.ofSeconds(3);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(60);
    private static final Duration LAST_RETRY = Duration.ofMinutes(10);
    static final String FAILED = "AsgInstanceLaunchFailures: ";

    private final Set<String> due = new HashSet<>();
    private final Map<String, Duration> retry = new HashMap<>();
    private final Map<String, Instant> notBefore = new HashMap<>();

    private final Cloud cloud;
    private final Ec2 ec2;
    private final SimClock clock;

    Scaler(Cloud cloud, Ec2 ec2, SimClock clock) {
        this.cloud = Objects.requireNonNull(cloud, "cloud");
        this.ec2 = Objects.requireNonNull(ec2, "ec2");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** A group or an instance of one changed, perhaps. */
    void heard(Change change) {
        if (change.part() == Part.NODE_GROUPS) {
            later(change.key());
        } else if (change.part() == Part.INSTANCES) {
            change.now().map(Instance.class::cast).flatMap(Instance::nodeGroup).ifPresent(this::later);
        }
    }

    /** Looks after that group soon. */
    void later(String group) {
        later(group, REACTION);
    }

    /** Subnets in the order in which a launch tries them. */
    static List<Subnet> byBalance(Cloud cloud, NodeGroup group) {
        Map<String, Long> perZone = perZone(cloud, group);
        return group.subnets().stream()
                .map(cloud.view()::subnet)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing((Subnet s) -> perZone.getOrDefault(s.availabilityZone(), 0L))
                        .thenComparing(Subnet::availabilityZone)
                        .thenComparing(
                                Comparator.comparing(Subnet::freeAddresses).reversed())
                        .thenComparing(Subnet::id))
                .toList();
    }

    /** Live instances per zone. */
    static Map<String, Long> perZone(Cloud cloud, NodeGroup group) {
        Map<String, Long> counts = new HashMap<>();
        live(cloud, group).forEach(i -> counts.merge(i.availabilityZone(), 1L, Long::sum));
        return counts;
    }

    /** The instances that count for the wanted size. */
    static List<Instance> live(Cloud cloud, NodeGroup group) {
        return cloud.view().instancesOf(group.name()).stream().filter(Ec2::live).toList();
    }

    private void later(String group, Duration delay) {
        if (due.add(group)) {
            clock.after(delay, () -> {
                due.remove(group);
                cloud.group(group).ifPresent(this::settle);
            });
        }
    }

    private void settle(NodeGroup group) {
        boolean unborn =
                group.status().equals("CREATING") && group.autoScalingGroup().isEmpty();
        if (unborn || group.kind() == NodeGroup.Kind.KARPENTER) {
            return;
        }
        List<Instance> live = live(cloud, group).stream().filter(ec2::staying).toList();
        boolean deleting = group.status().equals("DELETING");
        List<Instance> running =
                live.stream().filter(i -> i.state().equals("running")).toList();
        if (live.size() < group.desiredSize()
                && !deleting
                && !group.suspendedProcesses().contains("Launch")) {
            launch(group);
        } else if (running.size() > group.desiredSize()
                && !group.suspendedProcesses().contains("Terminate")) {
            victim(group, running).ifPresent(v -> ec2.terminate(v.id()));
        }
    }

    private void launch(NodeGroup group) {
        if (notBefore.getOrDefault(group.name(), clock.now()).isAfter(clock.now())) {
            return;
        }
        List<String> errors = new ArrayList<>();
        for (Subnet subnet : byBalance(cloud, group)) {
            Ec2.Launched launched = ec2.launch(group, subnet);
            if (launched.instance().isPresent()) {
                retry.remove(group.name());
                withIssues(group, List.of());
                later(group.name(), BETWEEN_LAUNCHES);
                return;
            }
            errors.add(FAILED + launched.error());
        }
        Duration delay = retry.getOrDefault(group.name(), FIRST_RETRY);
        Duration doubled = delay.multipliedBy(2);
        retry.put(group.name(), doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY);
        notBefore.put(group.name(), clock.now().plus(delay));
        withIssues(group, errors);
        clock.after(delay, () -> later(group.name(), Duration.ZERO));
    }

    /** Puts what launches say into the issues of the group, in place of what earlier ones said. */
    private void withIssues(NodeGroup group, List<String> errors) {
        NodeGroup now = cloud.group(group.name()).orElse(group);
        List<String> issues = new ArrayList<>(now.issues());
        issues.removeIf(i -> i.startsWith(FAILED));
        issues.addAll(errors);
        if (!issues.equals(now.issues())) {
            cloud.put(GroupEdit.of(now).issues(issues).build());
        }
    }

    private Optional<Instance> victim(NodeGroup group, List<Instance> live) {
        Map<String, Long> perZone = perZone(cloud, group);
        return live.stream()
                .filter(i -> !i.protectedFromScaleIn())
                .min(Comparator.comparing((Instance i) -> -perZone.getOrDefault(i.availabilityZone(), 0L))
                        .thenComparing(i -> i.launchTemplateVersion().orElse(0))
                        .thenComparing(Instance::launchedAt)
                        .thenComparing(Instance::id));
    }
}

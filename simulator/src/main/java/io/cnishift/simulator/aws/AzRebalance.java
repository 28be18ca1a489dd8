package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Auto Scaling evens out the zones of a group: when one has two instances fewer than another, it launches one there and then
 * ends one where there are most, without asking any disruption budget. Off while the process AZRebalance, Launch or
 * Terminate is suspended.
 */
public final class AzRebalance implements Behaviour {

    private static final Duration DELAY = Duration.ofMinutes(5);
    private static final int TOLERATED = 1;
    private static final List<String> PROCESSES = List.of("AZRebalance", "Launch", "Terminate");

    private final Set<String> due = new HashSet<>();

    @Override
    public String id() {
        return "az-rebalance";
    }

    @Override
    public String source() {
        return "EC2 Auto Scaling user guide: rebalancing activities; domain.md 9.5";
    }

    @Override
    public void install(Kernel kernel) {
        Cloud cloud = Cloud.of(kernel);
        cloud.listen(change -> {
            if (change.part() == Part.INSTANCES) {
                change.now()
                        .map(Instance.class::cast)
                        .flatMap(Instance::nodeGroup)
                        .ifPresent(g -> later(kernel, g));
            }
        });
    }

    private void later(Kernel kernel, String name) {
        if (due.add(name)) {
            kernel.clock().after(DELAY, () -> {
                due.remove(name);
                Cloud cloud = Cloud.of(kernel);
                cloud.group(name).ifPresent(g -> rebalance(cloud, Ec2.of(kernel), g));
            });
        }
    }

    private static void rebalance(Cloud cloud, Ec2 ec2, NodeGroup group) {
        boolean off = group.suspendedProcesses().stream().anyMatch(PROCESSES::contains);
        List<Instance> live = Scaler.live(cloud, group);
        if (off || group.kind() == NodeGroup.Kind.KARPENTER || live.size() != group.desiredSize()) {
            return;
        }
        Map<String, Long> perZone = Scaler.perZone(cloud, group);
        List<Subnet> order = Scaler.byBalance(cloud, group);
        Set<String> zones = new TreeSet<>();
        order.forEach(s -> zones.add(s.availabilityZone()));
        long most =
                zones.stream().mapToLong(z -> perZone.getOrDefault(z, 0L)).max().orElse(0);
        long least =
                zones.stream().mapToLong(z -> perZone.getOrDefault(z, 0L)).min().orElse(0);
        if (most - least > TOLERATED) {
            // one too many now: the scaling itself ends one where there are most
            ec2.launch(group, order.get(0));
        }
    }
}

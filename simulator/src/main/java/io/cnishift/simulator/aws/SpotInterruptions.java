package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.FaultValue;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.kube.PodIndexes;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * EC2 takes Spot instances back, where the fault {@code spot-interruption=SHARE} is asked for: in each hour of its life an instance
 * of a Spot group or NodePool is hit with that chance, at any time of the hour. It gets a notice, and two minutes later it ends,
 * whatever runs on it. Without that fault capacity is never short.
 */
public final class SpotInterruptions implements Behaviour {

    static final String FAULT = "spot-interruption";

    private static final int HOUR = 3600;
    /** An instance that does not run yet gets no notice. */
    private static final int LEAST = 60;

    private static final int NAMED = 10;

    @Override
    public String id() {
        return "spot-interruptions";
    }

    @Override
    public String source() {
        return "EC2 user guide: Spot Instance interruption notices";
    }

    @Override
    public void install(Kernel kernel) {
        Optional.ofNullable(kernel.settings().faults().get(FAULT))
                .map(text -> new FaultValue(FAULT, text).share())
                .ifPresent(share -> new Fate(kernel, share).begin());
    }

    /** Decides over the instances of one world. */
    private record Fate(Kernel kernel, double share, RandomGenerator random, Set<String> seen) {

        Fate(Kernel kernel, double share) {
            this(kernel, share, kernel.random(FAULT), new HashSet<>());
        }

        void begin() {
            Cloud cloud = Cloud.of(kernel);
            cloud.view().all(Part.INSTANCES, Instance.class).stream()
                    .filter(Ec2::live)
                    .filter(i -> seen.add(i.id()))
                    .forEach(this::hour);
            cloud.listen(change -> launched(change).ifPresent(this::hour));
        }

        private Optional<Instance> launched(Change change) {
            return change.part() == Part.INSTANCES
                    ? change.now().map(Instance.class::cast).filter(i -> seen.add(i.id()))
                    : Optional.empty();
        }

        /** The next hour of an instance. */
        private void hour(Instance instance) {
            boolean spot = instance.nodeGroup()
                    .flatMap(Cloud.of(kernel)::group)
                    .map(NodeGroup::capacityType)
                    .filter("spot"::equals)
                    .isPresent();
            if (!spot) {
                return;
            }
            boolean hit = random.nextDouble() < share;
            int second = LEAST + random.nextInt(HOUR - LEAST);
            kernel.clock()
                    .after(
                            Duration.ofSeconds(hit ? second : HOUR),
                            () -> Cloud.of(kernel)
                                    .instance(instance.id())
                                    .filter(Ec2::live)
                                    .ifPresent(hit ? this::reclaim : this::hour));
        }

        private void reclaim(Instance instance) {
            String node = NodeTree.name(kernel.snapshot(), instance);
            note(instance, "got its notice with ", node);
            // asked for before the end of the instance, which runs in the same order
            kernel.clock().after(Ec2.NOTICE, () -> lost(instance, node));
            Ec2.of(kernel).reclaim(instance.id());
        }

        /** What an instance takes along that was not drained in time. */
        private void lost(Instance instance, String node) {
            if (Cloud.of(kernel).instance(instance.id()).filter(Ec2::live).isPresent()) {
                note(instance, "ended with ", node);
            }
        }

        private void note(Instance instance, String what, String node) {
            List<String> pods = PodIndexes.of(kernel).on(node).stream()
                    .filter(p -> !Pods.finished(p) && !NodeDrain.ofDaemon(p))
                    .map(Fate::key)
                    .sorted()
                    .toList();
            String named = pods.stream().limit(NAMED).collect(Collectors.joining(", "))
                    + (pods.size() > NAMED ? " and " + (pods.size() - NAMED) + " more" : "");
            kernel.injected()
                    .note(
                            FAULT,
                            "instance " + instance.id() + " (" + node + ") " + what
                                    + (pods.isEmpty() ? "no pod but daemons" : named));
        }

        private static String key(Map<String, Object> pod) {
            return ObjectKey.of(pod).namespace() + "/" + ObjectKey.of(pod).name();
        }
    }
}

package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodeGroup.CapacityReservation;
import io.cnishift.api.cluster.NodeGroup.LaunchTemplate;
import io.cnishift.api.cluster.Part;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A group whose launch template names a capacity reservation launches into it and nowhere else: when all its instances are in
 * use the launch fails. An instance gives its place back when it is terminated, not when its end begins. Groups that name one
 * reservation share it.
 */
final class ReservedCapacity implements Behaviour {

    @Override
    public String id() {
        return "reserved-capacity";
    }

    @Override
    public String source() {
        return "EC2 user guide: launch into a targeted Capacity CapacityReservation; EC2 error codes: ReservationCapacityExceeded";
    }

    @Override
    public void install(Kernel kernel) {
        Cloud cloud = Cloud.of(kernel);
        Account account = new Account(cloud);
        cloud.listen(account::heard);
        Ec2.of(kernel).refuseLaunches((group, subnet) -> account.refusal(group));
    }

    private static Optional<CapacityReservation> reservation(NodeGroup group) {
        return group.launchTemplate().flatMap(LaunchTemplate::reservation);
    }

    /** Who holds which place, and how many are free. */
    private static final class Account {

        private final Cloud cloud;
        private final Map<String, Integer> free = new HashMap<>();
        private final Map<String, String> held = new HashMap<>();

        Account(Cloud cloud) {
            this.cloud = cloud;
            for (NodeGroup group : cloud.view().nodeGroups()) {
                reservation(group).ifPresent(r -> {
                    r.free().ifPresent(count -> free.put(r.id(), count));
                    cloud.view().instancesOf(group.name()).stream()
                            .filter(Account::holds)
                            .forEach(i -> held.put(i.id(), r.id()));
                });
            }
        }

        Optional<String> refusal(NodeGroup group) {
            return reservation(group)
                    .map(CapacityReservation::id)
                    .filter(id -> free.getOrDefault(id, Integer.MAX_VALUE) <= 0)
                    .map(id -> "ReservationCapacityExceeded: the requested reservation " + id
                            + " does not have sufficient compatible and available capacity for this request");
        }

        void heard(Change change) {
            if (change.part() == Part.INSTANCES) {
                Optional<Instance> holder =
                        change.now().map(Instance.class::cast).filter(Account::holds);
                holder.ifPresentOrElse(this::take, () -> giveBack(change.key()));
            } else if (change.part() == Part.NODE_GROUPS) {
                change.now().map(NodeGroup.class::cast).ifPresent(this::tell);
            }
        }

        private static boolean holds(Instance instance) {
            return !instance.state().equals("terminated") && !instance.state().equals("stopped");
        }

        private void take(Instance instance) {
            if (!held.containsKey(instance.id())) {
                instance.nodeGroup()
                        .flatMap(cloud::group)
                        .flatMap(ReservedCapacity::reservation)
                        .ifPresent(r -> {
                            held.put(instance.id(), r.id());
                            count(r.id(), -1);
                        });
            }
        }

        private void giveBack(String instance) {
            Optional.ofNullable(held.remove(instance)).ifPresent(id -> count(id, 1));
        }

        private void count(String id, int change) {
            free.computeIfPresent(id, (reservation, now) -> now + change);
            cloud.view().nodeGroups().stream().toList().forEach(this::tell);
        }

        /** Writes into a group what is free, where it says something else. */
        private void tell(NodeGroup group) {
            group.launchTemplate()
                    .ifPresent(t -> t.reservation()
                            .flatMap(r -> Optional.ofNullable(free.get(r.id())))
                            .ifPresent(left -> cloud.put(GroupEdit.of(group)
                                    .launchTemplate(with(t, left))
                                    .build())));
        }

        private static LaunchTemplate with(LaunchTemplate template, int free) {
            CapacityReservation reservation = template.reservation().orElseThrow();
            return new LaunchTemplate(
                    template.id(),
                    template.name(),
                    template.version(),
                    template.imageId(),
                    template.userData(),
                    template.hopLimit(),
                    template.tokensRequired(),
                    template.securityGroups(),
                    Optional.of(new CapacityReservation(reservation.id(), OptionalInt.of(free))));
        }
    }
}

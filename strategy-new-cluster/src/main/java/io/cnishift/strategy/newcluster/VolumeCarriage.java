package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CarryObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Volume;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The objects of the second cluster for volumes that the first one made.
 *
 * <ol>
 *   <li>There: a PersistentVolume of the same name, with the same handle and policy Retain, meant for a claim of the same name; then that
 *       claim, which names the volume; then until both are bound.
 *   <li>Gone: the claim, then the volume, which is released by then. Its policy keeps the data, which the first cluster has a
 *       volume for.
 * </ol>
 *
 * No claim is made or deleted for a volume there that has another policy, whoever made it or changed it.
 */
record VolumeCarriage(View second, List<CarriedVolume> volumes, Progress progress) {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** What is left to be done until every claim has its volume; empty when all have. */
    Optional<StepOutcome> there() {
        List<CarryObject> due = new ArrayList<>();
        List<String> unbound = new ArrayList<>();
        for (CarriedVolume carried : volumes) {
            Optional<Volume> volume = volume(carried);
            if (volume.filter(v -> !v.handle().equals(carried.handle())).isPresent()) {
                return Optional.of(new StepOutcome.Failed(
                        "PersistentVolume " + carried.volume() + " of the second cluster is another volume: "
                                + volume.get().handle(),
                        Disposition.ASK));
            }
            if (volume.filter(VolumeCarriage::perishable).isPresent()) {
                return Optional.of(notKept(volume.get()));
            }
            if (volume.isEmpty()) {
                due.add(new CarryObject(
                        ref(carried),
                        Map.of("spec", Map.of("persistentVolumeReclaimPolicy", KeepVolumesHandler.RETAIN))));
            } else if (!volume.get().claim().equals(Optional.of(carried.claim()))) {
                unbound.add(carried.claim());
                if (!taken(carried)) {
                    due.add(claim(carried));
                }
            }
        }
        if (!due.isEmpty()) {
            return Optional.of(Outcomes.perform("claiming volumes for the second cluster", due, progress));
        }
        return unbound.isEmpty() ? Optional.empty() : Optional.of(waiting(unbound));
    }

    /** Whether its driver deletes the data once its claim, or the released volume itself, is deleted. */
    private static boolean perishable(Volume volume) {
        return !volume.reclaimPolicy().equals(KeepVolumesHandler.RETAIN);
    }

    private static StepOutcome notKept(Volume volume) {
        return Outcomes.blocked(
                Code.NOT_KEPT.of(
                        "PersistentVolume " + volume.name(),
                        "in the second cluster its reclaim policy is " + volume.reclaimPolicy() + ", so the data of "
                                + volume.handle() + " would go with its claim there",
                        "kubectl patch pv " + volume.name()
                                + " -p '{\"spec\":{\"persistentVolumeReclaimPolicy\":\"Retain\"}}' in the second cluster, then resume"));
    }

    private StepOutcome waiting(List<String> unbound) {
        boolean late = !progress.now().isBefore(progress.underWaySince().plus(PATIENCE));
        return late
                ? Outcomes.blocked(Code.CLAIM_UNBOUND.of(
                        "PersistentVolumeClaim " + unbound.get(0),
                        "in the second cluster it does not get the volume of the first one",
                        "delete that claim there when nothing is in it, then resume"))
                : Outcomes.notYet(2, "claim " + unbound.get(0) + " has not got its volume in the second cluster yet");
    }

    /** Whether there is a claim of that name which somebody else made, and which this step has to leave alone. */
    private boolean taken(CarriedVolume carried) {
        CarryObject act = claim(carried);
        return progress.last(CarryObject.class, act.target())
                .filter(e -> !e.at().isBefore(progress.underWaySince()))
                .filter(e -> e.result().fold(done -> false, refused -> refused.reason() == Reason.EXISTS))
                .isPresent();
    }

    /** What is left to be done until what this step made is gone; empty when it is. */
    Optional<StepOutcome> gone() {
        Optional<Volume> perishable = volumes.stream()
                .filter(c -> made(claim(c)) || made(CarryObject.of(ref(c))))
                .flatMap(c -> volume(c).stream())
                .filter(VolumeCarriage::perishable)
                .findFirst();
        if (perishable.isPresent()) {
            return perishable.map(VolumeCarriage::notKept);
        }
        List<Act> due = new ArrayList<>();
        volumes.stream()
                .map(VolumeCarriage::claim)
                .filter(this::made)
                .map(claim -> deletion(claim.object()))
                .filter(act -> !done(act))
                .forEach(due::add);
        if (due.isEmpty()) {
            for (CarriedVolume carried : volumes) {
                if (volume(carried).flatMap(Volume::claim).isPresent()) {
                    return Optional.of(
                            Outcomes.notYet(2, "claim " + carried.claim() + " has yet to let its volume go"));
                }
                if (volume(carried).isPresent() && made(CarryObject.of(ref(carried)))) {
                    due.add(deletion(ref(carried)));
                }
            }
        }
        return due.isEmpty()
                ? Optional.empty()
                : Optional.of(Outcomes.perform("removing claims and volumes of the second cluster", due, progress));
    }

    private boolean done(OnSecond act) {
        return progress.all(OnSecond.class).stream()
                .anyMatch(e -> e.act().equals(act) && e.result().done());
    }

    /** One of the volumes that a node of that cluster has, with the node. */
    static Optional<String> attached(View cluster, List<CarriedVolume> volumes) {
        return volumes.stream()
                .flatMap(c -> cluster.get(Part.VOLUMES, Volume.class, c.volume()).stream())
                .filter(v -> v.attachedTo().isPresent())
                .findFirst()
                .map(v -> v.handle() + " is attached to " + v.attachedTo().orElseThrow());
    }

    /** A volume is known by its handle and a claim by its volume, which are in the view; their UIDs are not. */
    private static OnSecond deletion(ObjectRef object) {
        return new OnSecond(new DeleteObject(object, Optional.empty()));
    }

    /** Whether this step made the object of that act. */
    private boolean made(CarryObject act) {
        return progress.all(CarryObject.class).stream()
                .filter(e -> ((CarryObject) e.act()).object().equals(act.object()))
                .filter(e -> e.before().isEmpty())
                .anyMatch(e -> Outcomes.mayBeDone(e.result()));
    }

    private Optional<Volume> volume(CarriedVolume carried) {
        return second.get(Part.VOLUMES, Volume.class, carried.volume());
    }

    private static ObjectRef ref(CarriedVolume carried) {
        return ObjectRef.of("v1", "PersistentVolume", carried.volume());
    }

    private static CarryObject claim(CarriedVolume carried) {
        int slash = carried.claim().indexOf('/');
        return new CarryObject(
                ObjectRef.of(
                        "v1",
                        "PersistentVolumeClaim",
                        carried.claim().substring(0, slash),
                        carried.claim().substring(slash + 1)),
                Map.of("spec", Map.of("volumeName", carried.volume())));
    }
}

package io.cnishift.engine.lock;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A lock in the cluster itself, for runs from any machine: a Lease of 60 seconds in kube-system.
 *
 * <ol>
 *   <li>Free, it is created, or taken at the version that was read: of two who try, one is refused.
 *   <li>Held, it is refused by the name of its holder.
 *   <li>Run out, it is refused too, unless this is to go on with what its holder left. A holder whose clock goes wrong still
 *       renews it, so one that ran out a short time ago is watched for as long as it lasts before it is taken over.
 * </ol>
 */
public final class LeaseLock implements Lock {

    /** No two machines that can both sign requests to AWS differ by more. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private final KubernetesPort port;
    private final TimeSource time;
    private final Optional<Consumer<String>> takeover;

    private LeaseLock(KubernetesPort port, TimeSource time, Optional<Consumer<String>> takeover) {
        this.port = Objects.requireNonNull(port);
        this.time = Objects.requireNonNull(time);
        this.takeover = Objects.requireNonNull(takeover);
    }

    /** The lock of the cluster behind that port. */
    public static LeaseLock of(KubernetesPort port, TimeSource time) {
        return new LeaseLock(port, time, Optional.empty());
    }

    /** The same for one who goes on with what another left: a Lease that ran out is taken over, and told in a sentence. */
    public LeaseLock takingOver(Consumer<String> told) {
        return new LeaseLock(port, time, Optional.of(told));
    }

    @Override
    public Held acquire(LockHolder who) {
        Map<String, Object> tree = Lease.tree(port);
        Optional<Lease> there = Lease.of(tree);
        if (there.isPresent()) {
            Lease lease = there.get();
            requireLeft(lease);
            takeover.ifPresent(told -> told.accept("the lock is taken over from " + lease.holder()
                    + ", whose lease ran out at " + lease.renewed().plus(lease.lasts())));
        }
        Instant now = time.now();
        Act act = tree.isEmpty()
                ? new CreateObject(Lease.taken(who, now))
                : new PatchObject(Lease.REF, PatchType.MERGE, Lease.change(who, now), Optional.of(Lease.version(tree)));
        take(act, who);
        // asked for rather than taken from the result: of an answer that was lost nothing is known
        return HeldLease.of(port, time, now, who);
    }

    /** Of a write whose answer was lost, what stands there tells whether it was made. */
    private void take(Act act, LockHolder who) {
        try {
            ActResult result = port.perform(act);
            if (!result.done()) {
                throw refused(result.fold(done -> "", ActResult.Refused::message), result);
            }
        } catch (MigrationException lost) {
            boolean ours = lost.disposition() == Disposition.RETRY
                    && Lease.read(port)
                            .filter(lease -> lease.identity().equals(Lease.identity(who)))
                            .isPresent();
            if (!ours) {
                throw lost;
            }
        }
    }

    @Override
    public Optional<LockHolder> holder() {
        return Lease.read(port).filter(lease -> !lease.expired(time.now())).map(Lease::holder);
    }

    /** Who has it, or let it run out and never gave it back. */
    public Optional<LockHolder> last() {
        return Lease.read(port).map(Lease::holder);
    }

    /** Takes it from whoever has it. A run that still holds it stops before its next act. */
    public void breakUp() {
        Optional<Lease> lease = Lease.read(port);
        if (lease.isPresent()) {
            ActResult result = port.perform(
                    new DeleteObject(Lease.REF, Optional.of(lease.get().uid())));
            if (!result.done()) {
                throw unusable(result.fold(done -> "", ActResult.Refused::message));
            }
        }
    }

    private void requireLeft(Lease lease) {
        if (!lease.expired(time.now())) {
            throw held(lease);
        }
        if (takeover.isEmpty()) {
            throw MigrationException.user(
                    "LOCK-LEFT",
                    "a run on this cluster never gave its lock back: " + lease.holder(),
                    "look with 'cnishift status', go on with 'cnishift resume', or take the lock away with 'cnishift"
                            + " unlock'");
        }
        Instant seen = time.now();
        if (seen.isBefore(lease.renewed().plus(lease.lasts()).plus(SKEW))) {
            for (Instant now = seen; now.isBefore(seen.plus(lease.lasts())); now = time.now()) {
                time.await(seen.plus(lease.lasts()));
            }
            Lease.read(port)
                    .filter(later -> !later.version().equals(lease.version()))
                    .ifPresent(later -> {
                        throw held(later);
                    });
        }
    }

    private MigrationException refused(String message, ActResult result) {
        if (result.fold(done -> false, r -> HeldLease.PASSING.contains(r.reason()))) {
            return new MigrationException(
                    "LOCK-LEASE",
                    MigrationException.Category.ENVIRONMENT,
                    Disposition.RETRY,
                    "the lock " + Lease.REF + " cannot be taken now: " + message,
                    "nothing was begun; give the command again",
                    null);
        }
        boolean race = result.fold(done -> false, r -> r.reason() == Reason.EXISTS || r.reason() == Reason.CONFLICT);
        return race ? Lease.read(port).map(LeaseLock::held).orElseGet(() -> unusable(message)) : unusable(message);
    }

    private static MigrationException held(Lease lease) {
        return MigrationException.user(
                "LOCK-HELD",
                "another run works on this cluster: " + lease.holder(),
                "wait for it, or interrupt it there with Ctrl-C; it stops in a safe state. When its process is gone its"
                        + " lock ends by itself within a minute, and 'cnishift resume' goes on");
    }

    static MigrationException unusable(String message) {
        return MigrationException.user(
                "LOCK-LEASE",
                "the lock " + Lease.REF + " cannot be taken: " + message,
                "grant get, create, patch and delete of leases.coordination.k8s.io in kube-system, or give the command"
                        + " again");
    }
}

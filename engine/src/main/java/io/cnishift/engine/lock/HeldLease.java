package io.cnishift.engine.lock;

import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A Lease that this run holds. It is renewed every 15 seconds by the loop of the run, at the version that the last renewal
 * made; 45 seconds after the last renewal that came through, it is lost by this machine's clock alone: a process that was
 * stopped meanwhile must not believe what it knew before, and an act may take up to 30 seconds to reach its end.
 */
final class HeldLease implements Lock.Held {

    private static final Duration EVERY = Duration.ofSeconds(15);
    private static final Duration LATE = Duration.ofSeconds(45);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /** What an API refuses for and does not a moment later. */
    static final Set<ActResult.Reason> PASSING =
            Set.of(ActResult.Reason.THROTTLED, ActResult.Reason.UNAVAILABLE, ActResult.Reason.BUSY);

    private final KubernetesPort port;
    private final TimeSource time;
    private final String identity;
    private final String uid;
    private String version;
    private Instant renewed;
    private Instant due;
    private Optional<String> lost = Optional.empty();

    private HeldLease(KubernetesPort port, TimeSource time, Instant since, Lease lease) {
        this.port = port;
        this.time = time;
        this.identity = lease.identity();
        this.uid = lease.uid();
        this.version = lease.version();
        this.renewed = since;
        this.due = since.plus(EVERY);
    }

    /**
     * The Lease that was just taken.
     *
     * @param since when it was asked for
     */
    static HeldLease of(KubernetesPort port, TimeSource time, Instant since, LockHolder who) {
        Lease lease = Lease.read(port)
                .filter(l -> l.identity().equals(Lease.identity(who)))
                .orElseThrow(() -> LeaseLock.unusable("it was taken away at once"));
        return new HeldLease(port, time, since, lease);
    }

    @Override
    public Optional<String> keep() {
        if (lost.isEmpty() && !time.now().isBefore(renewed.plus(LATE))) {
            lost = Optional.of("the lock was not renewed for "
                    + Duration.between(renewed, time.now()).toSeconds() + " seconds; " + holderNow());
        }
        if (lost.isEmpty() && !time.now().isBefore(due)) {
            renew();
        }
        return lost;
    }

    @Override
    public Optional<String> confirm() {
        if (lost.isEmpty()) {
            renew();
        }
        return keep();
    }

    @Override
    public Instant due() {
        return lost.isPresent() ? Instant.MAX : due;
    }

    private void renew() {
        Instant now = time.now();
        due = now.plus(AGAIN);
        try {
            ActResult result = patch(now);
            if (conflict(result) && adopted()) {
                result = patch(now);
            }
            result.fold(
                    done -> {
                        version = String.valueOf(done.produced().getOrDefault("resourceVersion", version));
                        renewed = now;
                        due = now.plus(EVERY);
                        return done;
                    },
                    refused -> {
                        if (!PASSING.contains(refused.reason())) {
                            lost = Optional.of(
                                    "the lock could not be renewed: " + refused.message() + "; " + holderNow());
                        }
                        return refused;
                    });
        } catch (MigrationException e) {
            // time cures it, or the lock is late and then lost; anything else is for a person
            if (e.disposition() != Disposition.RETRY) {
                throw e;
            }
        }
    }

    private ActResult patch(Instant now) {
        return port.perform(new PatchObject(Lease.REF, PatchType.MERGE, Lease.renewal(now), Optional.of(version)));
    }

    private static boolean conflict(ActResult result) {
        return result.fold(done -> false, refused -> refused.reason() == ActResult.Reason.CONFLICT);
    }

    /** Whether it is still this run's: a renewal whose answer was lost, or a label of somebody else, changes the version too. */
    private boolean adopted() {
        Optional<Lease> ours = Lease.read(port)
                .filter(l -> l.identity().equals(identity) && l.uid().equals(uid));
        ours.ifPresent(l -> version = l.version());
        return ours.isPresent();
    }

    private String holderNow() {
        try {
            return Lease.read(port)
                    .filter(l -> !l.identity().equals(identity))
                    .map(l -> "it is now held by " + l.holder())
                    .orElse("nobody else has it");
        } catch (MigrationException e) {
            return "who has it now cannot be read: " + e.getMessage();
        }
    }

    /** Gives it back while it is surely this run's; otherwise it is another's already, or ends by itself. */
    @Override
    public void close() {
        if (lost.isPresent() || !time.now().isBefore(renewed.plus(LATE))) {
            return;
        }
        lost = Optional.of("the lock was given back");
        try {
            port.perform(new DeleteObject(Lease.REF, Optional.of(uid)));
        } catch (MigrationException e) {
            // it ends by itself within a minute; how the run ended is not changed by that
        }
    }
}

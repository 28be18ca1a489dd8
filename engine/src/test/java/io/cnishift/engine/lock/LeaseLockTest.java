package io.cnishift.engine.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LeaseLockTest {

    private static final Instant START = Instant.parse("2026-11-21T01:00:00Z");
    private static final LockHolder MIA = new LockHolder("mia, process 1", "laptop", "apply", START);
    private static final LockHolder JO = new LockHolder("jo, process 2", "desk", "resume", START);
    private static final String LEASE = "Lease kube-system/cnishift";

    private final StoredObjects cluster = new StoredObjects();
    private final Clock clock = new Clock();
    private final LeaseLock lock = LeaseLock.of(cluster, clock);
    private final List<String> told = new ArrayList<>();

    private static final class Clock implements TimeSource {
        private Instant now = START;
        private Runnable meanwhile = () -> {};

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void await(Instant until) {
            meanwhile.run();
            now = until;
        }

        void pass(int seconds) {
            now = now.plusSeconds(seconds);
        }
    }

    private LeaseLock forResume() {
        return lock.takingOver(told::add);
    }

    private Map<String, Object> spec() {
        return Tree.map(cluster.get(LEASE).orElseThrow(), "spec");
    }

    @Test
    void refusesASecondRunByTheNameOfTheFirst() {
        lock.acquire(MIA);
        assertThatThrownBy(() -> lock.acquire(JO))
                .hasMessage("another run works on this cluster: mia, process 1 on laptop (apply) since"
                        + " 2026-11-21T01:00:00Z");
        assertThat(lock.holder()).contains(MIA);
        assertThat(spec()).containsEntry("leaseDurationSeconds", 60);
    }

    @Test
    void whereTheApiIsOnlyBusyItMayBeTriedAgain() {
        cluster.next.add(() -> new ActResult.Refused(ActResult.Reason.THROTTLED, "too many requests"));

        assertThatThrownBy(() -> lock.acquire(MIA))
                .hasMessage("the lock Lease kube-system/cnishift cannot be taken now: too many requests")
                .isInstanceOfSatisfying(
                        MigrationException.class,
                        e -> assertThat(e.disposition()).isEqualTo(Disposition.RETRY));
    }

    private static MigrationException lost() {
        return new MigrationException(
                "CLUSTER-OUTCOME-UNKNOWN",
                MigrationException.Category.ENVIRONMENT,
                Disposition.RETRY,
                "the answer was lost",
                "look",
                null);
    }

    @Test
    void isTakenWhenTheAnswerToItsWriteWasLostAndWhatStandsThereIsItsOwn() {
        cluster.next.add(() -> {
            cluster.done(new CreateObject(Lease.taken(MIA, START)));
            throw lost();
        });

        try (Lock.Held held = lock.acquire(MIA)) {
            assertThat(held.keep()).isEmpty();
            assertThat(lock.holder()).contains(MIA);
        }
    }

    @Test
    void isNotTakenWhenTheAnswerWasLostAndTheWriteToo() {
        cluster.next.add(() -> {
            throw lost();
        });

        assertThatThrownBy(() -> lock.acquire(MIA)).hasMessage("the answer was lost");
        assertThat(lock.holder()).isEmpty();
    }

    @Test
    void ofTwoWhoSawItFreeOneIsRefused() {
        // the other one creates it between this one's look and its act
        cluster.next.add(() -> {
            lock.acquire(MIA);
            return new ActResult.Refused(ActResult.Reason.EXISTS, "already exists");
        });
        assertThatThrownBy(() -> lock.acquire(JO)).hasMessageContaining("mia, process 1 on laptop");
    }

    @Test
    void isGoneWhenGivenBack() {
        lock.acquire(MIA).close();
        assertThat(cluster.objects).isEmpty();
        assertThat(lock.holder()).isEmpty();
        lock.acquire(JO);
    }

    @Test
    void isRenewedEvery15SecondsAndNotMoreOften() {
        Lock.Held held = lock.acquire(MIA);
        assertThat(held.due()).isEqualTo(START.plusSeconds(15));
        clock.pass(14);
        assertThat(held.keep()).isEmpty();
        assertThat(renewals()).isZero();
        clock.pass(1);
        assertThat(held.keep()).isEmpty();
        assertThat(held.keep()).isEmpty();
        assertThat(renewals()).isOne();
        assertThat(spec()).containsEntry("renewTime", "2026-11-21T01:00:15.000000Z");
        assertThat(held.due()).isEqualTo(START.plusSeconds(30));
    }

    private long renewals() {
        return cluster.acts.stream().filter(PatchObject.class::isInstance).count();
    }

    @Test
    void isLostByTheClockAloneWhenNotRenewedFor45Seconds() {
        Lock.Held held = lock.acquire(MIA);
        clock.pass(61);
        assertThat(held.keep()).hasValueSatisfying(why -> assertThat(why).contains("not renewed for 61 seconds"));
        // not even though nobody else took it, and renewing would have come through
        assertThat(renewals()).isZero();
        assertThat(held.keep()).isPresent();
        held.close();
        assertThat(cluster.objects).containsKey(LEASE);
    }

    @Test
    void whoTookItOverIsNamedToWhoLostIt() {
        Lock.Held mia = lock.acquire(MIA);
        clock.pass(61);
        forResume().acquire(JO);
        assertThat(mia.keep()).hasValueSatisfying(why -> assertThat(why).contains("held by jo, process 2 on desk"));
        mia.close();
        assertThat(lock.last()).contains(JO);
    }

    @Test
    void aLookThatTookLongDoesNotLoseItUnlessSomebodyHadItMeanwhile() {
        Lock.Held mia = lock.acquire(MIA);
        clock.pass(90);
        assertThat(mia.confirm()).isEmpty();
        clock.pass(61);
        forResume().acquire(JO);
        assertThat(mia.confirm()).isPresent();
    }

    @Test
    void anApiServerThatIsAwayIsAskedAgainUntilItIsTooLate() {
        Lock.Held held = lock.acquire(MIA);
        clock.pass(15);
        cluster.next.add(() -> new ActResult.Refused(ActResult.Reason.UNAVAILABLE, "away"));
        assertThat(held.keep()).isEmpty();
        assertThat(held.due()).isEqualTo(START.plusSeconds(20));
        clock.pass(5);
        assertThat(held.keep()).isEmpty();
        assertThat(spec()).containsEntry("renewTime", "2026-11-21T01:00:20.000000Z");
        clock.pass(44);
        cluster.next.add(() -> new ActResult.Refused(ActResult.Reason.THROTTLED, "slow down"));
        assertThat(held.keep()).isEmpty();
        clock.pass(1);
        assertThat(held.keep()).isPresent();
    }

    @Test
    void aRenewalWhoseAnswerWasLostIsItsOwn() {
        Lock.Held held = lock.acquire(MIA);
        clock.pass(15);
        cluster.next.add(() -> {
            cluster.done(new PatchObject(Lease.REF, PatchType.MERGE, Lease.renewal(clock.now()), Optional.empty()));
            return new ActResult.Refused(ActResult.Reason.UNAVAILABLE, "timed out");
        });
        assertThat(held.keep()).isEmpty();
        clock.pass(5);
        assertThat(held.keep()).isEmpty();
        assertThat(held.due()).isEqualTo(START.plusSeconds(35));
    }

    @Test
    void aRefusedRenewalLosesIt() {
        Lock.Held held = lock.acquire(MIA);
        clock.pass(15);
        cluster.next.add(() -> new ActResult.Refused(ActResult.Reason.FORBIDDEN, "cannot patch leases"));
        assertThat(held.keep()).hasValueSatisfying(why -> assertThat(why).contains("cannot patch leases"));
    }

    @Test
    void brokenUpItIsLostAtTheNextRenewal() {
        Lock.Held held = lock.acquire(MIA);
        lock.breakUp();
        assertThat(lock.holder()).isEmpty();
        clock.pass(15);
        assertThat(held.keep()).hasValueSatisfying(why -> assertThat(why).contains("not found"));
    }

    @Test
    void oneThatRanOutIsLeftToWhoGoesOnWithIt() {
        lock.acquire(MIA);
        clock.pass(60);
        assertThat(lock.holder()).isEmpty();
        assertThat(lock.last()).contains(MIA);
        assertThatThrownBy(() -> lock.acquire(JO))
                .hasMessageContaining("never gave its lock back: mia, process 1 on laptop")
                .extracting(e -> ((MigrationException) e).code())
                .isEqualTo("LOCK-LEFT");
        forResume().acquire(JO);
        assertThat(lock.holder()).contains(JO);
        assertThat(told).singleElement().asString().contains("taken over from mia, process 1 on laptop");
    }

    @Test
    void oneThatSeemsToHaveRunOutByAClockThatGoesWrongIsNotTakenOver() {
        Lock.Held mia = lock.acquire(MIA);
        clock.pass(15);
        Instant real = clock.now();
        // the other machine's clock is 3 minutes ahead
        clock.now = real.plus(Duration.ofMinutes(3));
        clock.meanwhile = () -> {
            clock.now = real;
            assertThat(mia.keep()).isEmpty();
        };
        assertThatThrownBy(() -> forResume().acquire(JO)).hasMessageContaining("mia, process 1 on laptop");
        assertThat(told).isEmpty();
    }
}

package io.cnishift.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.lock.FileLocks;
import io.cnishift.engine.lock.Lock;
import io.cnishift.engine.lock.LockHolder;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunLockTest {

    private static final LockHolder ME = new LockHolder("mia (4711)", "laptop", "apply", Things.START);
    private static final LockHolder YOU = new LockHolder("jo (42)", "desk", "resume", Things.START);

    @TempDir
    private Path state;

    private Lock lock() {
        return new FileLocks(state, Codec.builder().build()).of("uid-one");
    }

    @Test
    void refusesASecondRunByTheNameOfTheFirst() {
        Runs runs = new Runs();
        MigrationPlan plan = Things.plan(Things.phase("one", Things.cordon("a")));
        AtomicReference<Throwable> refused = new AtomicReference<>();
        AtomicReference<Object> shown = new AtomicReference<>();
        runs.world.beforeAct = act -> {
            shown.set(lock().holder().orElse(YOU));
            try {
                new Runs().runner().apply(new Runs().request(plan).locked(lock(), YOU));
            } catch (MigrationException e) {
                refused.set(e);
            }
        };
        runs.runner().apply(runs.request(plan).locked(lock(), ME));
        assertThat(refused.get())
                .isInstanceOf(MigrationException.class)
                .hasMessage(
                        "another run works on this cluster: mia (4711) on laptop (apply) since 2026-11-21T01:00:00Z");
        assertThat(shown.get()).isEqualTo(ME);
    }

    @Test
    void givesTheLockBackHoweverTheRunEnds() {
        Runs runs = new Runs();
        runs.world.beforeAct = act -> {
            throw new IllegalStateException("oops");
        };
        runs.runner()
                .apply(runs.request(Things.plan(Things.phase("one", Things.cordon("a"))))
                        .locked(lock(), ME));
        assertThat(lock().holder()).isEmpty();
        lock().acquire(YOU).close();
    }

    @Test
    void keepsOneLockPerCluster() {
        FileLocks locks = new FileLocks(state, Codec.builder().build());
        Lock.Held one = locks.of("sim:one").acquire(ME);
        Lock.Held two = locks.of("sim:two").acquire(YOU);
        assertThatThrownBy(() -> locks.of("sim:two").acquire(ME)).hasMessageContaining("jo (42)");
        one.close();
        assertThat(locks.of("sim:two").holder()).contains(YOU);
        two.close();
        assertThat(locks.of("sim:two").holder()).isEmpty();
    }
}

package io.cnishift.cli.run;

import io.cnishift.api.port.World;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.lock.Lock;
import java.util.Objects;

/**
 * What a run needs: plan, journal, cluster, lock. Closing it closes journal and cluster.
 *
 * @param closing gives back what the cluster holds open
 */
public record Bench(StoredPlan plan, Journal journal, World world, Lock lock, Runnable closing)
        implements AutoCloseable {
    public Bench {
        Objects.requireNonNull(plan);
        Objects.requireNonNull(journal);
        Objects.requireNonNull(world);
        Objects.requireNonNull(lock);
        Objects.requireNonNull(closing);
    }

    @Override
    public void close() {
        closing.run();
        journal.close();
    }
}

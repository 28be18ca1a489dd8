package io.cnishift.cli.run;

import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.lock.Lock;
import io.cnishift.simulator.world.SimulatedCluster;
import java.util.Objects;

/** What a run on a simulated cluster needs: plan, journal, cluster, lock. Closing it closes journal and cluster. */
public record Bench(StoredPlan plan, Journal journal, SimulatedCluster cluster, Lock lock) implements AutoCloseable {
    public Bench {
        Objects.requireNonNull(plan);
        Objects.requireNonNull(journal);
        Objects.requireNonNull(cluster);
        Objects.requireNonNull(lock);
    }

    @Override
    public void close() {
        cluster.close();
        journal.close();
    }
}

package io.cnishift.cli.run;

import io.cnishift.adapters.target.ClusterTarget;
import io.cnishift.api.port.World;
import java.util.Objects;

/** Where the clusters that are no simulated ones of this machine are opened. */
@FunctionalInterface
public interface Site {

    /** Opens a cluster, to be closed by who asked for it. */
    Opened open(ClusterTarget target);

    /** A cluster with what it holds open. */
    record Opened(World world, Runnable closing) implements AutoCloseable {
        public Opened {
            Objects.requireNonNull(world);
            Objects.requireNonNull(closing);
        }

        @Override
        public void close() {
            closing.run();
        }
    }
}

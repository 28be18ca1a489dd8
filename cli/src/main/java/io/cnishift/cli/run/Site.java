package io.cnishift.cli.run;

import io.cnishift.adapters.helm.ChartRenderer;
import io.cnishift.adapters.helm.HelmChoice;
import io.cnishift.adapters.target.ClusterTarget;
import io.cnishift.api.port.World;
import java.util.Objects;
import java.util.Optional;

/** Where the clusters that are no simulated ones of this machine are opened. */
@FunctionalInterface
public interface Site {

    /**
     * Opens a cluster, to be closed by who asked for it.
     *
     * @param migration id of the migration it is opened for, by which the cluster's side tells its requests
     */
    Opened open(ClusterTarget target, Optional<String> migration);

    /** Opens a cluster to look at it, for no migration in particular. */
    default Opened open(ClusterTarget target) {
        return open(target, Optional.empty());
    }

    /** The same with another Helm, where Helm is the site's affair. */
    default Site using(HelmChoice helm) {
        return this;
    }

    /** What renders charts here, where anything does. */
    default Optional<ChartRenderer> renderer() {
        return Optional.empty();
    }

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

package io.cnishift.cli.command;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.port.MigrationException;
import java.util.List;
import picocli.CommandLine.Option;

/** Where a run of the plan stops and asks. */
final class HoldOptions {

    @Option(names = "--hold", paramLabel = "PHASE", description = "Stop before this phase; may be repeated.")
    private List<String> phases = List.of();

    @Option(
            names = "--no-hold",
            description = "Do not stop before the first point of no return, as plans for real clusters do.")
    private boolean none;

    /** The holds for a plan on that cluster; on a simulated one there is none by default. */
    Asked.Holds holds(boolean real) {
        if (none && !phases.isEmpty()) {
            throw MigrationException.user("CLI-USAGE", "--hold and --no-hold exclude each other", "give one of them");
        }
        return new Asked.Holds(phases, real && !none);
    }

    /** Whether that snapshot is of a real cluster. */
    static boolean real(ClusterSnapshot snapshot) {
        return !snapshot.source().startsWith("sim:");
    }
}

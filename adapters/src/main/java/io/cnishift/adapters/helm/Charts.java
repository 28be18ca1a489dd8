package io.cnishift.adapters.helm;

import io.cnishift.api.port.MigrationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The charts that the user has at hand, which stand for those that plans name: a plan stays the same where no chart repository is
 * reached.
 */
final class Charts {

    private final List<String> given;

    Charts(List<String> given) {
        this.given = List.copyOf(given);
    }

    /**
     * Where that chart is to be had.
     *
     * @throws MigrationException when a chart of that name is at hand and none has the version
     */
    ChartRef find(String reference, String version) {
        ChartRef named = ChartRef.of(reference, version);
        return atHand(named).orElseGet(() -> checked(named));
    }

    /** Whether that chart is to be had without asking a chart repository or a registry that the user did not name. */
    boolean has(String reference, String version) {
        ChartRef named = ChartRef.of(reference, version);
        return named.local() || atHand(named).isPresent();
    }

    private Optional<ChartRef> atHand(ChartRef named) {
        List<String> others = new ArrayList<>();
        for (String each : given) {
            ChartRef chart = ChartRef.of(each, named.version());
            if (!chart.local()) {
                if (chart.name().equals(named.name())) {
                    return Optional.of(chart);
                }
                continue;
            }
            ChartArchive archive = ChartArchive.read(Path.of(each));
            if (archive.name().equals(named.name())) {
                if (archive.version().equals(named.version())) {
                    return Optional.of(file(each, named.version()));
                }
                others.add(each + " has " + archive.version());
            }
        }
        if (!others.isEmpty()) {
            throw MigrationException.user(
                    "HELM-CHART",
                    "the plan wants " + named.name() + " " + named.version() + ", but --chart "
                            + String.join(" and ", others),
                    "name the chart of that version, too; --chart may be given several times");
        }
        return Optional.empty();
    }

    private static ChartRef checked(ChartRef named) {
        if (!named.local()) {
            return named;
        }
        ChartArchive archive = ChartArchive.read(Path.of(named.place()));
        if (!archive.version().equals(named.version())) {
            throw MigrationException.user(
                    "HELM-CHART",
                    named.place() + " is " + archive.name() + " " + archive.version() + ", and the plan wants "
                            + named.version(),
                    "name the chart of that version with --chart");
        }
        return file(named.place(), named.version());
    }

    // Helm runs in a folder of its own.
    private static ChartRef file(String path, String version) {
        return new ChartRef(Path.of(path).toAbsolutePath().toString(), Optional.empty(), version);
    }
}

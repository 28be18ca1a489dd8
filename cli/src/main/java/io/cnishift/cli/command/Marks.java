package io.cnishift.cli.command;

import io.cnishift.api.Finding;
import io.cnishift.api.port.TimeSource;
import io.cnishift.cli.input.Settings;
import io.cnishift.cli.input.Suppression;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Marks findings that the folder's settings hide, as of today in UTC. */
final class Marks {

    private final TimeSource time;

    @Inject
    Marks(TimeSource time) {
        this.time = time;
    }

    List<Finding> suppress(List<Finding> findings, Settings settings) {
        LocalDate today = time.now().atZone(ZoneOffset.UTC).toLocalDate();
        return findings.stream()
                .map(f -> Suppression.on(today, f, settings.suppressions()))
                .toList();
    }
}

package io.cnishift.cli.command;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Severity;
import io.cnishift.engine.report.ExitCode;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Ends with exit code 3 when findings of some weight stand. */
final class FailOn {

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description =
                    "End with exit code 3 when a finding of this severity or a graver one stands: blocker, consent,"
                            + " warning, info.")
    private @Nullable Severity severity;

    /** The exit code for those findings. Cured, accepted and hidden ones do not count. */
    int code(Stream<Finding> findings) {
        Severity least = severity;
        if (least == null) {
            return ExitCode.OK.number();
        }
        boolean stands = findings.filter(f -> f.curedBy().isEmpty()
                        && f.accepted().isEmpty()
                        && f.suppressed().isEmpty())
                .anyMatch(f -> f.severity().compareTo(least) <= 0);
        return stands ? ExitCode.BLOCKED.number() : ExitCode.OK.number();
    }
}

package io.cnishift.cli.input;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Severity;
import io.cnishift.api.plan.Suppressed;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A warning or info that the owner of a cluster does not want to see for a while.
 *
 * @param subject the object it is about; empty for all
 * @param until the last day on which it is hidden
 */
public record Suppression(String code, Optional<String> subject, String reason, String until) {
    public Suppression {
        Objects.requireNonNull(code);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(reason);
        if (!until.matches("[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")) {
            throw new IllegalArgumentException("until is '" + until + "', which is no date such as 2026-12-31");
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a suppression needs a reason");
        }
    }

    /** The finding, marked by the first suppression that covers it on that day. */
    public static Finding on(LocalDate day, Finding finding, List<Suppression> suppressions) {
        return suppressions.stream()
                .filter(s -> s.covers(finding, day))
                .findFirst()
                .map(s -> s.mark(finding))
                .orElse(finding);
    }

    /** A consent is accepted and a blocker cured, neither is ever hidden. */
    private boolean covers(Finding finding, LocalDate day) {
        boolean light = finding.severity() == Severity.WARNING || finding.severity() == Severity.INFO;
        return light
                && code.equals(finding.code())
                && subject.map(finding.subject()::equals).orElse(true)
                && !day.isAfter(LocalDate.parse(until));
    }

    private Finding mark(Finding f) {
        return new Finding(
                f.code(),
                f.severity(),
                f.subject(),
                f.message(),
                f.remedy(),
                f.reference(),
                f.strategies(),
                f.curedBy(),
                f.accepted(),
                Optional.of(new Suppressed(reason, until)));
    }
}

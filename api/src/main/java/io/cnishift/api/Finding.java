package io.cnishift.api;

import io.cnishift.api.plan.Consent;
import io.cnishift.api.plan.Severity;
import io.cnishift.api.plan.Suppressed;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing the user should know, with what to do about it.
 *
 * @param code stable, explained by {@code cnishift explain CODE}
 * @param subject the object it is about, e.g. {@code Deployment web/api}
 * @param message what is so, with its numbers
 * @param remedy what to do next
 * @param reference where the fact is documented
 * @param strategies the strategies it concerns; empty means all
 * @param curedBy the plan step that cures it; a cured blocker does not block
 */
public record Finding(
        String code,
        Severity severity,
        String subject,
        String message,
        String remedy,
        String reference,
        List<String> strategies,
        Optional<String> curedBy,
        Optional<Consent> accepted,
        Optional<Suppressed> suppressed) {

    public Finding {
        Objects.requireNonNull(code);
        Objects.requireNonNull(severity);
        strategies = List.copyOf(strategies);
    }

    /** A finding that is not cured. */
    public static Finding of(
            String code, Severity severity, String subject, String message, String remedy, String reference) {
        Optional<String> uncured = Optional.empty();
        Optional<Consent> unasked = Optional.empty();
        Optional<Suppressed> shown = Optional.empty();
        return new Finding(code, severity, subject, message, remedy, reference, List.of(), uncured, unasked, shown);
    }

    /** The same finding, cured by that step of the plan. */
    public Finding curedBy(String step) {
        Optional<String> cure = Optional.of(step);
        return new Finding(code, severity, subject, message, remedy, reference, strategies, cure, accepted, suppressed);
    }

    /** The same finding, accepted by the first consent that covers it, if one does. */
    public Finding acceptedBy(List<Consent> consents) {
        Optional<Consent> by = severity == Severity.CONSENT
                ? consents.stream().filter(c -> c.covers(code, subject)).findFirst()
                : Optional.empty();
        return new Finding(code, severity, subject, message, remedy, reference, strategies, curedBy, by, suppressed);
    }

    /** Whether no plan may be made while this stands: an uncured blocker or an unaccepted consent. */
    public boolean stops() {
        boolean open = severity == Severity.BLOCKER || (severity == Severity.CONSENT && accepted.isEmpty());
        return open && curedBy.isEmpty();
    }
}

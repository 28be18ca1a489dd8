package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Severity;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** A kind of finding: an enum constant whose name, with a prefix and hyphens, is the code that users see. */
interface Code {

    /** What every code of an overlay begins with; addresses from interfaces share those that are about the move. */
    String PREFIX = "OVL";

    /**
     * What a code means.
     *
     * @param strategy the strategy that reports it
     * @param prefix of the code
     * @param severity the weight it always has
     * @param explanation what {@code cnishift explain} prints
     * @param reference where the fact is documented
     */
    record Meaning(String strategy, String prefix, Severity severity, String explanation, String reference) {

        public Meaning {
            Objects.requireNonNull(strategy);
            Objects.requireNonNull(prefix);
            Objects.requireNonNull(severity);
            Objects.requireNonNull(explanation);
            Objects.requireNonNull(reference);
        }
    }

    /** The enum constant. */
    String name();

    /** What it means. */
    Meaning meaning();

    /** The code as users see it. */
    default String code() {
        return meaning().prefix() + "-" + name().replace('_', '-');
    }

    /** A finding of this code. */
    default Finding finding(String subject, String message, String remedy) {
        return new Finding(
                code(),
                meaning().severity(),
                subject,
                message,
                remedy,
                meaning().reference(),
                List.of(meaning().strategy()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** These codes with their explanations. */
    static Map<String, String> explanations(List<? extends Code> codes) {
        Map<String, String> explanations = new TreeMap<>();
        codes.forEach(c -> explanations.put(c.code(), c.meaning().explanation()));
        return explanations;
    }
}

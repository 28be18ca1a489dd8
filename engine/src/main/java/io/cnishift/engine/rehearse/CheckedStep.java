package io.cnishift.engine.rehearse;

import io.cnishift.api.plan.Executor;
import io.cnishift.api.port.ActResult;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What the APIs of a cluster say of the acts of a step before any is done.
 *
 * @param executor who does them
 * @param acts what was asked about, or why not
 * @param more acts of the same sorts, of which none was asked about, for those above tell as much
 */
public record CheckedStep(String step, String phase, Executor executor, List<Said> acts, int more) {

    public CheckedStep {
        Objects.requireNonNull(step);
        Objects.requireNonNull(phase);
        Objects.requireNonNull(executor);
        acts = List.copyOf(acts);
    }

    /** Whether an act would not be taken. */
    public boolean refused() {
        return acts.stream().anyMatch(said -> said.verdict() == Verdict.REFUSED);
    }

    /** The acts of which nobody can say beforehand whether they would be taken. */
    public long unknown() {
        return acts.stream().filter(said -> said.verdict() == Verdict.UNKNOWN).count();
    }

    /** How an API answered. */
    public enum Verdict {
        /** It would be done. */
        ACCEPTED,
        REFUSED,
        /** Not at this moment; a run waits for it and tries again. */
        LATER,
        /** It cannot be asked beforehand, or its answer says nothing yet. */
        UNKNOWN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The answer for one act.
     *
     * @param act what it changes
     * @param command the same by hand
     * @param reason of a refusal
     * @param detail what was answered, or why nobody was asked; empty when all is well
     */
    public record Said(String act, String command, Verdict verdict, Optional<ActResult.Reason> reason, String detail) {
        public Said {
            Objects.requireNonNull(act);
            Objects.requireNonNull(command);
            Objects.requireNonNull(verdict);
            Objects.requireNonNull(reason);
            Objects.requireNonNull(detail);
        }
    }
}

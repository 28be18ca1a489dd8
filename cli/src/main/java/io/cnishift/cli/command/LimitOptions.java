package io.cnishift.cli.command;

import io.cnishift.engine.journal.RunLimits;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How far a run may go: what rehearse, apply and resume have in common. */
final class LimitOptions {

    @Option(names = "--until", paramLabel = "PHASE", description = "Stop after this phase.")
    private @Nullable String until;

    @Mixin
    private SliceOptions slice;

    @Mixin
    private GuardOptions guards;

    /** Those limits with these. */
    RunLimits in(RunLimits limits) {
        RunLimits within = limits.slice(slice.slice()).guarding(guards.guarding());
        return until().map(within::until).orElse(within);
    }

    Optional<String> until() {
        return Optional.ofNullable(until);
    }
}

package io.cnishift.cli.command;

import io.cnishift.api.port.Guard;
import io.cnishift.engine.guard.GuardBudget;
import io.cnishift.engine.guard.Guarding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What must stay well while a run is at work. */
final class GuardOptions {

    @Option(
            names = "--guard",
            paramLabel = "GUARD",
            description = "Stop, parked, when this fails too often: https://HOST/PATH[,status=2xx][,latency=500ms],"
                    + " alarm:NAME of CloudWatch, prom:URL?QUERY as in an alerting rule, or service:NAMESPACE/NAME; may be"
                    + " repeated. Nothing is begun while one is red.")
    private List<String> guards = List.of();

    @Option(
            names = "--guard-budget",
            paramLabel = "BUDGET",
            description =
                    "How often a guard may fail: 5%%/3 (the default) is 5 of 100 samples, and fewer than 3 in a row.")
    private @Nullable String budget;

    @Option(
            names = "--guard-every",
            paramLabel = "TIME",
            description = "How often guards are looked at, such as 30s or 2m (default: 10s).")
    private @Nullable String every;

    /** What they say. */
    Guarding guarding() {
        return new Guarding(
                guards.stream()
                        .map(g -> SliceOptions.read("--guard", g, Guard::parse))
                        .distinct()
                        .toList(),
                Optional.ofNullable(every)
                        .map(t -> SliceOptions.read("--guard-every", t, GuardOptions::interval))
                        .orElse(Guarding.USUAL),
                Optional.ofNullable(budget)
                        .map(b -> SliceOptions.read("--guard-budget", b, GuardBudget::parse))
                        .orElse(GuardBudget.USUAL));
    }

    private static Duration interval(String text) {
        if (!text.matches("[1-9][0-9]{0,4}[sm]")) {
            throw new IllegalArgumentException("'" + text + "' is no interval; write it as 30s or 2m");
        }
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return text.endsWith("s") ? Duration.ofSeconds(number) : Duration.ofMinutes(number);
    }
}

package io.cnishift.cli.command;

import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.slice.Deadline;
import io.cnishift.engine.slice.NodeChoice;
import io.cnishift.engine.slice.Slice;
import io.cnishift.engine.slice.Window;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much of a migration a run does. */
final class SliceOptions {

    private static final Pattern TIME = Pattern.compile("(?:([0-9]{1,3})d)?(?:([0-9]{1,4})h)?(?:([0-9]{1,5})m)?");

    @Option(names = "--for", paramLabel = "TIME", description = "Stop after this time, such as 4h, 90m or 1h30m.")
    private @Nullable String lasting;

    @Option(
            names = "--by",
            paramLabel = "TIME",
            description = "Stop by this time: 05:30, the next one, or 2026-11-28T05:30; see --tz.")
    private @Nullable String by;

    @Option(
            names = "--window",
            paramLabel = "WINDOW",
            description = "Work in this window only, such as 'Mon-Thu 22:00-05:00', and stop when it closes; may be"
                    + " repeated. While it is closed nothing is begun; see --wait and --tz.")
    private List<String> windows = List.of();

    @Option(
            names = "--tz",
            paramLabel = "ZONE",
            description = "IANA time zone of --by and --window, such as Asia/Kolkata (default: that of this machine).")
    private @Nullable String zone;

    @Option(names = "--wait", description = "With --window: wait until it opens, instead of stopping at once.")
    private boolean waits;

    @Option(names = "--nodes", paramLabel = "N", description = "Begin to drain at most this many nodes.")
    private @Nullable String nodes;

    @Option(
            names = "--only",
            paramLabel = "CHOICE",
            description = "Replace only nodes of nodegroup=NAME, zone=ZONE or selector=LABELS, or of several of these"
                    + " with commas between them; may be repeated for more nodes.")
    private List<String> only = List.of();

    @Option(
            names = "--except",
            paramLabel = "CHOICE",
            description = "Leave nodes of this choice to a later run; may be repeated.")
    private List<String> except = List.of();

    /** What they say. */
    Slice slice() {
        if (waits && windows.isEmpty()) {
            throw wrong("--wait waits for a window, and none is given", "give --window, or leave it out");
        }
        if (zone != null && windows.isEmpty() && by == null) {
            throw wrong("--tz says where --by and --window are, and neither is given", "give one, or leave it out");
        }
        ZoneId where =
                Optional.ofNullable(zone).map(z -> read("--tz", z, Slice::zone)).orElseGet(ZoneId::systemDefault);
        return new Slice(
                Optional.ofNullable(lasting).map(t -> read("--for", t, SliceOptions::time)),
                Optional.ofNullable(by).map(t -> read("--by", t, Deadline::parse)),
                windows.stream().map(w -> read("--window", w, Window::parse)).toList(),
                where.getId(),
                nodes == null ? OptionalInt.empty() : OptionalInt.of(read("--nodes", nodes, SliceOptions::count)),
                only.stream().map(c -> read("--only", c, NodeChoice::parse)).toList(),
                except.stream().map(c -> read("--except", c, NodeChoice::parse)).toList(),
                waits);
    }

    private static Duration time(String text) {
        Matcher time = TIME.matcher(text.toLowerCase(Locale.ROOT));
        boolean some = time.matches() && !text.isEmpty();
        Duration sum = some
                ? Duration.ofDays(number(time.group(1)))
                        .plusHours(number(time.group(2)))
                        .plusMinutes(number(time.group(3)))
                : Duration.ZERO;
        if (sum.isZero()) {
            throw new IllegalArgumentException("'" + text + "' is no time; write it as 4h, 90m or 1h30m");
        }
        return sum;
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static int count(String text) {
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException("'" + text + "' is no number of nodes; write at least 1");
        }
        return Integer.parseInt(text);
    }

    /** Reads the value of an option, or says in one line what is wrong with it. */
    static <T> T read(String option, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw wrong(option + ": " + e.getMessage(), "--help shows what it takes");
        }
    }

    private static MigrationException wrong(String what, String remedy) {
        return MigrationException.user("CLI-USAGE", what, remedy);
    }
}

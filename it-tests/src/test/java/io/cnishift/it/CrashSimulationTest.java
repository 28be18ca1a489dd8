package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.engine.journal.CrashingSink;
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.it.Deaths.Death;
import io.cnishift.it.Deaths.Life;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Wherever a process dies in the migration of minnie-wallace to the overlay, or in that of clean-cluster to Cilium in ENI mode,
 * the next one reaches the same end.
 *
 * <p>In the default build a sample of the places is tried, each in a run of its own, and two runs in which process after
 * process dies. {@code -Dcnishift.crash=all} tries every place.
 */
final class CrashSimulationTest {

    private static final int SAMPLE = 12;
    private static final int SMALL_SAMPLE = 6;

    @TempDir
    private Path state;

    @ParameterizedTest
    @CsvSource({"overlay, minnie-wallace, " + SAMPLE, "eni, clean-cluster, " + SMALL_SAMPLE})
    void reachesTheSameEndWhereverAProcessDies(String strategy, String scenario, int sample) {
        Deaths deaths = new Deaths(strategy, scenario, state);
        Life undisturbed = deaths.live("undisturbed", (process, sink, simulation) -> sink);
        assertThat(undisturbed.result().report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);

        List<Death> distinct = deaths.distinct();
        assertThat(distinct).hasSizeGreaterThan(undisturbed.lines().size());
        chosen(distinct, sample).forEach(death -> {
            Life life =
                    deaths.live(death.toString(), (process, sink, simulation) -> process == 0 ? death.at(sink) : sink);
            requireSame(life, undisturbed, death.toString());
            assertThat(life.processes()).as(death.toString()).isEqualTo(2);
        });
    }

    @Test
    void reachesTheSameEndWhenEveryProcessDiesAfterAFewRecords() {
        Deaths deaths = new Deaths("overlay", "minnie-wallace", state);
        Life undisturbed = deaths.live("undisturbed", (process, sink, simulation) -> sink);

        Life after = deaths.live("after", (process, sink, simulation) -> CrashingSink.after(span(process), sink));
        requireSame(after, undisturbed, "dying after a few records");
        Life before =
                deaths.live("before", (process, sink, simulation) -> CrashingSink.before(span(process) + 1, sink));
        requireSame(before, undisturbed, "dying before a few records more");
        assertThat(List.of(after.processes(), before.processes())).allMatch(processes -> processes > 40);
    }

    /** Two at first. Each lives a little longer than the one before, for a round of probes has to end in one process. */
    private static long span(int process) {
        return 2 + process / 3;
    }

    private static List<Death> chosen(List<Death> all, int sample) {
        if (System.getProperty("cnishift.crash", "").equals("all")) {
            return all;
        }
        return IntStream.range(0, sample)
                .mapToObj(n -> all.get((2 * n + 1) * all.size() / (2 * sample)))
                .toList();
    }

    private static void requireSame(Life life, Life undisturbed, String where) {
        assertThat(life.result().report().outcome())
                .as(where + ": " + life.result().report().reason())
                .isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(life.result().report().end()).as(where).contains(RunEnd.COMPLETE);
        assertThat(life.result().report().violations()).as(where).isEmpty();
        assertThat(undisturbed.end().differences(life.end())).as(where).isEmpty();
    }
}

package io.cnishift.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Before a run leaves the cluster parked: asks what must hold once more, and lets it act for a minute if it has to. */
final class LastHold {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private LastHold() {}

    /** What does not hold although all was tried, in sentences. */
    static List<String> settle(Book book, RunContext run) {
        RunContext undisturbed = run.undisturbed();
        try {
            Optional<String> lost = run.lock().keep();
            if (lost.isPresent()) {
                return List.of("what must hold was neither checked nor mended: " + lost.get());
            }
            return hold(Holders.during(reached(book, run), book, undisturbed, ""), undisturbed);
        } catch (RuntimeException e) {
            return List.of("what must hold could not be checked: " + e.getMessage());
        }
    }

    private static List<String> hold(Holders holders, RunContext run) {
        Instant end = run.now().plus(PATIENCE);
        run.keeper().refresh(holders.reads());
        Optional<Holders.Lapsed> lapsed = holders.pass();
        while (lapsed.isPresent() && run.now().isBefore(end)) {
            boolean over = lapsed.get()
                    .pass()
                    .fold(done -> false, again -> false, wait -> waited(run, wait.until(), end), stopped -> true);
            if (over) {
                break;
            }
            run.keeper().refresh(holders.reads());
            lapsed = holders.pass();
        }
        return lapsed.map(l -> List.of("step " + l.step().id() + " no longer holds: " + why(l.pass())))
                .orElse(List.of());
    }

    private static boolean waited(RunContext run, Instant until, Instant end) {
        Instant next = until.isBefore(end) ? until : end;
        Instant due = run.lock().due();
        run.time().await(due.isBefore(next) ? due : next);
        return run.lock().keep().isPresent();
    }

    private static String why(Pass pass) {
        return pass.fold(
                done -> "",
                again -> "it is at work",
                Pass.Wait::reason,
                stopped -> stopped.stop().reason());
    }

    /** The furthest phase of which something stands. */
    static int reached(Book book, RunContext run) {
        return book.steps().stream()
                .filter(step -> run.state().begun(step.id()))
                .mapToInt(step -> book.place(book.phaseOf(step.id())))
                .max()
                .orElse(0);
    }
}

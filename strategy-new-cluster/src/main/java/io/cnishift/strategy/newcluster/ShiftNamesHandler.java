package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.ChangeRecords;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Moves a share of the traffic by weights.
 *
 * <ol>
 *   <li>The weights of every name are brought to the share; a simple record becomes two weighted ones in one batch.
 *   <li>Once resolvers cannot have the earlier answers any more, the second cluster is watched for the soak.
 *   <li>When it stops to answer meanwhile, all answers lead to the first cluster again, and the run is stopped then.
 *   <li>Back: the records of before, once the first cluster is not known to fail, and the time until nobody goes by the others any more.
 *       What was taken from the second cluster meanwhile is not given back to it on that way.
 * </ol>
 */
final class ShiftNamesHandler implements StepHandler<ShiftNames> {

    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final int FAILURES = 2;

    @Override
    public StepOutcome next(View view, ShiftNames params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            Urls urls = Urls.ofSecond(params.urls(), progress, progress.underWaySince());
            Optional<String> failing = urls.failing(FAILURES);
            return failing.isPresent()
                    ? withdrawn(view, params, progress, failing.get())
                    : shifted(view, second, params, progress, urls);
        });
    }

    private static StepOutcome shifted(View view, View second, ShiftNames params, Progress progress, Urls urls) {
        List<ChangeRecords> due = new ArrayList<>();
        for (Entry entry : params.entries()) {
            Records records = new Records(view, entry);
            Optional<String> host = records.host(second);
            if (host.isEmpty()) {
                return Outcomes.notYet(10, entry.front() + " has no load balancer in the second cluster yet");
            }
            Records.Change change = records.towards(params, host.get());
            if (change.failure().isPresent()) {
                return new StepOutcome.Failed(change.failure().get(), Disposition.ASK);
            }
            change.act().ifPresent(due::add);
        }
        if (!due.isEmpty()) {
            return Outcomes.perform(
                    "letting " + params.percent() + " % of the answers lead to the second cluster", due, progress);
        }
        Instant until = settled(view, params, progress).plus(params.soak());
        if (!progress.now().isBefore(until) && (params.urls().isEmpty() || urls.reached(1))) {
            return Outcomes.done(params.percent() + " % of the answers lead to the second cluster");
        }
        return urls.due(EVERY)
                ? new StepOutcome.Ask(urls.questions(), "whether the second cluster serves")
                : new StepOutcome.NotYet(
                        EVERY, params.percent() + " % go to the second cluster, which is watched until " + until);
    }

    /** When nobody goes by answers from before the last change any more. */
    private static Instant settled(View view, ShiftNames params, Progress progress) {
        Instant settled = progress.underWaySince();
        for (Entry entry : params.entries()) {
            Records records = new Records(view, entry);
            Optional<Instant> over = records.last(progress).map(e -> e.at().plusSeconds(records.cachedSeconds()));
            settled = over.filter(settled::isBefore).orElse(settled);
        }
        return settled;
    }

    /** Clients come first: they are all sent back, and then a person is told. */
    private static StepOutcome withdrawn(View view, ShiftNames params, Progress progress, String why) {
        List<ChangeRecords> back = params.entries().stream()
                .flatMap(entry -> new Records(view, entry).withdrawn(params).stream())
                .toList();
        return back.isEmpty()
                ? Outcomes.blocked(Code.SHIFT_FAILED.of(
                        "second cluster",
                        "it stopped to serve with " + params.percent()
                                + " % of the answers, none of which leads there any more: " + why,
                        "mend it, then resume; or roll back"))
                : Outcomes.perform("sending all clients back to the first cluster: " + why, back, progress);
    }

    private static List<ChangeRecords> restoring(View view, ShiftNames params, Progress progress) {
        return params.entries().stream()
                .flatMap(entry -> new Records(view, entry).sentBack(params, progress).stream())
                .toList();
    }

    @Override
    public StepOutcome back(View view, ShiftNames params, Progress progress) {
        List<ChangeRecords> back = restoring(view, params, progress);
        if (!back.isEmpty()) {
            return Outcomes.firstServes(params.urls(), progress)
                    .orElseGet(() -> Outcomes.perform("sending clients back", back, progress));
        }
        Instant settled = settled(view, params, progress);
        return progress.now().isBefore(settled)
                ? new StepOutcome.NotYet(
                        Duration.between(progress.now(), settled),
                        "until " + settled + " resolvers may know other answers")
                : Outcomes.done("the answers lead where they led before");
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.DNS_RECORDS, Part.INGRESSES, Part.SERVICES);
    }
}

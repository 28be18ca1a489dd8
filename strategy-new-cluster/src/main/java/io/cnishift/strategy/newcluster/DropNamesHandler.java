package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.ChangeRecords;
import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A record of weight 0 is answered all the same when all others are unhealthy, and a name that leads to nothing can be taken by others. */
final class DropNamesHandler implements StepHandler<DropNames> {

    @Override
    public StepOutcome next(View view, DropNames params, Progress progress) {
        List<ChangeRecords> due = new ArrayList<>();
        for (Entry entry : params.entries()) {
            List<DnsRecord> now = new Records(view, entry).now();
            List<DnsRecord> old = now.stream()
                    .filter(r ->
                            r.setIdentifier().filter(params.first()::equals).isPresent())
                    .toList();
            boolean answered = old.stream().anyMatch(r -> r.weight().orElse(1) > 0);
            boolean others =
                    now.stream().anyMatch(r -> !old.contains(r) && r.weight().orElse(0) > 0);
            if (answered || (!old.isEmpty() && !others)) {
                return new StepOutcome.Failed(
                        "the records of " + entry.name() + " do not all lead to the second cluster", Disposition.ASK);
            }
            if (!old.isEmpty()) {
                due.add(new ChangeRecords(entry.zone(), entry.name(), old, List.of()));
            }
        }
        return due.isEmpty()
                ? Outcomes.done("no record leads to the first cluster")
                : Outcomes.perform("taking away the records that lead to the first cluster", due, progress);
    }

    @Override
    public StepOutcome back(View view, DropNames params, Progress progress) {
        List<ChangeRecords> back = params.entries().stream()
                .flatMap(entry -> new Records(view, entry).restored(progress).stream())
                .toList();
        return back.isEmpty()
                ? Outcomes.done("the records are as before, of weight 0")
                : Outcomes.perform("making the records again, of weight 0", back, progress);
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.DNS_RECORDS);
    }
}

package io.cnishift.engine.ledger;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Consent;
import io.cnishift.engine.journal.AddressPoint;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.Measures;
import io.cnishift.engine.journal.ServiceSeconds;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** All counters of a run. Fed with every change of the view, it gives the record that the journal keeps. */
public final class Ledger {

    /** The parts whose changes are counted. */
    public static final Set<Part> PARTS =
            Set.of(Part.SERVICES, Part.ENDPOINTS, Part.PODS, Part.WORKLOADS, Part.BUDGETS, Part.NODES, Part.SUBNETS);

    private final ServiceLedger services;
    private final PodMoves moves;
    private final NodeMeter nodes;
    private final AddressCurve addresses;
    private final TemplateChanges templates;
    private final Map<String, Long> requests;

    private Ledger(View view, Instant now, Start start) {
        Measures soFar = start.soFar();
        List<ServiceSeconds> known =
                soFar.services().isEmpty() ? start.baseline().services() : soFar.services();
        services = new ServiceLedger(known, view, now, start.consented());
        moves = new PodMoves(view, start.begin(), Set.copyOf(start.baseline().workloads()), soFar);
        NodeMeter.Totals totals = new NodeMeter.Totals(
                start.baseline().nodes(), soFar.nodesReplaced(), soFar.peakExtraNodes(), soFar.extraNodeTime());
        nodes = new NodeMeter(view, start.begin(), now, totals);
        addresses = new AddressCurve(view, now);
        templates = new TemplateChanges(view, soFar.templatesChanged());
        requests = Map.copyOf(soFar.requests());
    }

    private record Start(JournalRecord.Baseline baseline, Instant begin, Measures soFar, Predicate<String> consented) {}

    /** What the run is measured against: the cluster as it stands before the first act. */
    public static JournalRecord.Baseline baseline(View view) {
        return new JournalRecord.Baseline(
                ServiceLedger.baseline(view),
                view.nodes().size(),
                view.workloads().stream().map(Workload::key).sorted().toList());
    }

    /**
     * Counts from now.
     *
     * @param begin of the run
     * @param soFar what earlier processes of the run have counted
     */
    public static Ledger start(
            View view, Instant now, Instant begin, JournalRecord.Baseline baseline, Measures soFar, List<Consent> by) {
        return new Ledger(view, now, new Start(baseline, begin, soFar, Consented.services(by, view)));
    }

    /** Takes a change that the view has taken. */
    public void accept(Change change, Instant at) {
        services.accept(change, at);
        moves.accept(change);
        nodes.accept(change, at);
        addresses.accept(change, at);
        templates.accept(change);
    }

    /** Takes a change that the view of the second cluster has taken. */
    public void acceptOfSecond(Change change, Instant at) {
        services.acceptOfSecond(change, at);
        moves.acceptOfSecond(change);
    }

    /** Says whether the second cluster serves from now on. */
    public void served(boolean bySecond, Instant at) {
        services.served(bySecond, at);
    }

    /** The counters as they stand. */
    public Measures measures(Instant now, Map<String, Long> requestsOfThisProcess) {
        Map<String, Long> all = new HashMap<>(requests);
        requestsOfThisProcess.forEach((port, count) -> all.merge(port, count, Long::sum));
        return new Measures(
                services.until(now),
                moves.once(),
                moves.again(),
                moves.byWorkload(),
                moves.slots(),
                templates.changed(),
                nodes.replaced(),
                nodes.peak(),
                nodes.extra(now),
                all);
    }

    /** The points of the address curve that were not handed out yet. */
    public List<AddressPoint> drainAddresses() {
        return addresses.drain();
    }
}

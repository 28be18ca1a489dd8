package io.cnishift.engine.rollback;

import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.World;
import io.cnishift.engine.journal.AddressPoint;
import io.cnishift.engine.journal.Measures;
import io.cnishift.engine.journal.ServiceSeconds;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.engine.run.Runner;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Goes the way back and counts what it costs. */
final class BackRehearsal {

    private final Runner runner;
    private final RunRequest request;
    private final World copy;

    /** Goes back in the world of the request, which is a copy of the cluster, and writes its journal. */
    BackRehearsal(Runner runner, RunRequest request) {
        this.runner = runner;
        this.request = request;
        this.copy = request.world();
    }

    /** What came of it. */
    record Result(RunResult run, Forecast forecast) {}

    Result go(Optional<String> toPhase, List<String> steps) {
        Measures before = request.journal().state().run().measures();
        int points = request.journal().state().run().addresses().size();
        int violated = copy.violations().get().size();
        Set<String> nodes = nodes();
        Instant begin = copy.time().now();
        RunResult run = runner.back(request, toPhase, steps);
        RunReport report = run.report();
        Set<String> made = nodes();
        made.removeAll(nodes);
        Forecast forecast = new Forecast(
                report.outcome(),
                report.reason(),
                Duration.between(begin, copy.time().now()),
                made.size(),
                needed(report.ipCurve().subList(points, report.ipCurve().size())),
                restarts(run.measures()) - restarts(before),
                below(run.measures()).minus(below(before)),
                report.notModelled(),
                report.violations()
                        .subList(
                                Math.min(violated, report.violations().size()),
                                report.violations().size()));
        return new Result(run, forecast);
    }

    private Set<String> nodes() {
        Set<String> names = new HashSet<>();
        copy.kubernetes().read(Set.of(Part.NODES)).resources().stream()
                .map(Node.class::cast)
                .forEach(node -> names.add(node.uid()));
        return names;
    }

    /** The most that was in use beyond the first point of each subnet. */
    private static Map<String, Integer> needed(List<AddressPoint> curve) {
        Map<String, Integer> first = new HashMap<>();
        Map<String, Integer> needed = new HashMap<>();
        for (AddressPoint point : curve) {
            int more = point.used() - first.computeIfAbsent(point.subnet(), s -> point.used());
            if (more > 0) {
                needed.merge(point.subnet(), more, Math::max);
            }
        }
        return needed;
    }

    private static int restarts(Measures measures) {
        return measures.restartsByWorkload().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private static Duration below(Measures measures) {
        return measures.services().stream().map(ServiceSeconds::total).reduce(Duration.ZERO, Duration::plus);
    }
}

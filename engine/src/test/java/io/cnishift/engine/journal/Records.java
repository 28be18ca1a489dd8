package io.cnishift.engine.journal;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.plan.Deferred;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.api.plan.Severity;
import io.cnishift.api.plan.Target;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Guard;
import io.cnishift.api.port.Question;
import io.cnishift.engine.guard.GuardTally;
import io.cnishift.engine.guard.Guarding;
import io.cnishift.engine.slice.Forecast;
import io.cnishift.engine.slice.NodeChoice;
import io.cnishift.engine.slice.Slice;
import io.cnishift.engine.slice.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One record of every kind. */
final class Records {

    static final Instant START = Instant.parse("2026-11-21T01:00:00Z");
    static final Target TARGET = new Target("sim:a", "a", "111122223333", "arn:aws:eks:r:1:cluster/a", "r", "uid-a");
    static final CordonNode CORDON = new CordonNode("node-1", "uid-1");
    static final Question QUESTION =
            Question.of(Question.From.NODE, "node-1", Question.To.POD, "a/b", Question.Protocol.TCP, 80);

    private Records() {}

    static StoredPlan plan() {
        MigrationPlan plan = new MigrationPlan(
                MigrationPlan.FORMAT,
                "test",
                TARGET,
                Map.of(),
                List.of(),
                List.of("roll"),
                List.of(),
                List.of(),
                Optional.empty());
        return new StoredPlan(plan, "the text", "0123456789abcdef");
    }

    static List<JournalRecord> all() {
        ServiceSeconds service = new ServiceSeconds("web", "api", 1, 2, Duration.ofMillis(1500), Duration.ofSeconds(3));
        Finding finding = Finding.of("X-1", Severity.WARNING, "Node n", "is \"odd\" \u00fc", "look", "docs");
        return List.of(
                new JournalRecord.Begun(
                        "test", "0123", TARGET, RunLimits.NONE.until("roll"), "me on here", Map.of("team", "net")),
                new JournalRecord.Baseline(List.of(service), 3, List.of("Deployment/web/api")),
                new JournalRecord.StepBegun("one"),
                new JournalRecord.ActIntended(
                        "one", CORDON, Map.of("spec", Map.of("unschedulable", false)), Optional.of("kubectl uncordon")),
                new JournalRecord.ActEnded(4, new ActResult.Performed(Map.of("resourceVersion", "7", "version", 5L))),
                new JournalRecord.ActIntended(
                        "one", new ApplyObject(Map.of("kind", "ConfigMap")), Map.of(), Optional.empty()),
                new JournalRecord.ActEnded(6, new ActResult.Refused(ActResult.Reason.CONFLICT, "changed")),
                new JournalRecord.ActIntended("one", CORDON, Map.of("n", 1L << 40), Optional.empty()),
                new JournalRecord.ActLost(8, "the process died"),
                new JournalRecord.Answered(
                        "one", QUESTION, new Answer(Answer.Verdict.REACHED, "by the wire", START.plusMillis(1))),
                new JournalRecord.GateJudged(
                        "one", List.of(new ProbeVerdict("NET-1", ProbeStatus.PASS, "all reached")), 1, 0),
                new JournalRecord.Waiting("one", "for the weather"),
                new JournalRecord.StepDone("one", "3 nodes", List.of(new Deferred("node-9", "a/b", "its volume"))),
                new JournalRecord.StepSkipped("two", "hybrid"),
                new JournalRecord.StepLapsed("one", "somebody changed it"),
                new JournalRecord.Held("roll"),
                new JournalRecord.Parked(List.of("old groups must not launch nodes")),
                new JournalRecord.Measured(
                        new Measures(
                                List.of(service),
                                3,
                                1,
                                Map.of("Deployment/web/api", 3),
                                Map.of("Deployment/web/api", new Slots(List.of(1, 2), List.of(1), 1)),
                                List.of("Deployment/web/api"),
                                2,
                                1,
                                Duration.ofHours(1),
                                Map.of("kubernetes", 70L)),
                        List.of(new AddressPoint(START, "subnet-1", 40))),
                new JournalRecord.Ended(
                        RunOutcome.PAUSED,
                        Optional.empty(),
                        StopCause.HOLD,
                        "held before roll",
                        List.of(finding),
                        List.of(),
                        List.of()),
                new JournalRecord.Resumed(
                        RunLimits.NONE
                                .past("roll")
                                .slice(Slice.ALL
                                        .lasting(Duration.ofHours(4))
                                        .in(List.of(Window.parse("Mon-Thu 22:00-05:00")), ZoneId.of("Asia/Kolkata"))
                                        .nodes(5)
                                        .only(NodeChoice.parse("zone=a,selector=tier in (web,db)")))
                                .guarding(Guarding.of(List.of(Guard.parse("alarm:checkout")))),
                        "you on there"),
                new JournalRecord.RollbackBegun(Optional.of("fence"), List.of("one"), "me"),
                new JournalRecord.StepBack("one", "as before"),
                new JournalRecord.OwnerActed("one"),
                new JournalRecord.Copied(Optional.of("the API server is away")),
                new JournalRecord.Copied(Optional.empty()),
                new JournalRecord.OwnerAsked("three", CORDON, Map.of("n", 1L)),
                new JournalRecord.Foreseen(new Forecast(Optional.of(START), 40, 30, 12, Duration.ofMinutes(7), 3)),
                new JournalRecord.Guarded(List.of(
                        new GuardTally(Guard.parse("https://a.example,status=2xx"), 40, 2, 1, 0, "answered 503"))));
    }

    static void writeTo(Journal journal) {
        List<JournalRecord> records = all();
        for (int i = 0; i < records.size(); i++) {
            journal.append(START.plusSeconds(i), records.get(i));
        }
    }
}

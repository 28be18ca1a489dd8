package io.cnishift.simulator.front;

import io.cnishift.api.port.MigrationException;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.FaultValue;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The clock of the simulated cluster, for tests: {@code GET /cnishift/clock} reads it, {@code POST /cnishift/clock?advance=90s}
 * lets time pass at once, {@code POST /cnishift/clock?advance=next} until something happens. Kubernetes has no such path; whoever
 * calls it needs the token.
 */
final class Control {
    static final String ROOT = "cnishift";

    private final Kernel kernel;
    private final Turns turns;
    private final String token;

    Control(Kernel kernel, Turns turns, String token) {
        this.kernel = kernel;
        this.turns = turns;
        this.token = token;
    }

    Reply answer(ApiCall call) {
        try {
            return clock(call);
        } catch (ApiRefusal refusal) {
            return Statuses.failure(refusal, Optional.empty());
        }
    }

    private Reply clock(ApiCall call) {
        if (!same(call.header("authorization"), "Bearer " + token)) {
            throw Refusals.coded(401, "the clock wants its token: Authorization: Bearer TOKEN");
        }
        if (!call.path().equals(List.of(ROOT, "clock"))) {
            throw Refusals.noSuchResource();
        }
        switch (call.method()) {
            case "GET" -> {}
            case "POST" -> advance(call.parameter("advance").orElse(""));
            default -> throw Refusals.methodNotAllowed();
        }
        return turns.take(() -> Reply.ok(Trees.of(
                "now",
                kernel.clock().now().toString(),
                "next",
                kernel.clock().next().map(Instant::toString).orElse(null),
                "resourceVersion",
                String.valueOf(kernel.objects().resourceVersion()))));
    }

    private void advance(String by) {
        Instant now = turns.now();
        if (by.equals("next")) {
            turns.runUntil(turns.take(() -> kernel.clock().next()).orElse(now));
            return;
        }
        try {
            turns.runUntil(now.plus(new FaultValue("advance", by).time()));
        } catch (MigrationException e) {
            throw Refusals.badRequest("advance=" + by + " is no time; give one such as 90s, 5m or 2h, or next");
        }
    }

    private static boolean same(String given, String wanted) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
    }
}

package io.cnishift.simulator.front;

import io.cnishift.api.port.MigrationException;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.FaultValue;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What Kubernetes does not have, for tests and for a migration that is run through the front; whoever calls it needs the token.
 *
 * <ul>
 *   <li>{@code GET /cnishift/clock} reads the clock; {@code POST} with {@code ?advance=90s} or {@code ?until=TIME} lets time pass
 *       at once, with {@code ?advance=next} until something happens, with {@code ?await=TIME} until that time or until something
 *       of what is watched has changed, and then says what.
 *   <li>The other paths are the ports of the cluster but for Kubernetes, see {@link RemotePorts}.
 * </ul>
 */
final class Control {
    static final String ROOT = "cnishift";

    private final Kernel kernel;
    private final Turns turns;
    private final RemotePorts ports;
    private final String token;

    Control(Kernel kernel, Turns turns, RemotePorts ports, String token) {
        this.kernel = kernel;
        this.turns = turns;
        this.ports = ports;
        this.token = token;
    }

    Reply answer(ApiCall call) {
        try {
            if (!same(call.header("authorization"), "Bearer " + token)) {
                throw Refusals.coded(401, "the control endpoint wants its token: Authorization: Bearer TOKEN");
            }
            if (call.path().size() != 2) {
                throw Refusals.noSuchResource();
            }
            String what = call.path().get(1);
            return what.equals("clock") ? clock(call) : turns.take(() -> ports.answer(what, call));
        } catch (ApiRefusal refusal) {
            return Statuses.failure(refusal, Optional.empty());
        }
    }

    private Reply clock(ApiCall call) {
        Optional<Instant> await = call.parameter("await").map(t -> time("await", t));
        switch (call.method()) {
            case "GET" -> {}
            case "POST" -> await.ifPresentOrElse(until -> turns.await(until, ports::changed), () -> advance(call));
            default -> throw Refusals.methodNotAllowed();
        }
        return turns.take(() -> Reply.ok(Trees.of(
                "now",
                kernel.clock().now().toString(),
                "next",
                kernel.clock().next().map(Instant::toString).orElse(null),
                "resourceVersion",
                String.valueOf(kernel.objects().resourceVersion()),
                "changes",
                await.isPresent() ? ports.taken() : null)));
    }

    private void advance(ApiCall call) {
        Optional<Instant> until = call.parameter("until").map(t -> time("until", t));
        String by = call.parameter("advance").orElse("");
        Instant now = turns.now();
        if (until.isPresent()) {
            turns.runUntil(until.get());
        } else if (by.equals("next")) {
            turns.runUntil(turns.take(() -> kernel.clock().next()).orElse(now));
        } else {
            turns.runUntil(now.plus(duration(by)));
        }
    }

    private static Duration duration(String text) {
        try {
            return new FaultValue("advance", text).time();
        } catch (MigrationException e) {
            throw Refusals.badRequest("advance=" + text + " is no time; give one such as 90s, 5m or 2h, or next");
        }
    }

    private static Instant time(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw Refusals.badRequest(name + "=" + text + " is no time; give one such as 2026-11-02T20:00:00Z");
        }
    }

    private static boolean same(String given, String wanted) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
    }
}

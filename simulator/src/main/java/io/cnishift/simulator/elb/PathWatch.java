package io.cnishift.simulator.elb;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.elb.Paths.Path;
import io.cnishift.simulator.net.Pulse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Accounts the seconds for which a path of a load balancer loses all requests ({@code SIM-PATH-DOWN}) or some of them
 * ({@code SIM-PATH-ERRORS}). A path that is not served when the world begins is not held against anybody until it is, and one to
 * which no name leads has no requests to lose.
 */
public final class PathWatch implements Behaviour {

    /** Code of the incident that nobody is answered. */
    public static final String DOWN = "SIM-PATH-DOWN";

    /** Code of the incident that some requests are lost. */
    public static final String ERRORS = "SIM-PATH-ERRORS";

    private final Map<String, Account> accounts = new HashMap<>();
    private final Set<String> everServed = new HashSet<>();
    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<String, Path> known = new LinkedHashMap<>();

    /**
     * How a path was last found.
     *
     * @param led whether anybody asks by it
     */
    private record Seen(Served served, boolean led) {
        private boolean same(@Nullable Seen other) {
            return other != null && served == other.served && led == other.led;
        }
    }

    @Override
    public String id() {
        return "path-watch";
    }

    @Override
    public String source() {
        return "ELB user guides: routing to targets, fail open; design.md 6";
    }

    @Override
    public void install(Kernel kernel) {
        Paths paths = new Paths(kernel);
        Clients clients = Clients.of(kernel);
        Pulse.of(kernel).listen(() -> {
            List<Path> now = paths.all();
            now.forEach(path -> look(kernel, paths, clients, path));
            gone(kernel, paths, clients, now);
        });
    }

    private void look(Kernel kernel, Paths paths, Clients clients, Path path) {
        String name = path.name();
        known.put(name, path);
        Seen now = new Seen(paths.served(path), clients.led(path.balancer()));
        if (now.same(seen.put(name, now))) {
            return;
        }
        if (now.served() == Served.ALL) {
            everServed.add(name);
        }
        if (everServed.contains(name) || clients.sent(path.balancer())) {
            Supplier<String> why = () -> paths.state(path).lost().orElse("");
            note(kernel, DOWN, name, now.led() && now.served() == Served.NONE, why);
            note(kernel, ERRORS, name, now.led() && now.served() == Served.SOME, why);
        }
    }

    /** Who is led to a load balancer that is gone finds nobody; a rule that is gone from one that stands has no requests. */
    private void gone(Kernel kernel, Paths paths, Clients clients, List<Path> now) {
        if (now.size() == known.size()) {
            return;
        }
        Set<String> there = now.stream().map(Path::name).collect(Collectors.toSet());
        known.values().stream().filter(path -> !there.contains(path.name())).forEach(path -> {
            seen.remove(path.name());
            boolean down =
                    everServed.contains(path.name()) && !paths.stands(path.balancer()) && clients.led(path.balancer());
            note(kernel, DOWN, path.name(), down, () -> "the load balancer is gone");
            note(kernel, ERRORS, path.name(), false, () -> "");
        });
    }

    private void note(Kernel kernel, String code, String path, boolean bad, Supplier<String> why) {
        String key = code + " " + path;
        Account account = accounts.get(key);
        if (account == null) {
            if (!bad) {
                return;
            }
            Account opened = new Account(kernel, why.get());
            accounts.put(key, opened);
            kernel.incidents().measure(code, path, opened::message, opened::lasted);
            account = opened;
        }
        account.set(bad);
    }

    /** How long something has been bad, all times together. */
    private static final class Account {
        private final Kernel kernel;
        private final String firstReason;
        private final Instant first;
        private Duration closed = Duration.ZERO;
        private Optional<Instant> since = Optional.empty();

        Account(Kernel kernel, String reason) {
            this.kernel = kernel;
            firstReason = reason;
            first = kernel.clock().now();
        }

        void set(boolean bad) {
            Instant now = kernel.clock().now();
            if (bad && since.isEmpty()) {
                since = Optional.of(now);
            } else if (!bad && since.isPresent()) {
                closed = closed.plus(Duration.between(since.get(), now));
                since = Optional.empty();
            }
        }

        /** To the tenth of a second that is shown, so that what is shown adds up. */
        Duration lasted() {
            Duration whole = since.map(
                            s -> closed.plus(Duration.between(s, kernel.clock().now())))
                    .orElse(closed);
            return Duration.ofMillis(Math.round(whole.toMillis() / 100.0) * 100);
        }

        String message() {
            return String.format(Locale.ROOT, "for %.1f", lasted().toMillis() / 1000.0) + " s in all, first at " + first
                    + ": " + firstReason;
        }
    }
}

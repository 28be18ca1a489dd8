package io.cnishift.simulator.front;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cnishift.api.port.TimeSource;
import io.cnishift.api.port.World;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.world.Simulation;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Kubernetes API of a simulated cluster over HTTP, good enough for kubectl and client libraries, and the control endpoint for
 * its clock and its other ports.
 *
 * <ol>
 *   <li>A few threads take requests. Each is answered in a turn of its own ({@link Turns}) by the same code that the in-process
 *       port calls; the document is written after the turn.
 *   <li>A watch keeps its connection and no thread: what a turn changed is queued for it, and written by a second few threads.
 *   <li>One thread lets time pass ({@link Pace}), sends bookmarks and ends watches whose time is over.
 * </ol>
 */
public final class Front implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Front.class);
    private static final String JSON = "application/json";
    private static final int OK = 200;
    private static final int THREADS = 4;
    private static final int BACKLOG = 64;
    private static final long TICK_MILLIS = 100;
    private static final long BOOKMARK_SECONDS = 60;
    private static final long LONGEST_WATCH_SECONDS = 1800;

    private final HttpServer server;
    private final ExecutorService requests = Executors.newFixedThreadPool(THREADS);
    private final ExecutorService writers = Executors.newFixedThreadPool(THREADS);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Bodies bodies = new Bodies();
    private final Api api;
    private final Watches watches;
    private final Turns turns;
    private final Control control;
    private final Pace pace;

    /**
     * Where it listens, and how time runs.
     *
     * @param address a loopback address; port 0 for a free one
     * @param token that the control endpoint wants
     * @param wall the time on the wall
     * @param speed virtual seconds for each second on the wall; 0 for a clock that only the control endpoint moves
     * @param filters what each request goes through first, for tests that count requests or let them fail
     */
    public record Settings(
            InetSocketAddress address, String token, TimeSource wall, double speed, List<Filter> filters) {
        public Settings {
            if (address.getAddress() == null || !address.getAddress().isLoopbackAddress()) {
                throw new IllegalArgumentException(address + " is no loopback address");
            }
            Objects.requireNonNull(token, "token");
            Objects.requireNonNull(wall, "wall");
            if (!(speed >= 0)) {
                throw new IllegalArgumentException("time does not run backwards");
            }
            filters = List.copyOf(filters);
        }

        /** With nothing in front of it. */
        public Settings(InetSocketAddress address, String token, TimeSource wall, double speed) {
            this(address, token, wall, speed, List.of());
        }
    }

    private Front(Kernel kernel, World world, Settings settings) throws IOException {
        server = HttpServer.create(settings.address(), BACKLOG);
        api = new Api(kernel, bodies);
        watches = new Watches(kernel.objects());
        turns = new Turns(kernel, watches::tell);
        control = new Control(kernel, turns, new RemotePorts(world), settings.token());
        pace = new Pace(turns, settings.wall(), settings.speed());
        server.createContext("/", this::serve).getFilters().addAll(settings.filters());
        server.setExecutor(requests);
    }

    /** Serves a cluster, which from now on belongs to the front alone. */
    public static Front open(Simulation simulation, Settings settings) throws IOException {
        return open(simulation.kernel(), simulation.world(), settings);
    }

    static Front open(Kernel kernel, World world, Settings settings) throws IOException {
        // Head and body of an answer are two packets. Without this the second one waits for the other side to
        // acknowledge the
        // first, which it does 40 ms later; the server of the JDK has no other switch for it.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Front front = new Front(kernel, world, settings);
        front.server.start();
        if (settings.speed() > 0) {
            ScheduledFuture<?> unusedTicks = front.timer.scheduleWithFixedDelay(
                    front.pace::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
        ScheduledFuture<?> unusedBookmarks = front.timer.scheduleWithFixedDelay(
                () -> front.turns.run(front.watches::bookmark), BOOKMARK_SECONDS, BOOKMARK_SECONDS, TimeUnit.SECONDS);
        return front;
    }

    /** Where it listens. */
    public URI url() {
        InetSocketAddress address = server.getAddress();
        String host = address.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
    }

    private void serve(HttpExchange exchange) throws IOException {
        try {
            ApiCall call = ApiCall.of(exchange, bodies);
            if (call.flag("watch") && call.method().equals("GET")) {
                watch(exchange, call);
            } else {
                send(exchange, reply(call));
            }
        } catch (ApiRefusal refusal) {
            send(exchange, Statuses.failure(refusal, Optional.empty()));
        } catch (IOException e) {
            exchange.close();
            throw e;
        } catch (RuntimeException e) {
            LOG.error("a request was not answered: {} {}", exchange.getRequestMethod(), exchange.getRequestURI(), e);
            send(exchange, Statuses.failure(Refusals.coded(500, "Internal error occurred: " + e), Optional.empty()));
        }
    }

    private Reply reply(ApiCall call) {
        String root = call.path().isEmpty() ? "" : call.path().get(0);
        return switch (root) {
            case Control.ROOT -> control.answer(call);
            case "healthz", "livez", "readyz" ->
                pace.stopped()
                        .map(why -> Statuses.failure(Refusals.coded(500, why), Optional.empty()))
                        .orElse(Reply.ok(Map.of()));
            default -> turns.take(() -> api.answer(call));
        };
    }

    private void watch(HttpExchange exchange, ApiCall call) throws IOException {
        Target target = turns.take(() -> api.watched(call));
        if (call.header("upgrade").equalsIgnoreCase("websocket")) {
            // no such protocol here; a client that is not upgraded asks again over plain HTTP
            exchange.sendResponseHeaders(OK, -1);
            exchange.close();
            return;
        }
        Watch watch = new Watch(target, call, api.form(target, call), new Watch.Wire(exchange, bodies, writers));
        OptionalLong since = Watches.since(call);
        long asked = call.number("timeoutSeconds").orElse(0);
        long seconds = asked == 0 ? LONGEST_WATCH_SECONDS : Math.min(asked, LONGEST_WATCH_SECONDS);
        exchange.getResponseHeaders().set("Content-Type", JSON);
        exchange.sendResponseHeaders(OK, 0);
        turns.run(() -> watches.begin(watch, since));
        ScheduledFuture<?> unusedEnd =
                timer.schedule(() -> turns.run(() -> watches.end(watch)), seconds, TimeUnit.SECONDS);
    }

    private void send(HttpExchange exchange, Reply reply) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", JSON);
        reply.retryAfterSeconds().ifPresent(s -> exchange.getResponseHeaders().set("Retry-After", String.valueOf(s)));
        exchange.sendResponseHeaders(reply.code(), 0);
        try (OutputStream out = exchange.getResponseBody()) {
            bodies.write(reply.body(), out);
        }
    }

    /** Ends all watches and stops listening. */
    @Override
    public void close() {
        timer.shutdownNow();
        turns.run(watches::endAll);
        server.stop(0);
        requests.shutdownNow();
        writers.shutdownNow();
    }
}

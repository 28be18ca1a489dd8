package io.cnishift.it.front;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets a share of the requests fail, all of it by one seed: the n-th request of one sort meets the same fate whatever comes in
 * between. The clock, and what tells a test how its cluster fares, are spared.
 */
final class Trouble extends Filter implements AutoCloseable {
    private static final double SHARE = 0.2;
    private static final int SLOW_MILLIS = 20;
    private static final int EVENTS_BEFORE_A_CUT = 3;
    private static final String STATUS = """
            {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"%s","reason":"%s","code":%d}
            """;

    private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
    private final Map<Fate, AtomicInteger> done = new ConcurrentHashMap<>();
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    private final long seed;

    Trouble(long seed) {
        this.seed = seed;
    }

    private enum Fate {
        THROTTLED,
        UNAVAILABLE,
        RESET_BEFORE,
        RESET_AFTER,
        SLOW
    }

    @Override
    public String description() {
        return "lets requests fail";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        String sort =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        int nth = seen.computeIfAbsent(sort, s -> new AtomicInteger()).incrementAndGet();
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + sort.hashCode() * 31L + nth);
        if (spared(exchange.getRequestURI().getPath()) || random.nextDouble() >= SHARE) {
            chain.doFilter(exchange);
            return;
        }
        Fate fate = Fate.values()[random.nextInt(Fate.values().length)];
        done.computeIfAbsent(fate, f -> new AtomicInteger()).incrementAndGet();
        switch (fate) {
            case THROTTLED -> refuse(exchange, 429, "TooManyRequests", "too many requests, please try again later");
            case UNAVAILABLE -> refuse(exchange, 503, "ServiceUnavailable", "etcdserver: leader changed");
            case RESET_BEFORE -> exchange.close();
            case RESET_AFTER -> chain.doFilter(new Unheard(exchange));
            case SLOW -> {
                ScheduledFuture<?> unused =
                        later.schedule(() -> goOn(exchange, chain), SLOW_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static boolean spared(String path) {
        return path.equals("/cnishift/clock") || path.equals("/cnishift/watch") || path.equals("/cnishift/world");
    }

    private static void goOn(HttpExchange exchange, Chain chain) {
        try {
            chain.doFilter(exchange);
        } catch (IOException e) {
            exchange.close();
        }
    }

    private static void refuse(HttpExchange exchange, int code, String reason, String message) throws IOException {
        byte[] body = STATUS.formatted(message, reason, code).getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** How many requests failed, by what became of them. */
    Map<String, Integer> done() {
        Map<String, Integer> all = new TreeMap<>();
        done.forEach((fate, count) -> all.put(fate.toString(), count.get()));
        return all;
    }

    @Override
    public void close() {
        later.shutdownNow();
    }

    /** A request that is answered and whose answer does not arrive; a watch is cut off in the middle. */
    private static final class Unheard extends HttpExchangeWrapper {
        private boolean stream;

        Unheard(HttpExchange exchange) {
            super(exchange);
        }

        @Override
        public void sendResponseHeaders(int code, long length) throws IOException {
            stream = String.valueOf(getRequestURI().getRawQuery()).contains("watch=true");
            if (stream) {
                super.sendResponseHeaders(code, length);
            }
        }

        @Override
        public OutputStream getResponseBody() {
            return stream ? new Cut(this, super.getResponseBody()) : new Nowhere(this);
        }
    }

    /** Takes what nobody will read. */
    private static final class Nowhere extends OutputStream {
        private final HttpExchange exchange;

        Nowhere(HttpExchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void write(int octet) {}

        @Override
        public void write(byte[] bytes, int from, int count) {}

        @Override
        public void close() {
            exchange.close();
        }
    }

    /** Ends in the middle. */
    private static final class Cut extends OutputStream {
        private final HttpExchange exchange;
        private final OutputStream out;
        private int flushes;

        Cut(HttpExchange exchange, OutputStream out) {
            this.exchange = exchange;
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, flushes < EVENTS_BEFORE_A_CUT ? count : count / 2);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
            flushes++;
            if (flushes > EVENTS_BEFORE_A_CUT) {
                exchange.close();
                throw new IOException("cut off");
            }
        }
    }
}

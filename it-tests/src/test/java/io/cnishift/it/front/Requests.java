package io.cnishift.it.front;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Counts the requests that come to a front: by what is done, and to which resource. */
final class Requests extends Filter {
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

    @Override
    public String description() {
        return "counts requests";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        counts.computeIfAbsent(kind(exchange), k -> new AtomicLong()).incrementAndGet();
        chain.doFilter(exchange);
    }

    /** Such as {@code PATCH nodes}, {@code WATCH pods}, {@code POST /cnishift/perform}. */
    static String kind(HttpExchange exchange) {
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        String path = exchange.getRequestURI().getPath();
        String method = query.contains("watch=true") ? "WATCH" : exchange.getRequestMethod();
        String[] parts = path.substring(1).split("/", -1);
        if (!parts[0].equals("api") && !parts[0].equals("apis")) {
            return method + " " + path;
        }
        int group = parts[0].equals("api") ? 2 : 3;
        int resource = parts.length > group + 1 && parts[group].equals("namespaces") ? group + 2 : group;
        if (parts.length <= group) {
            return method + " discovery";
        }
        String name = parts[Math.min(resource, parts.length - 1)];
        boolean list = parts.length <= resource + 1;
        return (method.equals("GET") && list ? "LIST" : method) + " " + name
                + (parts.length > resource + 2 ? "/" + parts[resource + 2] : "");
    }

    long of(Predicate<String> kinds) {
        return counts.entrySet().stream()
                .filter(e -> kinds.test(e.getKey()))
                .mapToLong(e -> e.getValue().get())
                .sum();
    }

    Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((kind, count) -> all.put(kind, count.get()));
        return all;
    }
}

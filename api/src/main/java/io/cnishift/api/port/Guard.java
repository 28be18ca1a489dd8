package io.cnishift.api.port;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Something outside of the migration that must stay well while it runs.
 *
 * <ul>
 *   <li>{@code https://HOST/PATH}: answers with a status in time;
 *   <li>{@code alarm:NAME}: a CloudWatch alarm is not in ALARM;
 *   <li>{@code prom:URL?QUERY}: a query of Prometheus, written as that of an alerting rule, returns nothing;
 *   <li>{@code service:NAMESPACE/NAME}: a Service has the ready endpoints that it is guaranteed.
 * </ul>
 *
 * <p>Of a URL, {@code ,status=204} or {@code ,status=2xx} says which status is well (default 200) and {@code ,latency=500ms} how
 * fast it has to be (default 2s). Red is what is not well; what cannot be asked is unknown.
 *
 * @param subject the URL, the name of the alarm, the URL of Prometheus, the key of the Service
 * @param query what Prometheus is asked; empty for others
 * @param status three digits, or a digit and {@code xx}
 * @param latency an answer that takes longer is red
 */
public record Guard(Kind kind, String subject, String query, String status, Duration latency) {

    private static final String STATUS = "200";
    private static final Duration LATENCY = Duration.ofSeconds(2);
    private static final Set<String> KEYS = Set.of("status", "latency");

    /** What is looked at. */
    public enum Kind {
        URL,
        ALARM,
        PROM,
        SERVICE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Guard {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(query);
        Objects.requireNonNull(status);
        Objects.requireNonNull(latency);
    }

    /**
     * Reads a guard as users write it.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static Guard parse(String text) {
        if (text.startsWith("alarm:")) {
            return of(Kind.ALARM, required(text, "alarm:", "alarm:NAME"), "");
        }
        if (text.startsWith("service:")) {
            String key = required(text, "service:", "service:NAMESPACE/NAME");
            if (!key.matches("[a-z0-9.-]+/[a-z0-9.-]+")) {
                throw new IllegalArgumentException("'" + key + "' names no Service; write service:NAMESPACE/NAME");
            }
            return of(Kind.SERVICE, key, "");
        }
        if (text.startsWith("prom:")) {
            String rest = required(text, "prom:", "prom:URL?QUERY");
            int query = rest.indexOf('?');
            if (query < 0 || query == rest.length() - 1) {
                throw new IllegalArgumentException("it has no query; write prom:URL?QUERY");
            }
            return of(Kind.PROM, url(rest.substring(0, query)), rest.substring(query + 1));
        }
        if (text.startsWith("http://") || text.startsWith("https://")) {
            return page(text);
        }
        throw new IllegalArgumentException("'" + text
                + "' is no guard; write https://HOST/PATH, alarm:NAME, prom:URL?QUERY or service:NAMESPACE/NAME");
    }

    private static Guard of(Kind kind, String subject, String query) {
        return new Guard(kind, subject, query, STATUS, LATENCY);
    }

    /** A URL may hold commas itself, so only known keys at its end are taken off. */
    private static Guard page(String text) {
        Map<String, String> settings = new LinkedHashMap<>();
        String url = text;
        for (int comma = url.lastIndexOf(','); comma > 0; comma = url.lastIndexOf(',')) {
            String last = url.substring(comma + 1);
            int equal = last.indexOf('=');
            if (equal < 0 || !KEYS.contains(last.substring(0, equal))) {
                break;
            }
            settings.putIfAbsent(last.substring(0, equal), last.substring(equal + 1));
            url = url.substring(0, comma);
        }
        String status = settings.getOrDefault("status", STATUS);
        if (!status.matches("[1-5]([0-9]{2}|xx)")) {
            throw new IllegalArgumentException("'" + status + "' is no status; write status=204 or status=2xx");
        }
        return new Guard(Kind.URL, url(url), "", status, latency(settings));
    }

    private static Duration latency(Map<String, String> settings) {
        String text = settings.getOrDefault("latency", LATENCY.toMillis() + "ms");
        if (!text.matches("[1-9][0-9]{0,5}(ms|s)")) {
            throw new IllegalArgumentException("'" + text + "' is no latency; write latency=500ms or latency=2s");
        }
        long number = Long.parseLong(text.replaceAll("[a-z]", ""));
        return text.endsWith("ms") ? Duration.ofMillis(number) : Duration.ofSeconds(number);
    }

    private static String url(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no URL: " + e.getMessage(), e);
        }
        if (uri.getHost() == null || uri.getScheme() == null || !uri.getScheme().matches("https?")) {
            throw new IllegalArgumentException("'" + text + "' is no URL with a host; write https://HOST/PATH");
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException("a URL with a user or password in it would be written to the journal;"
                    + " guard a page that needs none");
        }
        return text;
    }

    private static String required(String text, String prefix, String form) {
        String rest = text.substring(prefix.length());
        if (rest.isBlank()) {
            throw new IllegalArgumentException("'" + text + "' names nothing; write " + form);
        }
        return rest;
    }

    /** Whether a page that answers so is well. */
    public boolean expects(int answered) {
        String digits = Integer.toString(answered);
        return status.endsWith("xx") ? digits.charAt(0) == status.charAt(0) : digits.equals(status);
    }

    /** As users write it. */
    @Override
    public String toString() {
        return switch (kind) {
            case ALARM, SERVICE -> kind + ":" + subject;
            case PROM -> "prom:" + subject + "?" + query;
            case URL ->
                subject
                        + (status.equals(STATUS) ? "" : ",status=" + status)
                        + (latency.equals(LATENCY) ? "" : ",latency=" + latency.toMillis() + "ms");
        };
    }
}

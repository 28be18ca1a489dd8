package io.cnishift.adapters.helm;

import io.cnishift.api.port.ActResult.Reason;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a refusal of Helm means, by the words in it, for Helm has no codes. Source: the error texts of helm/helm pkg/action and
 * pkg/storage, of client-go and of the API server's admission.
 */
final class HelmRefusals {

    /** In the order in which they are looked for. */
    private static final Map<String, Reason> WORDS = words();

    private HelmRefusals() {}

    static Reason reason(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return WORDS.entrySet().stream()
                .filter(word -> lower.contains(word.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Reason.INVALID);
    }

    private static Map<String, Reason> words() {
        Map<String, Reason> words = new LinkedHashMap<>();
        words.put("is in progress", Reason.BUSY);
        words.put("admission webhook", Reason.ADMISSION);
        words.put("denied the request", Reason.ADMISSION);
        words.put("failed calling webhook", Reason.ADMISSION);
        words.put("is forbidden", Reason.FORBIDDEN);
        words.put("unauthorized", Reason.FORBIDDEN);
        words.put("asked for the client to provide credentials", Reason.FORBIDDEN);
        words.put("must be logged in to the server", Reason.FORBIDDEN);
        words.put("too many requests", Reason.THROTTLED);
        words.put("the object has been modified", Reason.CONFLICT);
        words.put("cannot re-use a name", Reason.CONFLICT);
        words.put("release: not found", Reason.GONE);
        for (String noAnswer : new String[] {
            "cluster unreachable",
            "connection refused",
            "connection reset",
            "no such host",
            "i/o timeout",
            "tls handshake timeout",
            "context deadline exceeded",
            "unexpected eof",
            "service unavailable",
            "bad gateway",
            "the server was unable to return a response",
            "internal error occurred"
        }) {
            words.put(noAnswer, Reason.UNAVAILABLE);
        }
        return words;
    }
}

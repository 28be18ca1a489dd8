package io.cnishift.adapters.kubernetes;

import io.cnishift.adapters.resilience.Masked;
import io.cnishift.api.cluster.Tree;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** An answer of the API server that is no success, or none at all. */
final class KubeFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Status of a request that got no answer. */
    static final int NO_ANSWER = 0;

    private static final String GARBLED = "Garbled";

    private final int status;
    private final String reason;
    private final transient Map<String, Object> details;

    /**
     * A failure.
     *
     * @param reason the reason of the Status object, empty when the answer was none
     */
    KubeFailure(int status, String reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.reason = reason;
        this.details = Map.of();
    }

    private KubeFailure(int status, Map<String, Object> tree) {
        super(Masked.text(Tree.text(tree, "message").orElse("HTTP " + status)));
        this.status = status;
        this.reason = Tree.text(tree, "reason").orElse("");
        this.details = Tree.map(tree, "details");
    }

    /** What a Status object says; the status of HTTP counts where it names none. */
    static KubeFailure of(int http, Map<String, Object> status) {
        return new KubeFailure((int) Tree.number(status, http, "code"), status);
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }

    /** A success whose body is no JSON: cut short on the way, or not of an API server. */
    static KubeFailure garbled(Throwable cause) {
        return new KubeFailure(NO_ANSWER, GARBLED, "the answer is no complete JSON document", cause);
    }

    boolean isGarbled() {
        return status == NO_ANSWER && reason.equals(GARBLED);
    }

    /** The resource that the Status object is about; of a validation, its kind. */
    String subject() {
        return Tree.text(details, "kind").orElse("");
    }

    /** Whether one of its causes is of that type. */
    boolean causedBy(String type) {
        return causes().anyMatch(
                        c -> Tree.text(c, "reason").filter(type::equals).isPresent());
    }

    /** Whether a validation found fault with that field. */
    boolean about(String field) {
        return causes().anyMatch(
                        c -> Tree.text(c, "field").filter(field::equals).isPresent());
    }

    /** The message, and what its causes say beyond it. */
    String whole() {
        String said = String.valueOf(getMessage());
        List<String> more = causes().flatMap(c -> Tree.text(c, "message").stream())
                .filter(m -> !said.contains(m))
                .toList();
        return Stream.concat(Stream.of(said), more.stream()).collect(Collectors.joining(" "));
    }

    private Stream<Map<String, Object>> causes() {
        return Tree.maps(details, "causes").stream();
    }

    /** Whether the server may have got the request. Where no connection came about, it has not. */
    boolean mayHaveArrived() {
        return !hasCause(ConnectException.class)
                && !hasCause(UnresolvedAddressException.class)
                && !hasCause(UnknownHostException.class)
                && !hasCause(HttpConnectTimeoutException.class)
                && !untrusted();
    }

    /** Whether the two did not agree on TLS. */
    boolean untrusted() {
        return hasCause(SSLException.class);
    }

    private boolean hasCause(Class<? extends Throwable> type) {
        for (Throwable here = getCause(); here != null; here = here.getCause()) {
            if (type.isInstance(here)) {
                return true;
            }
        }
        return false;
    }
}

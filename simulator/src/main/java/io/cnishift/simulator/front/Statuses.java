package io.cnishift.simulator.front;

import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.ApiRefusal.Cause;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.ApiResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Status objects: what a server answers instead of an object. Source: Kubernetes API conventions, "Response Status Kind". */
final class Statuses {

    private Statuses() {}

    /** What became of an object that is gone. */
    static Map<String, Object> success(Target target, String uid) {
        return Trees.of(
                "kind",
                "Status",
                "apiVersion",
                "v1",
                "metadata",
                Map.of(),
                "status",
                "Success",
                "details",
                Trees.of(
                        "name",
                        target.name(),
                        "group",
                        filled(target.resource().group()),
                        "kind",
                        target.resource().plural(),
                        "uid",
                        filled(uid)));
    }

    /** A refusal as a server would word it for what was asked for. */
    static Reply failure(ApiRefusal refusal, Optional<Target> target) {
        int code = refusal.detail().code().orElse(code(refusal.reason()));
        OptionalInt retry = refusal.detail().retryAfterSeconds();
        List<Map<String, Object>> causes = refusal.detail().causes().stream()
                .map(c -> Trees.of("reason", c.type(), "message", c.message(), "field", filled(c.field())))
                .toList();
        Map<String, Object> details = Trees.of(
                "name",
                target.map(t -> filled(t.name())).orElse(null),
                "group",
                target.map(t -> filled(t.resource().group())).orElse(null),
                "kind",
                target.map(t -> code == 422 ? t.resource().kind() : t.resource().plural())
                        .orElse(null),
                "causes",
                causes.isEmpty() ? null : causes,
                "retryAfterSeconds",
                retry.isPresent() ? retry.getAsInt() : null);
        return new Reply(
                code,
                Trees.of(
                        "kind",
                        "Status",
                        "apiVersion",
                        "v1",
                        "metadata",
                        Map.of(),
                        "status",
                        "Failure",
                        "message",
                        message(refusal, code, target),
                        "reason",
                        refusal.reason() == Reason.EXISTS ? "AlreadyExists" : word(code),
                        "details",
                        details.isEmpty() ? null : details,
                        "code",
                        code),
                retry);
    }

    /** Inside the simulator an object is called by its key; a server calls it by its resource, of validation by its kind. */
    private static String message(ApiRefusal refusal, int code, Optional<Target> target) {
        String said = String.valueOf(refusal.getMessage());
        if (refusal.reason() == Reason.BUDGET) {
            for (Cause cause : refusal.detail().causes()) {
                said = said.replace(" " + cause.message(), "");
            }
        }
        String whole = said;
        return target.map(t -> renamed(whole, t, code == 422)).orElse(whole);
    }

    private static String renamed(String said, Target target, boolean byKind) {
        ApiResource resource = target.resource();
        String before = Pattern.quote(resource.key(target.namespace(), "").toString());
        String name = byKind ? resource.qualifiedKind() : resource.qualified();
        return said.replaceAll(before + "([a-z0-9]([-a-z0-9.:]*[a-z0-9])?)", name + " \"$1\"");
    }

    private static int code(Reason reason) {
        return switch (reason) {
            case BUDGET, THROTTLED -> 429;
            case CONFLICT, EXISTS, BUSY -> 409;
            case GONE -> 404;
            case FORBIDDEN -> 403;
            case INVALID -> 422;
            case UNAVAILABLE -> 503;
            // a webhook out of reach is an internal error of the server that calls it
            case ADMISSION, DOUBLE_BUDGET, CAPACITY, ADDRESSES -> 500;
        };
    }

    private static String word(int code) {
        return switch (code) {
            case 400 -> "BadRequest";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "NotFound";
            case 405 -> "MethodNotAllowed";
            case 406 -> "NotAcceptable";
            case 409 -> "Conflict";
            case 410 -> "Expired";
            case 413 -> "RequestEntityTooLarge";
            case 415 -> "UnsupportedMediaType";
            case 422 -> "Invalid";
            case 429 -> "TooManyRequests";
            case 501 -> "NotImplemented";
            case 503 -> "ServiceUnavailable";
            case 504 -> "Timeout";
            default -> "InternalError";
        };
    }

    private static @Nullable String filled(String text) {
        return text.isEmpty() ? null : text;
    }
}

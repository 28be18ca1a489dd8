package io.cnishift.adapters.kubernetes;

import io.cnishift.api.port.ActResult.Reason;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why the API server refused a write, from what it answered.
 *
 * <p>Source: Kubernetes API conventions, "Response Status Kind"; pkg/registry/core/pod/storage/eviction.go for evictions;
 * admission/plugin/webhook/errors and the plug-ins for the words of admission, which has no reason of its own and borrows those
 * of others.
 */
final class RefusalReasons {

    private static final Pattern ADMISSION = Pattern.compile("admission webhook \"[^\"]*\" denied the request"
            + "|failed calling (admission )?webhook"
            + "|(Validating|Mutating)AdmissionPolicy '[^']*'.* (denied|failed)"
            + "|conversion webhook for .* failed");

    /** How the authorizer begins. All else that is forbidden was forbidden by an admission plug-in, to whoever asks. */
    private static final Pattern UNAUTHORIZED = Pattern.compile("(^| is )forbidden: User ");

    private RefusalReasons() {}

    /** The reason; empty when the answer leaves open whether something was done. */
    static Optional<Reason> of(KubeFailure answer) {
        if (answer.status() == KubeFailure.NO_ANSWER || answer.status() == 408) {
            return Optional.empty();
        }
        if (ADMISSION.matcher(String.valueOf(answer.getMessage())).find()) {
            return Optional.of(Reason.ADMISSION);
        }
        return switch (answer.status()) {
            case 401 -> Optional.of(Reason.FORBIDDEN);
            case 403 -> Optional.of(forbidden(answer));
            case 404 -> Optional.of(KubeFaults.unserved(answer) ? Reason.INVALID : Reason.GONE);
            case 409 -> Optional.of(answer.reason().equals("AlreadyExists") ? Reason.EXISTS : Reason.CONFLICT);
            case 410 -> Optional.of(Reason.CONFLICT);
            // A patch that names a UID is taken for a change of it, and that is what is refused.
            case 422 -> Optional.of(answer.about("metadata.uid") ? Reason.CONFLICT : Reason.INVALID);
            case 429 -> Optional.of(answer.causedBy("DisruptionBudget") ? Reason.BUDGET : Reason.THROTTLED);
            case 501 -> Optional.of(Reason.INVALID);
            default -> answer.status() >= 500 ? ofServerError(answer) : Optional.of(Reason.INVALID);
        };
    }

    private static Reason forbidden(KubeFailure answer) {
        if (answer.causedBy("NamespaceTerminating")) {
            // Of an eviction: the namespace takes its pods away by itself, as kubectl drain knows, which waits for it.
            return answer.subject().equals("pods") ? Reason.BUSY : Reason.FORBIDDEN;
        }
        if (answer.subject().startsWith("poddisruptionbudget")) {
            return Reason.BUDGET;
        }
        boolean plugin = String.valueOf(answer.getMessage()).contains("is forbidden: ")
                && !UNAUTHORIZED.matcher(String.valueOf(answer.getMessage())).find();
        return plugin ? Reason.ADMISSION : Reason.FORBIDDEN;
    }

    private static Optional<Reason> ofServerError(KubeFailure answer) {
        return String.valueOf(answer.getMessage()).contains("more than one PodDisruptionBudget")
                ? Optional.of(Reason.DOUBLE_BUDGET)
                : Optional.empty();
    }
}

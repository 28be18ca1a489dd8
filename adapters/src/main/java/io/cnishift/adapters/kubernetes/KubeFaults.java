package io.cnishift.adapters.kubernetes;

import io.cnishift.adapters.resilience.Fault;
import io.cnishift.adapters.resilience.Fault.Kind;
import io.cnishift.adapters.resilience.FaultJudge;
import io.cnishift.adapters.resilience.Operation;
import io.cnishift.api.port.ActResult.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an answer of the API server means. Source: the Kubernetes API conventions, HTTP status codes. */
final class KubeFaults implements FaultJudge {

    private static final int LONGEST_MESSAGE = 200;
    private static final String UNSERVED = "the server could not find the requested resource";

    @Override
    public Optional<Fault> judge(Operation operation, RuntimeException failure) {
        return failure instanceof KubeFailure kube ? Optional.of(judge(operation, kube)) : Optional.empty();
    }

    private static Fault judge(Operation operation, KubeFailure failure) {
        String said = line(failure.getMessage());
        Kind kind = kind(failure);
        return switch (kind) {
            case DENIED ->
                new Fault(
                        kind,
                        "the API server forbids " + operation.permission() + " (" + said + ")",
                        "allow " + operation.permission() + " by RBAC, or use --as or --context");
            case CREDENTIALS ->
                new Fault(
                        kind,
                        "the API server does not accept the credentials (" + said + ")",
                        "give the caller an access entry in EKS, or use --profile, --role-arn, --kubeconfig or --context");
            case THROTTLED -> new Fault(kind, operation + " is throttled (" + said + ")", "run it again later");
            case UNAVAILABLE ->
                new Fault(
                        kind,
                        operation + " got no good answer from the API server (" + said + ")",
                        "check the network path, HTTPS_PROXY and --endpoint; a private endpoint needs a tunnel or VPN");
            case EXPIRED ->
                new Fault(kind, operation + ": the list changed too fast to be read (" + said + ")", "run it again");
            default ->
                failure.untrusted()
                        ? new Fault(
                                kind,
                                "the certificate of the API server is not trusted (" + said + ")",
                                "check --tls-server-name, or the certificate authority in the kubeconfig")
                        : new Fault(
                                kind,
                                operation + " failed: " + said,
                                "check --endpoint, --context and the cluster's version");
        };
    }

    private static Kind kind(KubeFailure failure) {
        return switch (failure.status()) {
            case KubeFailure.NO_ANSWER -> failure.untrusted() ? Kind.REJECTED : Kind.UNAVAILABLE;
            case 401 -> Kind.CREDENTIALS;
            case 403 -> refusedAs(failure, Reason.FORBIDDEN) ? Kind.DENIED : Kind.REJECTED;
            case 404 -> unserved(failure) ? Kind.NO_SUCH_API : Kind.NOT_FOUND;
            case 408 -> Kind.UNAVAILABLE;
            case 410 -> Kind.EXPIRED;
            // A budget says no however soon it is asked again, and so do a webhook and two budgets.
            case 429 -> refusedAs(failure, Reason.THROTTLED) ? Kind.THROTTLED : Kind.REJECTED;
            default ->
                failure.status() >= 500 && RefusalReasons.of(failure).isEmpty() ? Kind.UNAVAILABLE : Kind.REJECTED;
        };
    }

    private static boolean refusedAs(KubeFailure failure, Reason reason) {
        return RefusalReasons.of(failure).equals(Optional.of(reason));
    }

    /** Whether it is the server's word on the path, not on an object: there is no Status object, or one about nothing. */
    static boolean unserved(KubeFailure failure) {
        return failure.status() == 404
                && (!failure.reason().equals("NotFound") || UNSERVED.equals(failure.getMessage()));
    }

    static String line(@Nullable String message) {
        String line = message == null ? "" : message.lines().findFirst().orElse("");
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
    }
}

package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.Fault;
import io.cnishift.adapters.resilience.Fault.Kind;
import io.cnishift.adapters.resilience.FaultJudge;
import io.cnishift.adapters.resilience.Masked;
import io.cnishift.adapters.resilience.Operation;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * What a failure of the AWS SDK means. Error codes: the retry tables of the SDKs and the services' API references.
 *
 * <p>An HTTP 404 without an error code that says "not found" is an endpoint that does not know the operation, as emulators
 * and old private regions answer. It must not be read as "no such thing".
 */
public final class AwsFaults implements FaultJudge {

    private static final int LONGEST_MESSAGE = 200;

    private static final Set<String> THROTTLED = Set.of(
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "RequestThrottledException",
            "TooManyRequestsException",
            "ProvisionedThroughputExceededException",
            "TransactionInProgressException",
            "RequestLimitExceeded",
            "BandwidthLimitExceeded",
            "RequestThrottled",
            "SlowDown",
            "PriorRequestNotComplete",
            "EC2ThrottledException");

    private static final Set<String> PASSING =
            Set.of("RequestTimeout", "RequestTimeoutException", "InternalError", "InternalFailure", "ServerException");

    private static final Set<String> DENIED = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "UnauthorizedOperation",
            "UnauthorizedAccess",
            "NotAuthorized",
            "AuthorizationError");

    private static final Set<String> CREDENTIALS = Set.of(
            "AuthFailure",
            "ExpiredToken",
            "ExpiredTokenException",
            "IncompleteSignature",
            "InvalidAccessKeyId",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "InvalidToken",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "OptInRequired",
            "RequestExpired",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException");

    /** A denial may be of an action that the operation takes along, such as iam:PassRole. */
    private static final Pattern DENIED_ACTION =
            Pattern.compile("not authorized to perform:? ([a-z0-9-]+:[A-Za-z0-9]+)");

    private static final Set<String> NO_SUCH_API = Set.of(
            "InvalidAction",
            "NotImplemented",
            "NotImplementedException",
            "UnknownOperation",
            "UnknownOperationException");

    private final Supplier<String> login;

    /** With what can be said to somebody of whom nothing is known. */
    public AwsFaults() {
        this(() -> "log in (aws sso login), or name others with --profile or --role-arn");
    }

    /**
     * Judges for one identity.
     *
     * @param login what renews its credentials
     */
    AwsFaults(Supplier<String> login) {
        this.login = login;
    }

    @Override
    public Optional<Fault> judge(Operation operation, RuntimeException failure) {
        if (failure instanceof AwsServiceException service) {
            return Optional.of(service(operation, service));
        }
        return failure instanceof SdkClientException ? Optional.of(client(operation, failure)) : Optional.empty();
    }

    private Fault service(Operation operation, AwsServiceException e) {
        @Nullable AwsErrorDetails details = e.awsErrorDetails();
        String code = details == null || details.errorCode() == null ? "" : details.errorCode();
        Kind kind = kind(code, e.statusCode());
        boolean passing = kind == Kind.THROTTLED || kind == Kind.UNAVAILABLE;
        if (details != null && !passing && fromCredentialService(details, operation)) {
            return credentials(details.serviceName() + " answered " + said(code, e));
        }
        String action = denied(details).orElse(operation.permission());
        return switch (kind) {
            case THROTTLED ->
                new Fault(kind, operation + " is throttled (" + said(code, e) + ")", "run it again later");
            case UNAVAILABLE -> unavailable(operation, said(code, e));
            case DENIED ->
                new Fault(
                        kind,
                        "AWS denies " + action + " (" + said(code, e) + ")",
                        "allow the IAM action " + action + ", or use --profile or --role-arn with a role that has it");
            case CREDENTIALS -> credentials("AWS answered " + said(code, e));
            case NO_SUCH_API ->
                new Fault(
                        kind,
                        "the endpoint does not offer " + operation + " (" + said(code, e) + ")",
                        "use an endpoint that offers it: see AWS_ENDPOINT_URL and --region");
            default ->
                new Fault(
                        kind,
                        operation + " failed: " + said(code, e) + detail(details),
                        "check --cluster, --region and --profile");
        };
    }

    private static Kind kind(String code, int status) {
        if (THROTTLED.contains(code)) {
            return Kind.THROTTLED;
        }
        if (CREDENTIALS.contains(code)) {
            return Kind.CREDENTIALS;
        }
        if (DENIED.contains(code)) {
            return Kind.DENIED;
        }
        if (code.endsWith("NotFound") || code.endsWith("NotFoundException") || code.equals("NoSuchEntity")) {
            return Kind.NOT_FOUND;
        }
        if (NO_SUCH_API.contains(code) || status == 404 || status == 405 || status == 501) {
            return Kind.NO_SUCH_API;
        }
        if (status == 429) {
            return Kind.THROTTLED;
        }
        if (status >= 500 || PASSING.contains(code)) {
            return Kind.UNAVAILABLE;
        }
        return status == 403 ? Kind.DENIED : status == 401 ? Kind.CREDENTIALS : Kind.REJECTED;
    }

    private static Optional<String> denied(@Nullable AwsErrorDetails details) {
        return Optional.ofNullable(details)
                .map(AwsErrorDetails::errorMessage)
                .map(DENIED_ACTION::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1));
    }

    // Signing asks STS or SSO for credentials first; what they refuse is not the operation's doing.
    private static boolean fromCredentialService(AwsErrorDetails details, Operation operation) {
        String service = String.valueOf(details.serviceName()).toLowerCase(Locale.ROOT);
        return (service.equals("sts") || service.startsWith("sso"))
                && !operation.service().equals(service);
    }

    private Fault client(Operation operation, RuntimeException e) {
        @Nullable Throwable io = cause(e, IOException.class);
        if (io instanceof SSLException) {
            return new Fault(
                    Kind.REJECTED,
                    operation + ": the endpoint's certificate is not trusted (" + line(io.getMessage()) + ")",
                    "name your CA in AWS_CA_BUNDLE");
        }
        if (io != null) {
            return unavailable(operation, io.getClass().getSimpleName() + ": " + line(io.getMessage()));
        }
        String message = line(e.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("credential") || lower.contains("profile") || lower.contains("sso")) {
            // what the SDK lists after it is its own classes
            return credentials(message.replaceFirst(" in the chain .*", ""));
        }
        if (lower.contains("timeout") || lower.contains("timed out")) {
            return unavailable(operation, message);
        }
        return new Fault(
                Kind.NO_SUCH_API,
                operation + ": the answer is not the one of this API (" + message + ")",
                "check AWS_ENDPOINT_URL, proxy and --region");
    }

    private static Fault unavailable(Operation operation, String what) {
        return new Fault(
                Kind.UNAVAILABLE,
                operation + " got no good answer (" + what + ")",
                "check network, HTTPS_PROXY, AWS_ENDPOINT_URL and --region, then run it again");
    }

    // Messages about signatures quote the signed request, session token included: only the code is passed on.
    private Fault credentials(String what) {
        return new Fault(Kind.CREDENTIALS, "no valid AWS credentials (" + what + ")", login.get());
    }

    private static String said(String code, AwsServiceException e) {
        return code.isEmpty() ? "HTTP " + e.statusCode() + " without an AWS error" : code;
    }

    private static String detail(@Nullable AwsErrorDetails details) {
        return details == null || details.errorMessage() == null ? "" : ", " + line(details.errorMessage());
    }

    private static String line(@Nullable String message) {
        String line = message == null
                ? "no message"
                : Masked.text(message.lines().findFirst().orElse(""));
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
    }

    private static @Nullable Throwable cause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable here = failure; here != null; here = here.getCause()) {
            if (type.isInstance(here)) {
                return here;
            }
        }
        return null;
    }
}

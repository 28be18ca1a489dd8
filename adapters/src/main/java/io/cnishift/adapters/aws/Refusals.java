package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.Fault;
import io.cnishift.api.act.Act;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.MigrationException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a failed request means for the act. A refusal says that nothing changed; where a write was sent and its answer is lost,
 * nobody knows, and that is an exception. Error codes: the service models of eks, ec2 and autoscaling.
 */
final class Refusals {

    private static final Map<Reason, Set<String>> CODES = Map.of(
            Reason.BUSY,
            Set.of(
                    "ResourceInUseException",
                    "ResourceInUse",
                    "ResourceInUseFault",
                    "ScalingActivityInProgress",
                    "ScalingActivityInProgressFault",
                    "ResourceContention",
                    "ResourceContentionFault",
                    "DependencyViolation",
                    "InvalidCidrBlock.InUse"),
            Reason.EXISTS,
            Set.of("AlreadyExists", "AlreadyExistsFault"),
            Reason.CAPACITY,
            Set.of(
                    "InsufficientInstanceCapacity",
                    "InsufficientHostCapacity",
                    "InsufficientCapacity",
                    "InsufficientReservedInstanceCapacity",
                    "ReservationCapacityExceeded",
                    "UnfulfillableCapacity"),
            Reason.ADDRESSES,
            Set.of("InsufficientFreeAddressesInSubnet", "InsufficientFreeAddresses", "InsufficientCidrBlocks"));

    private Refusals() {}

    /**
     * The end of an act of which a request failed.
     *
     * @throws MigrationException when the credentials are not valid, or when nobody knows whether the act was done
     */
    static ActResult of(Act act, CallFailure failure, ActCalls calls) {
        Fault fault = failure.fault();
        if (fault.passing() && calls.inDoubt()) {
            throw failure.ends("AWS-NO-ANSWER", act.target() + " may have changed or not: " + fault.reason());
        }
        return refused(act, failure);
    }

    /**
     * The refusal of an act that was not done for certain.
     *
     * @throws MigrationException when the credentials are not valid
     */
    static ActResult.Refused refused(Act act, CallFailure failure) {
        if (failure.is(Fault.Kind.CREDENTIALS)) {
            throw credentials(act, failure);
        }
        return new ActResult.Refused(reason(failure), said(failure));
    }

    /** A read for {@link io.cnishift.api.port.Port#before} failed. */
    static MigrationException unread(Act act, CallFailure failure) {
        return failure.is(Fault.Kind.CREDENTIALS)
                ? credentials(act, failure)
                : failure.ends(
                        "AWS-UNREADABLE",
                        act.target() + " cannot be read before it is changed: "
                                + failure.fault().reason());
    }

    static Reason reason(CallFailure failure) {
        return switch (failure.fault().kind()) {
            case THROTTLED -> Reason.THROTTLED;
            case UNAVAILABLE -> Reason.UNAVAILABLE;
            case DENIED, CREDENTIALS -> Reason.FORBIDDEN;
            case NOT_FOUND -> Reason.GONE;
            case NO_SUCH_API, EXPIRED -> Reason.INVALID;
            case REJECTED -> byCode(Writing.code(failure), Writing.message(failure));
        };
    }

    private static Reason byCode(String code, String message) {
        return CODES.entrySet().stream()
                .filter(e -> e.getValue().contains(code))
                .map(Map.Entry::getKey)
                .findFirst()
                .or(() -> byMessage(message))
                .orElse(Reason.INVALID);
    }

    /** Auto Scaling says ValidationError to most things, EKS passes on in words what EC2 told it. */
    private static Optional<Reason> byMessage(String message) {
        if (message.contains("not authorized to")) {
            return Optional.of(Reason.FORBIDDEN);
        }
        if (message.contains("name not found") || message.contains("not found - No managed instance")) {
            return Optional.of(Reason.GONE);
        }
        return CODES.entrySet().stream()
                .filter(e -> e.getValue().stream().anyMatch(message::contains))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Auto Scaling does not name the action that using a launch template needs. */
    private static String said(CallFailure failure) {
        return Writing.message(failure).contains("not authorized to use launch template")
                ? "AWS denies ec2:RunInstances with the launch template (" + Writing.code(failure) + ")"
                : failure.fault().reason();
    }

    private static MigrationException credentials(Act act, CallFailure failure) {
        return failure.ends(
                "AWS-CREDENTIALS",
                act.target() + " was not asked for: " + failure.fault().reason());
    }
}

package io.cnishift.adapters.kubernetes;

import io.cnishift.adapters.kubernetes.ActRequests.Mode;
import io.cnishift.adapters.kubernetes.ObjectPaths.Place;
import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.Operation;
import io.cnishift.adapters.resilience.ResilientCalls;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.EvictPod;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Performs acts on an API server.
 *
 * <ol>
 *   <li>Discovery tells where the object stands.
 *   <li>The request is made, and made again as {@link ResilientCalls} does where the act bears it.
 *   <li>What the server says no to is a refusal ({@link RefusalReasons}).
 *   <li>Where an answer was lost, nobody knows: that is an exception. So is a refusal that may be the echo of a first request
 *       which was done ("changed since", "exists", "gone").
 * </ol>
 */
final class Writer {

    /** How apiserver/pkg/admission/plugin/webhook/errors says it. */
    private static final String NO_DRY_RUN = "does not support dry run";

    private static final Set<Reason> ECHOES = Set.of(Reason.CONFLICT, Reason.EXISTS, Reason.GONE);

    private final KubeTransport transport;
    private final ResilientCalls calls;
    private final KubeApi api;
    private final ObjectPaths paths;

    Writer(KubeTransport transport, ResilientCalls calls) {
        this.transport = transport;
        this.calls = calls;
        this.api = new KubeApi(transport, calls);
        this.paths = new ObjectPaths(api);
    }

    /** The object that an act is about as the server has it; empty when there is none. */
    Map<String, Object> before(Act act) {
        try {
            return paths.of(ActRequests.target(act)).flatMap(this::read).orElse(Map.of());
        } catch (CallFailure failure) {
            throw ServerTrouble.unread(failure);
        }
    }

    ActResult perform(Act act) {
        return sent(act, Mode.KEEP).orElseGet(() -> unserved(act, ActRequests.target(act)));
    }

    /**
     * What the server would answer; empty when it does not serve the kind of object, or has a webhook for it that may do something
     * elsewhere and is therefore not called in a dry run.
     */
    Optional<ActResult> check(Act act) {
        return sent(act, Mode.DRY_RUN)
                .filter(said -> said.fold(done -> true, no -> !no.message().contains(NO_DRY_RUN)));
    }

    private Optional<ActResult> sent(Act act, Mode mode) {
        Sending sending = new Sending();
        try {
            return paths.of(ActRequests.target(act)).map(place -> {
                Map<String, Object> answer = sending.send(act, place, mode);
                return new ActResult.Performed(produced(left(act, place, answer)));
            });
        } catch (CallFailure failure) {
            return Optional.of(
                    act instanceof DeleteObject && refusedAs(failure, Reason.GONE)
                            ? new ActResult.Performed(Map.of())
                            : sending.ended(failure));
        }
    }

    /** One act on its way, with the last request of it that may have arrived without our knowing what became of it. */
    private final class Sending {
        private @Nullable KubeFailure lost;

        Map<String, Object> send(Act act, Place place, Mode mode) {
            KubeRequest request = ActRequests.of(act, place, mode);
            Operation operation = Operation.kubernetes(ActRequests.verb(act), ActRequests.resource(act, place));
            return ActRequests.maySendTwice(act)
                    ? calls.call(operation, () -> attempt(request))
                    : calls.once(operation, () -> attempt(request));
        }

        private Map<String, Object> attempt(KubeRequest request) {
            try {
                return transport.send(request);
            } catch (KubeFailure failure) {
                if (RefusalReasons.of(failure).isEmpty() && failure.mayHaveArrived()) {
                    lost = failure;
                }
                throw failure;
            }
        }

        ActResult ended(CallFailure failure) {
            if (ServerTrouble.ofCaller(failure)) {
                throw ServerTrouble.unread(failure);
            }
            Optional<Reason> reason = ServerTrouble.reason(failure);
            if (lost != null && reason.filter(r -> !ECHOES.contains(r)).isEmpty()) {
                throw ServerTrouble.unknownOutcome(lost, failure);
            }
            return new ActResult.Refused(reason.orElse(Reason.UNAVAILABLE), ServerTrouble.message(failure));
        }
    }

    private static boolean refusedAs(CallFailure failure, Reason reason) {
        return ServerTrouble.reason(failure).equals(Optional.of(reason));
    }

    private static ActResult unserved(Act act, ObjectRef target) {
        return act instanceof DeleteObject
                ? new ActResult.Performed(Map.of())
                : new ActResult.Refused(
                        Reason.INVALID,
                        "no matches for kind \"" + target.kind() + "\" in version \"" + target.apiVersion() + "\" "
                                + (target.namespace().isPresent() ? "in a namespace" : "without a namespace"));
    }

    private Optional<Map<String, Object>> read(Place place) {
        return api.object(place.resource(), place.path());
    }

    /** The object as the act left it; empty when it is gone. */
    private Map<String, Object> left(Act act, Place place, Map<String, Object> answer) {
        if (act instanceof EvictPod evict) {
            return evicted(evict, place);
        }
        boolean goes = Tree.at(answer, "metadata", "deletionTimestamp").isPresent();
        return act instanceof DeleteObject && !goes ? Map.of() : answer;
    }

    /** An eviction is answered without the pod. It was done, whether or not the pod can be read now. */
    private Map<String, Object> evicted(EvictPod act, Place place) {
        try {
            return read(place)
                    .filter(pod -> Tree.text(pod, "metadata", "uid").equals(Optional.of(act.uid())))
                    .orElse(Map.of());
        } catch (CallFailure failure) {
            return Map.of();
        }
    }

    private static Map<String, Object> produced(Map<String, Object> after) {
        Map<String, Object> produced = new LinkedHashMap<>();
        for (String field : new String[] {"resourceVersion", "uid"}) {
            Tree.text(after, "metadata", field).ifPresent(value -> produced.put(field, value));
        }
        return produced;
    }
}

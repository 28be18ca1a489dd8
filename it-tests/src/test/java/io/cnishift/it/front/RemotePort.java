package io.cnishift.it.front;

import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.AwsPort;
import io.cnishift.api.port.HelmPort;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Port;
import io.cnishift.api.port.Reading;
import io.cnishift.it.front.ControlClient.Unanswered;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * AWS or Helm behind the control endpoint of a front. As from the real ones nothing comes by itself: what somebody wants to know
 * is read. What gets no answer is asked again a few times if it is only a question; of an act that got none nobody knows whether
 * it was done.
 */
abstract class RemotePort implements Port {
    private static final int TRIES = 5;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final ControlClient control;
    private final Part.Source source;

    private RemotePort(ControlClient control, Part.Source source) {
        this.control = control;
        this.source = source;
    }

    /** AWS. */
    static final class Aws extends RemotePort implements AwsPort {
        Aws(ControlClient control) {
            super(control, Part.Source.AWS);
        }
    }

    /** Helm. */
    static final class Helm extends RemotePort implements HelmPort {
        Helm(ControlClient control) {
            super(control, Part.Source.HELM);
        }
    }

    @Override
    public Reading read(Set<Part> parts) {
        Set<Part> own = EnumSet.noneOf(Part.class);
        parts.stream().filter(p -> p.source() == source).forEach(own::add);
        return asked(() -> control.read(own)).reading();
    }

    @Override
    public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
        return Set.of();
    }

    @Override
    public Map<String, Object> before(Act act) {
        return Tree.map(asked(() -> control.tree("before", Act.class, act)), "before");
    }

    @Override
    public ActResult perform(Act act) {
        try {
            return control.send("perform", Act.class, act, ActResult.class);
        } catch (Unanswered e) {
            if (e.code() == TOO_MANY) {
                return new ActResult.Refused(ActResult.Reason.THROTTLED, "RequestLimitExceeded");
            }
            if (e.code() >= SERVER_ERROR) {
                return new ActResult.Refused(ActResult.Reason.UNAVAILABLE, "InternalError");
            }
            throw e;
        } catch (UncheckedIOException e) {
            throw silent(e);
        }
    }

    @Override
    public Optional<ActResult> check(Act act) {
        return Optional.ofNullable(
                        asked(() -> control.tree("check", Act.class, act)).get("said"))
                .map(said -> control.value(ActResult.class, said));
    }

    /** The answer to a question, which may be asked more than once. */
    static <T> T asked(Supplier<T> question) {
        RuntimeException last = new IllegalStateException();
        for (int i = 0; i < TRIES; i++) {
            try {
                return question.get();
            } catch (Unanswered e) {
                if (e.code() != TOO_MANY && e.code() < SERVER_ERROR) {
                    throw e;
                }
                last = e;
            } catch (UncheckedIOException e) {
                last = e;
            }
        }
        throw silent(last);
    }

    private static MigrationException silent(RuntimeException e) {
        return new MigrationException(
                "AWS-UNAVAILABLE",
                MigrationException.Category.ENVIRONMENT,
                Disposition.RETRY,
                "no answer: " + e.getMessage(),
                "try again",
                e);
    }
}

package io.cnishift.adapters.reach;

import io.cnishift.adapters.kubernetes.KubeApi;
import io.cnishift.adapters.kubernetes.ServerPaths;
import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.target.Environment;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.ReachPort;
import io.cnishift.api.port.TimeSource;
import java.util.Map;
import java.util.Objects;

/**
 * Asks the network of a real cluster. What cannot be asked is unknown, with the reason: a gate waits for it and never takes it for
 * a pass. No question takes longer than half a minute.
 */
public final class RealReach implements ReachPort {

    private final Map<From, Asker> askers;
    private final TimeSource time;

    /** A cluster whose load balancers are called from this machine. */
    public RealReach(ServerPaths paths, KubeApi api, Environment environment, TimeSource time) {
        this(
                Map.of(
                        From.RUNNER,
                        new RunnerAsker(paths),
                        From.CONTROL_PLANE,
                        new ControlPlaneAsker(paths, api),
                        From.CLIENT,
                        new ClientAsker(api, new SocketCaller(), environment)),
                time);
    }

    RealReach(Map<From, Asker> askers, TimeSource time) {
        this.askers = Map.copyOf(askers);
        this.time = Objects.requireNonNull(time);
    }

    @Override
    public Answer ask(Question question) {
        Seen seen = seen(question);
        return new Answer(seen.verdict(), seen.evidence(), time.now());
    }

    private Seen seen(Question question) {
        Asker asker = askers.get(question.from().kind());
        if (asker == null) {
            return Seen.unknown("cnishift cannot ask from a " + question.from().kind());
        }
        try {
            return asker.ask(question);
        } catch (Unasked e) {
            return Seen.unknown(String.valueOf(e.getMessage()));
        } catch (CallFailure e) {
            return Seen.unknown(e.fault().reason());
        } catch (MigrationException e) {
            return Seen.unknown(String.valueOf(e.getMessage()));
        }
    }
}

package io.cnishift.adapters.reach;

import io.cnishift.adapters.kubernetes.KubernetesSide;
import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.target.Environment;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.ReachPort;
import io.cnishift.api.port.TimeSource;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Asks the network of a real cluster. What cannot be asked is unknown, with the reason: a gate waits for it and never takes it for
 * a pass. No question takes longer than half a minute.
 */
public final class RealReach implements ReachPort, AutoCloseable {

    /** What the pods that ask are made of when nobody names another image. */
    public static final String PROBE_IMAGE = "registry.k8s.io/e2e-test-images/agnhost:2.53";

    /** Its digest, of the index for all architectures. */
    public static final String PROBE_IMAGE_DIGEST =
            "sha256:99c6b4bb4a1e1df3f0b3752168c89358794d02258ebebc26bf21c29399011a85";

    private final Map<From, Asker> askers;
    private final PodAsker pods;
    private final TimeSource time;

    /**
     * A cluster whose load balancers are called from this machine.
     *
     * @param port by which pods that ask are made and removed
     * @param image that they are made of
     */
    public static RealReach of(
            KubernetesSide side, KubernetesPort port, String image, Environment environment, TimeSource time) {
        PodAsker pods = new PodAsker(new ProbePods(port, side.api(), time, new Random()), side.api(), time, image);
        Map<From, Asker> askers = Map.of(
                From.RUNNER,
                new RunnerAsker(side.paths()),
                From.CONTROL_PLANE,
                new ControlPlaneAsker(side.paths(), side.api()),
                From.CLIENT,
                new ClientAsker(side.api(), new SocketCaller(), environment),
                From.POD_ON,
                pods,
                From.NODE,
                pods);
        return new RealReach(askers, pods, time);
    }

    private RealReach(Map<From, Asker> askers, PodAsker pods, TimeSource time) {
        this.askers = Map.copyOf(askers);
        this.pods = Objects.requireNonNull(pods);
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
        } catch (CallFailure e) {
            return Seen.unknown(e.fault().reason());
        } catch (Unasked | MigrationException e) {
            return Seen.unknown(String.valueOf(e.getMessage()));
        }
    }

    /** Removes what was made to ask and is still there. */
    @Override
    public void close() {
        pods.close();
    }
}

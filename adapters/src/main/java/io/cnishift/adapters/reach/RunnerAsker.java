package io.cnishift.adapters.reach;

import io.cnishift.adapters.kubernetes.ServerPaths;
import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.Fault;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.To;
import java.util.Objects;

/** Asks from this machine, which only has to reach the API server. */
final class RunnerAsker implements Asker {

    private final ServerPaths paths;

    RunnerAsker(ServerPaths paths) {
        this.paths = Objects.requireNonNull(paths);
    }

    @Override
    public Seen ask(Question question) {
        if (question.to().kind() != To.API_SERVER) {
            throw new Unasked("this machine is asked about the API server only");
        }
        try {
            paths.version();
            return Seen.reached("the API server told its version");
        } catch (CallFailure failure) {
            if (failure.is(Fault.Kind.UNAVAILABLE)) {
                return Seen.notReached(failure.fault().reason());
            }
            throw failure;
        }
    }
}

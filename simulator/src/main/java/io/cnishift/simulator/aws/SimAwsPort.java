package io.cnishift.simulator.aws;

import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.AwsPort;
import io.cnishift.api.port.Reading;
import io.cnishift.simulator.Kernel;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The AWS APIs of the simulated cluster. It feeds all of its parts, so nothing need be read twice. */
public final class SimAwsPort implements AwsPort {

    private final Kernel kernel;
    private final Cloud cloud;
    private final Acts acts;

    SimAwsPort(Kernel kernel, Cloud cloud, Acts acts) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        this.cloud = Objects.requireNonNull(cloud, "cloud");
        this.acts = Objects.requireNonNull(acts, "acts");
    }

    @Override
    public Reading read(Set<Part> parts) {
        return cloud.read(own(parts));
    }

    @Override
    public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
        Set<Part> fed = own(parts);
        kernel.watch(fed, sink);
        return fed;
    }

    @Override
    public Map<String, Object> before(Act act) {
        return acts.before(act);
    }

    @Override
    public ActResult perform(Act act) {
        return acts.perform(act).orElseGet(() -> {
            kernel.notModelled().note(act.getClass().getSimpleName() + " of " + act.target());
            return Acts.done();
        });
    }

    @Override
    public Optional<ActResult> check(Act act) {
        return acts.check(act);
    }

    private static Set<Part> own(Set<Part> parts) {
        Set<Part> own = EnumSet.noneOf(Part.class);
        parts.stream().filter(p -> p.source() == Part.Source.AWS).forEach(own::add);
        return own;
    }
}

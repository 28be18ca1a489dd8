package io.cnishift.adapters;

import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.AwsPort;
import io.cnishift.api.port.Reading;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** AWS read otherwise, and changed as it is. */
interface AroundAws extends AwsPort {

    /** What stands behind. */
    AwsPort inner();

    @Override
    Reading read(Set<Part> parts, Runnable between);

    @Override
    default Reading read(Set<Part> parts) {
        return read(parts, () -> {});
    }

    @Override
    default Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
        return inner().watch(parts, sink);
    }

    @Override
    default Map<String, Object> before(Act act) {
        return inner().before(act);
    }

    @Override
    default ActResult perform(Act act) {
        return inner().perform(act);
    }

    @Override
    default Optional<ActResult> check(Act act) {
        return inner().check(act);
    }
}

package io.cnishift.simulator.owner;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.OwnerPort;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Owners who do what they are asked some time later, each change by itself: in their source first, so that it is not taken
 * back. A change that the API refuses has to be asked for again.
 */
public final class ActingOwners implements OwnerPort {

    private final Kernel kernel;
    private final Optional<Duration> delay;
    private final Function<Act, ActResult> perform;
    private final Set<Act> asked = new HashSet<>();

    /**
     * Owners of a world.
     *
     * @param delay after which they act; empty when they never do
     * @param perform how a change is made
     */
    public ActingOwners(Kernel kernel, Optional<Duration> delay, Function<Act, ActResult> perform) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        this.delay = Objects.requireNonNull(delay, "delay");
        this.perform = Objects.requireNonNull(perform, "perform");
    }

    @Override
    public void ask(Act act) {
        Act plain = unconditional(act);
        delay.filter(d -> asked.add(plain)).ifPresent(d -> kernel.clock().after(d, () -> act(plain)));
    }

    private void act(Act act) {
        asked.remove(act);
        if (perform.apply(act).done()) {
            object(act).ifPresent(Sources.of(kernel)::follow);
        }
    }

    /** A source states what is to be, whatever the version of what is there. */
    private static Act unconditional(Act act) {
        return act instanceof PatchObject patch
                ? new PatchObject(patch.object(), patch.type(), patch.patch(), Optional.empty())
                : act;
    }

    private static Optional<ObjectKey> object(Act act) {
        Optional<ObjectRef> ref = act instanceof PatchObject patch
                ? Optional.of(patch.object())
                : act instanceof ApplyObject apply
                        ? Optional.of(ObjectRef.of(apply.object()))
                        : act instanceof CreateObject create
                                ? Optional.of(ObjectRef.of(create.object()))
                                : act instanceof DeleteObject delete ? Optional.of(delete.object()) : Optional.empty();
        return ref.map(r -> new ObjectKey(r.kind(), r.namespace().orElse(""), r.name()));
    }
}

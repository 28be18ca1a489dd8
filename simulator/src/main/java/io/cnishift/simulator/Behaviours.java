package io.cnishift.simulator;

import io.cnishift.simulator.kube.KubeBehaviours;
import java.util.List;

/** Every behaviour of the world, in the order of installation. */
public final class Behaviours {

    private Behaviours() {}

    /** All of them; each side of the world has its own list. */
    public static List<Behaviour> all() {
        return List.copyOf(KubeBehaviours.all());
    }
}

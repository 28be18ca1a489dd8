package io.cnishift.simulator.kube;

import io.cnishift.simulator.Behaviour;
import java.util.List;

/** The behaviours of Kubernetes itself. */
public final class KubeBehaviours {

    private KubeBehaviours() {}

    /** All of them, in the order of installation. */
    public static List<Behaviour> all() {
        return List.of();
    }
}

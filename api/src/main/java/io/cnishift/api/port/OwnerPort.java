package io.cnishift.api.port;

import io.cnishift.api.act.Act;

/**
 * The owners of what cnishift does not write: Argo CD, Terraform, a person with a repository. What is asked of them they do in
 * their own time and way, or never; that they did is seen by looking.
 */
@FunctionalInterface
public interface OwnerPort {

    /** Asks for that change. Asking again while it is not made changes nothing. */
    void ask(Act act);

    /** Owners that are told by the one who runs cnishift, as those of a real cluster are. */
    static OwnerPort toldByHand() {
        return act -> {};
    }
}

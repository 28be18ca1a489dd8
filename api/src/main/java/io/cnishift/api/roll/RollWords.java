package io.cnishift.api.roll;

import java.util.Objects;

/**
 * How a strategy puts its reasons, in steps and findings. Each is the part of a sentence that its description ends.
 *
 * @param maxPods why new nodes admit another number of pods
 * @param newGroup why nodes are made in a new group; a whole sentence
 * @param twin what a twin NodePool is for: "..., so a twin of greater weight takes over; " and this
 * @param replaced why each node is replaced and none converted; a whole sentence
 * @param parked why autoscalers are held; a whole sentence
 * @param emptied what an emptied group is that goes
 * @param restored why autoscalers get back what they had; a whole sentence
 * @param meanwhile the time of the roll: "it does not run " and this
 * @param join what a group without launch template cannot tell its nodes to do
 * @param stay how a node that is not replaced remains: "its node stays " and this
 * @param reference where the change is documented that nodes are replaced for
 */
public record RollWords(
        String maxPods,
        String newGroup,
        String twin,
        String replaced,
        String parked,
        String emptied,
        String restored,
        String meanwhile,
        String join,
        String stay,
        String reference) {

    /** Nothing is missing. */
    public RollWords {
        Objects.requireNonNull(maxPods);
        Objects.requireNonNull(newGroup);
        Objects.requireNonNull(twin);
        Objects.requireNonNull(replaced);
        Objects.requireNonNull(parked);
        Objects.requireNonNull(emptied);
        Objects.requireNonNull(restored);
        Objects.requireNonNull(meanwhile);
        Objects.requireNonNull(join);
        Objects.requireNonNull(stay);
        Objects.requireNonNull(reference);
    }
}

package io.cnishift.api.cluster;

/**
 * Something that is worked out from one place of a view, a node or a group, and is asked for all the time. It holds what else it
 * is worked out with, best as a record: of two that are equal the answer is the same, and worked out once.
 *
 * @param <T> the answer, which is given to all who ask and so is never changed
 */
public interface Remembered<T> {

    /**
     * Works it out.
     *
     * @param place name of the node or of the group
     * @return never null
     */
    T workedOut(View view, String place);
}

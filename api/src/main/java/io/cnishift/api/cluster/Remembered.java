package io.cnishift.api.cluster;

/**
 * Something that is worked out from one place of a view, a node or a group, and is asked for all the time. It holds what else it
 * is worked out with: of two that are equal the answer is the same, and worked out once.
 */
public interface Remembered<T> {

    /** Works it out; never null. */
    T workedOut(View view, String place);
}

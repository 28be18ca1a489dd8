package io.cnishift.api.cluster;

/** The writing end of a {@link View}: whoever holds it patches the view; handlers and probes only see the view. */
public final class ViewFeed {

    private final View view = new View();

    /** The view that is fed. */
    public View view() {
        return view;
    }

    /** Lets the view show a second cluster, which is fed by somebody else. */
    public void second(View other) {
        view.second(other);
    }

    /** Brings the view up to date with one change. */
    public void apply(Change change) {
        view.apply(change);
    }
}

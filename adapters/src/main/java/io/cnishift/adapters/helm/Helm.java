package io.cnishift.adapters.helm;

/** A Helm that does one thing after the other: the user's own program, or the embedded one. */
interface Helm {

    /**
     * Does it, and gives what Helm prints: the manifest of a rendering, the version.
     *
     * @throws HelmFailure when Helm would not, or did not end in time
     */
    String run(HelmCall call);
}

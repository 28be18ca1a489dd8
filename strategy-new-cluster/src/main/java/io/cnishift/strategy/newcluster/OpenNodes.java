package io.cnishift.strategy.newcluster;

import java.util.List;
import java.util.Objects;

/** Has the security groups of the nodes of each cluster admit those of the other one. */
record OpenNodes(List<Opening> openings) {
    OpenNodes {
        openings = List.copyOf(openings);
    }

    /**
     * What is let through.
     *
     * @param protocol as security groups name it
     * @param what what it is needed for
     */
    record Opening(String protocol, int from, int to, String what) {

        /** What a tunnel carries through one port: packets of pods, whatever they are, from interface to interface. */
        static final Opening ALL = new Opening("-1", -1, -1, "Cluster Mesh, all pod traffic by native routing");

        Opening {
            Objects.requireNonNull(protocol);
            Objects.requireNonNull(what);
        }
    }
}

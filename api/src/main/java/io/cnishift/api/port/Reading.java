package io.cnishift.api.port;

import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Unknown;
import java.util.ArrayList;
import java.util.List;

/** What was read, and what could not be. */
public record Reading(List<Resource> resources, List<Unknown> unknown) {

    public Reading {
        resources = List.copyOf(resources);
        unknown = List.copyOf(unknown);
    }

    /** Both readings together. */
    public Reading and(Reading other) {
        List<Resource> all = new ArrayList<>(resources);
        all.addAll(other.resources);
        List<Unknown> gaps = new ArrayList<>(unknown);
        gaps.addAll(other.unknown);
        return new Reading(all, gaps);
    }
}

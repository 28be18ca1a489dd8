package io.cnishift.adapters.reading;

import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.port.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A reading while it grows. For one thread. */
public final class Collected {

    private final List<Resource> resources = new ArrayList<>();
    private final Set<Unknown> unknown = new LinkedHashSet<>();

    /** Takes a resource in. */
    public void add(Resource resource) {
        resources.add(resource);
    }

    /** Takes resources in. */
    public void addAll(Collection<? extends Resource> more) {
        resources.addAll(more);
    }

    /** Takes another reading in. */
    public void addAll(Reading reading) {
        resources.addAll(reading.resources());
        unknown.addAll(reading.unknown());
    }

    /** Something could not be read. */
    public void gap(Part part, String subject, String reason, String remedy) {
        unknown.add(new Unknown(part, subject, reason, remedy));
    }

    /** Something could not be read because a request failed. */
    public void gap(Part part, String subject, CallFailure failure) {
        gap(part, subject, failure.fault().reason(), failure.fault().remedy());
    }

    /** The answer of a request; empty, with the gap noted, when it failed. */
    public <T> Optional<T> attempt(Part part, String subject, Supplier<T> request) {
        try {
            return Optional.of(request.get());
        } catch (CallFailure failure) {
            gap(part, subject, failure);
            return Optional.empty();
        }
    }

    /** The items that a request gives; none, with the gap noted, when it failed. */
    public <T> List<T> list(Part part, String subject, Supplier<List<T>> request) {
        return attempt(part, subject, request).orElse(List.of());
    }

    /** What was collected. */
    public Reading reading() {
        return new Reading(resources, List.copyOf(unknown));
    }
}

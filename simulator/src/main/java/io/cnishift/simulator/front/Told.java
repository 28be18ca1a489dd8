package io.cnishift.simulator.front;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.port.Reading;
import io.cnishift.engine.codec.Codec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Resources as the control endpoint tells of them, a reading or what has changed: those that are there, those that are gone and
 * what could not be read.
 */
public record Told(List<Typed> there, List<Gone> gone, List<Unknown> unknown) {

    /**
     * A resource and the name of its record, which no resource says itself.
     *
     * @param type the simple name of its class
     */
    public record Typed(String type, Resource resource) {
        public Typed {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(resource, "resource");
        }

        static Typed of(Resource resource) {
            return new Typed(resource.getClass().getSimpleName(), resource);
        }
    }

    /** A resource that is gone. */
    public record Gone(Part part, String key) {
        public Gone {
            Objects.requireNonNull(part, "part");
            Objects.requireNonNull(key, "key");
        }
    }

    public Told {
        there = List.copyOf(there);
        gone = List.copyOf(gone);
        unknown = List.copyOf(unknown);
    }

    /** The codec of everything that the control endpoint says and takes. */
    public static Codec codec() {
        Map<String, Class<? extends Record>> types = new HashMap<>();
        Stream.of(Resource.class.getPermittedSubclasses())
                .forEach(type -> types.put(type.getSimpleName(), type.asSubclass(Record.class)));
        return Codec.builder()
                .openType(Typed.class, "type", "resource", type -> Optional.ofNullable(types.get(type)))
                .build();
    }

    static Told of(Reading reading) {
        return new Told(reading.resources().stream().map(Typed::of).toList(), List.of(), reading.unknown());
    }

    /** What is left of changes: the last one of each resource. */
    static Told of(Collection<Change> changes) {
        Map<Gone, Change> last = new LinkedHashMap<>();
        changes.forEach(change -> last.put(new Gone(change.part(), change.key()), change));
        List<Typed> there = new ArrayList<>();
        List<Gone> gone = new ArrayList<>();
        last.forEach((key, change) ->
                change.now().ifPresentOrElse(resource -> there.add(Typed.of(resource)), () -> gone.add(key)));
        return new Told(there, gone, List.of());
    }

    /** The same as a port reads it. */
    public Reading reading() {
        return new Reading(there.stream().map(Typed::resource).toList(), unknown);
    }

    /** The same as a watch brings it. */
    public List<Change> changes() {
        return Stream.concat(
                        there.stream().map(t -> Change.of(t.resource())),
                        gone.stream().map(g -> Change.gone(g.part(), g.key())))
                .toList();
    }
}

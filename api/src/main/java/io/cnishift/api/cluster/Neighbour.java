package io.cnishift.api.cluster;

import java.util.Objects;

/** Another cluster of the same account and region, of which nothing but the name matters: it is taken. */
public record Neighbour(String name) implements Resource {

    public Neighbour {
        Objects.requireNonNull(name);
    }

    @Override
    public Part part() {
        return Part.NEIGHBOURS;
    }

    @Override
    public String key() {
        return name;
    }
}

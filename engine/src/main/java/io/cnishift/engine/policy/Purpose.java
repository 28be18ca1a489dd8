package io.cnishift.engine.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What rights are for: commands that need the same. */
public enum Purpose {
    /** Looking at a cluster as a whole. */
    READ("inspect compare plan rehearse policy"),

    /** Looking at a migration. */
    STATUS("status"),

    /** Asking the network. */
    VERIFY("verify"),

    /** Changing the cluster, there and back. */
    RUN("apply resume rollback unlock");

    private final String commands;

    Purpose(String commands) {
        this.commands = commands;
    }

    /** The commands that need it. */
    public List<String> commands() {
        return List.of(commands.split(" ", -1));
    }

    /** What a command needs. */
    public static Optional<Purpose> of(String command) {
        return Arrays.stream(values())
                .filter(p -> p.commands().contains(command))
                .findFirst();
    }

    /** All commands that need anything, in words. */
    public static String names() {
        return Arrays.stream(values()).flatMap(p -> p.commands().stream()).collect(Collectors.joining(", "));
    }

    /** Whether the parts of the cluster are read for it. */
    boolean reads() {
        return this != STATUS;
    }

    /** Whether it asks the network with pods of its own. */
    boolean asks() {
        return this == VERIFY || this == RUN;
    }
}

package io.cnishift.api.cluster;

import java.util.Objects;

/** Something that could not be read: never guessed, always said. */
public record Unknown(Part part, String subject, String reason, String remedy) {

    private static final String NOT_ASKED = "nothing asked for it";

    public Unknown {
        Objects.requireNonNull(part);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(remedy);
    }

    /** A part that nothing asked for, as opposed to one that could not be read. */
    public static Unknown notAskedFor(Part part, String remedy) {
        return new Unknown(part, "", NOT_ASKED, remedy);
    }

    /** Whether somebody tried to read it. */
    public boolean askedFor() {
        return !reason.equals(NOT_ASKED);
    }

    /** What was not read, in the words of a finding: the part, and what of it. */
    public String what() {
        return part + (subject.isEmpty() ? "" : " " + subject);
    }

    /** Why, in the words of a finding. */
    public String why() {
        return "not read: " + reason;
    }
}

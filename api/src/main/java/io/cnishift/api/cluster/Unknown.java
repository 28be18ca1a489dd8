package io.cnishift.api.cluster;

import java.util.Objects;

/** Something that could not be read: never guessed, always said. */
public record Unknown(Part part, String subject, String reason, String remedy) {

    public Unknown {
        Objects.requireNonNull(part);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(remedy);
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

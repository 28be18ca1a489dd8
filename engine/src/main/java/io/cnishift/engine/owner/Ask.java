package io.cnishift.engine.owner;

import io.cnishift.api.cluster.Owner;
import java.util.Objects;

/**
 * A change that is left to an owner.
 *
 * @param target what changes, in words
 * @param brief the change on one line
 * @param where where it belongs in what the owner keeps
 * @param text the change as the owner would write it
 */
public record Ask(Owner owner, String target, Language language, String brief, String where, String text) {

    public Ask {
        Objects.requireNonNull(owner);
        Objects.requireNonNull(target);
        Objects.requireNonNull(language);
        Objects.requireNonNull(brief);
        Objects.requireNonNull(where);
        Objects.requireNonNull(text);
    }

    /** All of it on one line. */
    public String sentence() {
        return language == Language.COMMAND && owner.equals(Owner.NONE)
                ? "the owner has to do: " + brief
                : owner + " has to change " + target + " (" + language + "): " + brief;
    }
}

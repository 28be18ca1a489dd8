package io.cnishift.engine.owner;

import io.cnishift.api.cluster.Owner;
import java.util.Objects;
import java.util.Optional;

/**
 * A change that is left to an owner.
 *
 * @param target what changes, in words
 * @param brief the change on one line
 * @param where where it belongs in what the owner keeps
 * @param text the change as the owner would write it
 * @param rendered an object as the text has to make it come out, where its words alone do not tell
 * @param file name of the file that the text is for itself, by which {@code where} calls it; empty when it is a piece of one
 */
public record Ask(
        Owner owner,
        String target,
        Language language,
        String brief,
        String where,
        String text,
        Optional<String> rendered,
        Optional<String> file) {

    public Ask {
        Objects.requireNonNull(owner);
        Objects.requireNonNull(target);
        Objects.requireNonNull(language);
        Objects.requireNonNull(brief);
        Objects.requireNonNull(where);
        Objects.requireNonNull(text);
        Objects.requireNonNull(rendered);
        Objects.requireNonNull(file);
    }

    /** A change that is a piece of what the owner keeps. */
    public Ask(Owner owner, String target, Language language, String brief, String where, String text) {
        this(owner, target, language, brief, where, text, Optional.empty(), Optional.empty());
    }

    /** The same with an object that has to come out of it. */
    Ask rendering(String object) {
        return new Ask(owner, target, language, brief, where, text, Optional.of(object), file);
    }

    /** All of it on one line. */
    public String sentence() {
        return language == Language.COMMAND && owner.equals(Owner.NONE)
                ? "the owner has to do: " + brief
                : (owner.equals(Owner.NONE) ? "the owner" : owner) + " has to change " + target + " (" + language
                        + "): " + brief;
    }
}

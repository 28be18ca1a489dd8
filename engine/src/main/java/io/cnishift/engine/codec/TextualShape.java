package io.cnishift.engine.codec;

import org.jspecify.annotations.Nullable;

/** A type whose written form is one text, so that it can also be the key of a map or stand in a set. */
abstract class TextualShape implements Shape {
    /** Parses the text of the current token; {@link Reading#FAILED} after a problem was reported. */
    abstract Object fromText(String text, Reading in);

    /** Returns the written form, which {@link #fromText} takes back. */
    abstract String toText(Object value);

    @Override
    public final Object read(Reading in) {
        return in.token() == Token.TEXT ? fromText(in.pooledText(), in) : in.wrongType(this);
    }

    @Override
    public final void write(@Nullable Object value, Writing out) {
        out.sink().text(toText(out.required(value)));
    }
}

package io.cnishift.engine.step;

/** Values that Kubernetes takes as a number or as a name. */
final class Numbers {

    private Numbers() {}

    /** The number that a text is, else the text. */
    static Object orText(String text) {
        return text.matches("[0-9]{1,9}") ? (Object) Integer.valueOf(text) : text;
    }
}

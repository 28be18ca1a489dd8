package io.cnishift.engine.codec;

/** Java text may hold half a surrogate pair, which has no UTF-8 form and would be written as a question mark. */
final class Utf16 {
    private Utf16() {}

    static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
            }
        }
        return true;
    }

    static String requireWellFormed(String text) {
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException("text with half a surrogate pair has no UTF-8 form");
        }
        return text;
    }
}

package io.cnishift.engine.codec;

/** The two written forms of text that may not stand bare: a literal block, or double quotes. */
final class YamlText {
    private YamlText() {}

    /**
     * Whether the text reads back unchanged from a literal block and from an editor that strips spaces at line ends:
     * several lines, none of them ending in white space, the first one neither empty nor indented, at most one line
     * break at the end, and no character that wants an escape.
     */
    static boolean mayBeBlock(String text) {
        if (text.indexOf('\n') < 1 || text.charAt(0) == ' ' || text.charAt(0) == '\t' || text.endsWith("\n\n")) {
            return false;
        }
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            boolean lineEnds = i + 1 == text.length() || text.charAt(i + 1) == '\n';
            if ((c == ' ' || c == '\t') && lineEnds) {
                return false;
            }
            if (c != '\n' && c != '\t' && wantsEscape(c)) {
                return false;
            }
            i += Character.charCount(c);
        }
        return true;
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> append(quoted, c));
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, int c) {
        switch (c) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            default -> {
                if (wantsEscape(c)) {
                    quoted.append(String.format("\\u%04x", c));
                } else {
                    quoted.appendCodePoint(c);
                }
            }
        }
    }

    /** Ranges of YAML 1.2 chapter 5.1 less the line and paragraph separators and the byte order mark. */
    private static boolean wantsEscape(int c) {
        boolean plain = (c >= 0x20 && c <= 0x7E)
                || (c >= 0xA0 && c <= 0xD7FF && c != 0x2028 && c != 0x2029)
                || (c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF)
                || c >= 0x10000;
        return !plain;
    }
}

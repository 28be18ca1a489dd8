package io.cnishift.adapters.aws;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * User data as a MIME archive, or as the one part of an archive that is made of it.
 *
 * @param boundary of the archive; empty where there is none yet
 */
record MimeDocument(String text, String boundary) {

    private static final Pattern ENCODED = Pattern.compile(
            "((?i:^content-transfer-encoding:\\s*base64)[^\\n]*\\n(?:[^\\r\\n]+\\r?\\n)*\\r?\\n)([A-Za-z0-9+/=\\s]+?)(?=^--)",
            Pattern.MULTILINE);
    private static final String OWN = "==node==";

    static MimeDocument of(String text) {
        Matcher found = UserDataReader.BOUNDARY.matcher(text);
        return new MimeDocument(text, found.find() ? found.group(1) : "");
    }

    boolean multipart() {
        return !boundary.isEmpty();
    }

    /** The archive with one more part behind the others, which stay byte for byte. */
    String with(String type, String content) {
        if (multipart()) {
            String end = "--" + boundary + "--";
            int at = text.lastIndexOf(end);
            String before = at < 0 ? text : text.substring(0, at);
            return (before.endsWith("\n") ? before : before + "\n") + part(boundary, type, content) + end + "\n";
        }
        String first = text.isBlank() ? "" : part(OWN, type(), text);
        return "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"" + OWN + "\"\n\n" + first
                + part(OWN, type, content) + "--" + OWN + "--\n";
    }

    /** The archive with a change in each part that is encoded and that the change wants; empty when it wants none. */
    Optional<String> changed(Predicate<String> wants, UnaryOperator<String> change) {
        Matcher part = ENCODED.matcher(text);
        StringBuilder out = new StringBuilder();
        boolean any = false;
        while (part.find()) {
            String content =
                    new String(Base64.getMimeDecoder().decode(part.group(2).strip()), StandardCharsets.UTF_8);
            if (wants.test(content)) {
                any = true;
                byte[] made = change.apply(content).getBytes(StandardCharsets.UTF_8);
                String encoded = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(made);
                part.appendReplacement(out, Matcher.quoteReplacement(part.group(1) + encoded + "\n"));
            }
        }
        part.appendTail(out);
        return any ? Optional.of(out.toString()) : Optional.empty();
    }

    private static String part(String boundary, String type, String content) {
        return "--" + boundary + "\nContent-Type: " + type + "\n\n" + content + (content.endsWith("\n") ? "" : "\n");
    }

    private String type() {
        if (text.startsWith("#!")) {
            return "text/x-shellscript";
        }
        if (text.startsWith("#cloud-config")) {
            return "text/cloud-config";
        }
        if (UserDataReader.NODE_CONFIG.matcher(text).find()) {
            return NodeConfig.TYPE;
        }
        throw new IllegalArgumentException("it is neither a script, cloud-config, a NodeConfig nor Bottlerocket's");
    }
}

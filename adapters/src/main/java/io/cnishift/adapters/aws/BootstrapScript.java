package io.cnishift.adapters.aws;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A script that calls bootstrap.sh, as the AL2 images have it: kubelet arguments go into {@code --kubelet-extra-args}, behind
 * those that are there. It takes its options in any order, so new ones are put before the others, where no redirection and no
 * second command can stand.
 */
final class BootstrapScript {

    private static final Pattern CALL = Pattern.compile("^(?!\\s*#)(.*/etc/eks/bootstrap\\.sh)", Pattern.MULTILINE);
    private static final Pattern EXTRA =
            Pattern.compile("(--kubelet-extra-args(?:=|\\s+))(?:'([^']*)'|\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s'\"]+))");
    private static final Pattern TABLE = Pattern.compile("--use-max-pods(?:=|\\s+)[\"']?\\w+[\"']?\\s*");

    private BootstrapScript() {}

    /** Whether the text calls it. */
    static boolean in(String text) {
        return CALL.matcher(text).find();
    }

    static String edit(String text, NodeSettings settings) {
        String flags = Stream.of(
                        settings.maxPods().isPresent()
                                ? "--max-pods=" + settings.maxPods().getAsInt()
                                : "",
                        settings.labelsFlag(),
                        settings.taintsFlag())
                .filter(flag -> !flag.isEmpty())
                .collect(Collectors.joining(" "));
        boolean counts = settings.maxPods().isPresent();
        String script = counts ? TABLE.matcher(text).replaceAll("") : text;
        boolean has = EXTRA.matcher(script).find();
        String extra = has ? EXTRA.matcher(script).replaceAll(m -> Matcher.quoteReplacement(with(m, flags))) : script;
        String options = (counts ? " --use-max-pods false" : "") + (has ? "" : " --kubelet-extra-args '" + flags + "'");
        return CALL.matcher(extra).replaceAll(m -> Matcher.quoteReplacement(m.group(1) + options));
    }

    /** A bare word may be a variable of several arguments, so it is quoted for the shell to fill. */
    private static String with(MatchResult extra, String flags) {
        if (extra.group(2) != null) {
            return extra.group(1) + "'" + (extra.group(2) + " " + flags).strip() + "'";
        }
        String there = extra.group(3) == null ? extra.group(4) : extra.group(3);
        return extra.group(1) + "\"" + (there + " " + flags).strip() + "\"";
    }
}

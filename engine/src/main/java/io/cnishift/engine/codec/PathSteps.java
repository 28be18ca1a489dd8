package io.cnishift.engine.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a path as {@link DataPath} writes it into its steps: a String for a key, an Integer for an index. */
final class PathSteps {
    private static final Pattern STEP =
            Pattern.compile("(?:^|\\.)([A-Za-z0-9_-]+)|\\[([0-9]{1,9})]|\\[\"((?:[^\"\\\\]|\\\\.)*)\"]");

    private PathSteps() {}

    static List<Object> of(String path) {
        List<Object> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        int end = 0;
        while (end < path.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw new IllegalArgumentException("not a path: \"" + path + "\", see its character " + (end + 1));
            }
            steps.add(step(matcher));
            end = matcher.end();
        }
        return steps;
    }

    private static Object step(Matcher matcher) {
        if (matcher.group(1) != null) {
            return matcher.group(1);
        }
        if (matcher.group(2) != null) {
            return Integer.valueOf(matcher.group(2));
        }
        return matcher.group(3).replaceAll("\\\\(.)", "$1");
    }
}

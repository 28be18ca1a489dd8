package io.cnishift.engine.plan;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.plan.Consent;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Problem;
import io.cnishift.engine.codec.Style;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a plan was planned: digests of what was asked for and of each phase, in a comment of its file. Blockers and consents are
 * weighed for a plan as a whole, and a step that somebody took out or changed may be the one that cured a blocker. Comments
 * and layout may be changed, and so may holds; which cluster is meant is compared with the cluster itself.
 */
final class Seal {

    private static final String MARK = "# planned: ";
    private static final String REQUEST = "request";
    private static final int DIGITS = 12;
    private static final String AGAIN = "make the plan again, with the options that are wanted";

    private final Codec codec;

    Seal(Codec codec) {
        this.codec = codec;
    }

    /** What blockers and consents were weighed with. */
    private record Request(Map<String, Object> options, List<Consent> accepted, List<String> mayRemain) {}

    /** The line of the file. */
    String line(MigrationPlan plan) {
        return MARK
                + parts(plan).entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining(" "))
                + "\n";
    }

    /** What is not as it was planned; nothing when the file is as it was made. */
    Optional<Problem> flaw(String file, String text, MigrationPlan plan) {
        Optional<String> line = text.lines().filter(l -> l.startsWith(MARK)).findFirst();
        if (line.isEmpty()) {
            return Optional.of(problem(
                    file,
                    "",
                    "the plan does not say how it was planned: the line '" + MARK.strip() + "' is missing",
                    "take a file that 'cnishift plan --out' wrote, or make the plan again"));
        }
        Map<String, String> planned = new LinkedHashMap<>();
        for (String part : line.get().substring(MARK.length()).strip().split(" ", -1)) {
            int at = part.lastIndexOf('=');
            planned.put(part.substring(0, Math.max(0, at)), part.substring(at + 1));
        }
        Map<String, String> found = parts(plan);
        return Stream.concat(planned.keySet().stream(), found.keySet().stream())
                .distinct()
                .filter(part -> !Objects.equals(planned.get(part), found.get(part)))
                .findFirst()
                .map(part -> problem(file, part.equals(REQUEST) ? "" : "phases", changed(part, planned, found), AGAIN));
    }

    private static String changed(String part, Map<String, String> planned, Map<String, String> found) {
        String what = part.equals(REQUEST) ? "one of options, accepted and mayRemain" : "phase " + part;
        String how = !found.containsKey(part)
                ? " was taken out"
                : planned.containsKey(part) ? " was changed" : " was put in";
        return what + how + " by hand, and blockers and consents were not weighed for that";
    }

    private Map<String, String> parts(MigrationPlan plan) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(REQUEST, digest(Request.class, new Request(plan.options(), plan.accepted(), plan.mayRemain())));
        plan.phases().forEach(phase -> parts.put(phase.id(), digest(MigrationPlan.Phase.class, phase)));
        return parts;
    }

    private <T> String digest(Class<T> type, T value) {
        String text = codec.text(type, value, Format.YAML, Style.DOCUMENT);
        return PlanFiles.digest(text.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    }

    private static Problem problem(String file, String path, String message, String remedy) {
        return new Problem(file, 0, 0, path, message, remedy);
    }
}

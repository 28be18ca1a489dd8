package io.cnishift.api.act;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An act on the second cluster of a plan that has two. What it is and what takes it back is what the act inside says. */
public record OnSecond(Act act) implements Act {

    /** Shell text that names the kubeconfig context of the second cluster. Without one the shell stops: an empty name is the first. */
    static final String CONTEXT = "\"${SECOND_CONTEXT:?}\"";

    /** A program at the beginning of a command line, behind a pipe or in a substitution. */
    private static final Pattern CALL = Pattern.compile("(^|[|] |[$][(])(kubectl|helm) ");

    public OnSecond {
        Objects.requireNonNull(act);
        if (act instanceof OnSecond || act instanceof CarryObject) {
            throw new IllegalArgumentException("this act is on the second cluster by itself: " + act.target());
        }
    }

    @Override
    public Api api() {
        return act.api();
    }

    @Override
    public String target() {
        return act.target() + " on the second cluster";
    }

    @Override
    public boolean repeatable() {
        return act.repeatable();
    }

    @Override
    public List<String> operations() {
        return act.operations();
    }

    @Override
    public String command(Surroundings at) {
        return inContext(act.command(at.second()));
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return act.inverse(before).map(OnSecond::new);
    }

    /** The same command line, each kubectl and helm of it told which cluster it is for. */
    static String inContext(String command) {
        return CALL.matcher(command)
                .replaceAll(call -> Matcher.quoteReplacement(
                        call.group(1) + (call.group(2).equals("helm") ? "helm --kube-context " : "kubectl --context ")
                                + CONTEXT + " "));
    }
}

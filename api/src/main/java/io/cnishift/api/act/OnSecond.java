package io.cnishift.api.act;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** An act on the second cluster of a plan that has two. What it is and what takes it back is what the act inside says. */
public record OnSecond(Act act) implements Act {

    /** Shell text that names the kubeconfig context of the second cluster. */
    static final String CONTEXT = "\"$SECOND_CONTEXT\"";

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

    /** The same command line, told which cluster it is for. */
    static String inContext(String command) {
        if (command.startsWith("helm ")) {
            return "helm --kube-context " + CONTEXT + command.substring("helm".length());
        }
        String kubectl = "kubectl --context " + CONTEXT;
        return (command.startsWith("kubectl ") ? kubectl + command.substring("kubectl".length()) : command)
                .replace(" | kubectl ", " | " + kubectl + " ");
    }
}

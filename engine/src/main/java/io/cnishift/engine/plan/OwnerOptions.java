package io.cnishift.engine.plan;

import io.cnishift.api.Option;
import io.cnishift.api.plan.Executor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The options that every strategy has beside its own: they are about the owners of things, whatever is planned. */
public record OwnerOptions(
        @Option(
                description =
                        "Who makes the changes of all steps (executor=owner), or of a phase, a kind of steps or one step"
                                + " (executor.NAME=owner). What no owner could write down, such as a restart, cnishift does in any case. By default the owner where GitOps or an operator holds the object.",
                example = "owner")
        Map<String, Executor> executor,

        @Option(
                description =
                        "What becomes of Applications of Argo CD that hold what the plan changes: leave has their owners make the"
                                + " changes; pause takes their automated sync away until the sources say the same, and gives it"
                                + " back.",
                example = "pause",
                defaultValue = "leave")
        ArgoCd argocd) {

    static final String EXECUTOR = "executor";

    private static final String ARGOCD = "argocd";

    /** The name under which the word for all steps is kept beside words for some. */
    static final String ALL = "all";

    public OwnerOptions {
        executor = Map.copyOf(executor);
        Objects.requireNonNull(argocd);
    }

    /** Raw options with one more word: steps of that kind are the owner's, unless the options say otherwise of them. */
    static Map<String, Object> leaving(String kind, Map<String, Object> given) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put(kind, Executor.OWNER.toString());
        Split.of(given).executor().forEach((name, word) -> words.put(String.valueOf(name), word));
        Map<String, Object> more = new LinkedHashMap<>(given);
        more.put(EXECUTOR, words);
        return more;
    }

    /** What of raw options is for this record, and what is for the strategy. */
    record Split(Map<String, Object> common, Map<String, Object> own) {

        static Split of(Map<String, Object> given) {
            Map<String, Object> own = new LinkedHashMap<>(given);
            Map<String, Object> common = new LinkedHashMap<>();
            Object executor = own.remove(EXECUTOR);
            if (executor != null) {
                common.put(EXECUTOR, executor instanceof Map<?, ?> ? executor : Map.of(ALL, executor));
            }
            Object argocd = own.remove(ARGOCD);
            if (argocd != null) {
                common.put(ARGOCD, argocd);
            }
            return new Split(common, own);
        }

        private Map<?, ?> executor() {
            return common.get(EXECUTOR) instanceof Map<?, ?> words ? words : Map.of();
        }
    }
}

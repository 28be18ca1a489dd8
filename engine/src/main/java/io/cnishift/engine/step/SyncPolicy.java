package io.cnishift.engine.step;

import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Application;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The automated sync of an Application: taken away as a whole, which every version of Argo CD understands, and given back as it was. */
final class SyncPolicy {

    private static final String AUTOMATED = "automated";

    private SyncPolicy() {}

    static List<Application> of(View view, List<String> keys) {
        return keys.stream()
                .flatMap(key -> view.get(Part.APPLICATIONS, Application.class, key).stream())
                .toList();
    }

    static PatchObject away(Application application) {
        return patch(application, null);
    }

    static PatchObject back(Application application, Map<String, Object> recorded) {
        return patch(application, recorded);
    }

    private static PatchObject patch(Application application, @Nullable Object automated) {
        Map<String, @Nullable Object> policy = new HashMap<>();
        policy.put(AUTOMATED, automated);
        ObjectRef object = ObjectRef.of(
                "argoproj.io/v1alpha1", application.objectKind(), application.namespace(), application.name());
        return new PatchObject(object, PatchType.MERGE, Map.of("spec", Map.of("syncPolicy", policy)), Optional.empty());
    }

    /** The policy before a step took it away; empty when it never did. */
    static Optional<Map<String, Object>> recorded(Progress pause, Application application) {
        return Attempts.first(pause, away(application))
                .map(entry -> Tree.map(entry.before(), "spec", "syncPolicy"))
                .filter(policy -> policy.containsKey(AUTOMATED))
                .map(policy -> Tree.map(policy, AUTOMATED));
    }

    /** Whether it has any automated sync, be it switched off. */
    static boolean stands(Application application) {
        return application.syncPolicy().containsKey(AUTOMATED);
    }

    static boolean is(Application application, Map<String, Object> recorded) {
        return stands(application) && Trees.same(recorded, Tree.map(application.syncPolicy(), AUTOMATED));
    }

    /** As messages name it. */
    static String words(Application application) {
        return application.objectKind() + " " + application.namespace() + "/" + application.name();
    }
}

package io.cnishift.engine.run;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.act.PatchObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps what is in Secrets out of the journal. Of one that stood there before an act, what tells that it did is kept, and nothing
 * that could be guessed from: no digests either.
 */
final class SecretContents {

    private static final Set<String> CONTENTS = Set.of("data", "stringData");

    /** Holds a copy of what was last applied, contents and all. */
    private static final Set<String> MARKS = Set.of("annotations", "managedFields");

    private SecretContents() {}

    /** The Secret that an act writes or deletes. */
    static Optional<ObjectRef> target(Act act) {
        return object(act instanceof OnSecond on ? on.act() : act)
                .filter(ref -> ref.kind().equals("Secret"));
    }

    private static Optional<ObjectRef> object(Act act) {
        if (act instanceof PatchObject patch) {
            return Optional.of(patch.object());
        }
        if (act instanceof DeleteObject delete) {
            return Optional.of(delete.object());
        }
        if (act instanceof ApplyObject apply) {
            return Optional.of(ObjectRef.of(apply.object()));
        }
        return act instanceof CreateObject create ? Optional.of(ObjectRef.of(create.object())) : Optional.empty();
    }

    /** What of a pre-image may be written down. */
    static Map<String, Object> left(Act act, Map<String, Object> before) {
        return target(act).isPresent() ? without(before) : before;
    }

    private static Map<String, Object> without(Map<String, Object> secret) {
        Map<String, Object> left = new LinkedHashMap<>(secret);
        left.keySet().removeAll(CONTENTS);
        if (secret.get("metadata") instanceof Map<?, ?> metadata) {
            Map<Object, Object> kept = new LinkedHashMap<>(metadata);
            kept.keySet().removeAll(MARKS);
            left.put("metadata", kept);
        }
        return left;
    }
}

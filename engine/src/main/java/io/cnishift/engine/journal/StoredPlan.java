package io.cnishift.engine.journal;

import io.cnishift.api.MigrationPlan;
import io.cnishift.engine.codec.Decoded;
import io.cnishift.engine.plan.PlanFiles;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A plan with the text of its file, which is kept as it was approved.
 *
 * @param digest SHA-256 of the text's bytes
 */
public record StoredPlan(MigrationPlan plan, String text, String digest) {

    public StoredPlan {
        Objects.requireNonNull(plan);
        Objects.requireNonNull(text);
        Objects.requireNonNull(digest);
    }

    /** A plan in its canonical text. */
    public static StoredPlan of(MigrationPlan plan, PlanFiles files) {
        String text = files.text(plan);
        return new StoredPlan(plan, text, PlanFiles.digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The plan of a file, by the bytes of that file. */
    public static Decoded<StoredPlan> read(String name, byte[] bytes, PlanFiles files) {
        return files.read(name, bytes)
                .map(plan -> new StoredPlan(plan, new String(bytes, StandardCharsets.UTF_8), PlanFiles.digest(bytes)));
    }
}

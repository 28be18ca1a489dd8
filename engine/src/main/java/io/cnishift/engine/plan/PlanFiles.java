package io.cnishift.engine.plan;

import io.cnishift.api.MigrationPlan;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Decoded;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.codec.Style;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Plans as files: canonical YAML, named by the SHA-256 of its bytes, as {@code sha256sum} prints it. */
public final class PlanFiles {

    private final Codec codec;

    /** Plan files of that codec, which must know the step kinds. */
    public PlanFiles(Codec codec) {
        this.codec = codec;
    }

    /** The canonical text. */
    public String text(MigrationPlan plan) {
        return codec.text(MigrationPlan.class, plan, Format.YAML, Style.DOCUMENT);
    }

    /** Reads a plan. */
    public Decoded<MigrationPlan> read(Source source) {
        return codec.read(MigrationPlan.class, source);
    }

    /** The digest that names a plan. */
    public String digest(MigrationPlan plan) {
        return digest(text(plan).getBytes(StandardCharsets.UTF_8));
    }

    /** The SHA-256 of these bytes in lower-case hex. */
    public static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

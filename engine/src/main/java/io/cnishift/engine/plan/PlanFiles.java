package io.cnishift.engine.plan;

import io.cnishift.api.MigrationPlan;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Decoded;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Problem;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.codec.Style;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Plans as files: canonical YAML, named by the SHA-256 of its bytes, as {@code sha256sum} prints it. YAML's mark of a
 * document's end stands last, for a file that was cut short between two steps would be a plan as well; before it, how the
 * plan was planned ({@link Seal}).
 */
public final class PlanFiles {

    private static final String END = "...\n";

    private final Codec codec;
    private final Seal seal;

    /** Plan files of that codec, which must know the step kinds. */
    public PlanFiles(Codec codec) {
        this.codec = codec;
        this.seal = new Seal(codec);
    }

    /** The canonical text. */
    public String text(MigrationPlan plan) {
        return codec.text(MigrationPlan.class, plan, Format.YAML, Style.DOCUMENT) + seal.line(plan) + END;
    }

    /** Reads the plan of a file, which must be whole and as it was made. */
    public Decoded<MigrationPlan> read(String name, byte[] bytes) {
        Decoded<MigrationPlan> read = codec.read(MigrationPlan.class, Source.bytes(name, bytes));
        String text = new String(bytes, StandardCharsets.UTF_8);
        Optional<Problem> flaw =
                read.value().flatMap(plan -> flaw(name, text, plan.format()).or(() -> seal.flaw(name, text, plan)));
        return flaw.isEmpty() ? read : new Decoded.Refused<>(List.of(flaw.get()));
    }

    private static Optional<Problem> flaw(String name, String text, int format) {
        if (format != MigrationPlan.FORMAT) {
            return Optional.of(new Problem(
                    name,
                    0,
                    0,
                    "format",
                    "plan format " + format + " is not " + MigrationPlan.FORMAT,
                    "make the plan again with this version of cnishift"));
        }
        boolean whole = text.startsWith("{") || text.stripTrailing().endsWith("\n" + END.strip());
        return whole
                ? Optional.empty()
                : Optional.of(new Problem(
                        name,
                        (int) text.lines().count(),
                        1,
                        "",
                        "the plan was cut short: its last line is not '" + END.strip() + "'",
                        "bring the whole file back, or make the plan again"));
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

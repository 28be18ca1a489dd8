package io.cnishift.cli.input;

import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Decoded;
import io.cnishift.engine.codec.Problem;
import io.cnishift.engine.codec.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the documents that users write; what is wrong with one is told with its place and what to do. */
public final class Documents {

    private static final int TOLD = 3;

    private Documents() {}

    /** A file that the user named; it is there. */
    public static Source file(String name, Path folder) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            String why = Files.isDirectory(file) ? "'" + name + "' is a folder" : "there is no file '" + name + "'";
            String told = Files.isRegularFile(file) ? "'" + name + "' may not be read" : why;
            throw MigrationException.user("CLI-NO-SUCH-FILE", told, "check the path");
        }
        return Source.of(name, () -> Files.newInputStream(file));
    }

    /** The value, or the error that names the first problems. */
    public static <T> T whole(Decoded<T> decoded) {
        return decoded.orElseThrow(Documents::broken);
    }

    /** A document of that type. */
    public static <T> T read(Codec codec, Class<T> type, Source source) {
        return whole(codec.read(type, source));
    }

    /** A document that is a map of anything. */
    public static Map<String, Object> tree(Codec codec, Source source) {
        Object tree = read(codec, Object.class, source);
        if (!(tree instanceof Map<?, ?> map)) {
            throw MigrationException.user(
                    "CLI-BAD-FILE", source.name() + " is not a map of keys and values", "write KEY: VALUE lines");
        }
        Map<String, Object> keyed = new LinkedHashMap<>();
        map.forEach((key, value) -> keyed.put(String.valueOf(key), value));
        return keyed;
    }

    private static MigrationException broken(List<Problem> problems) {
        List<String> told = problems.stream().limit(TOLD).map(Problem::toString).toList();
        int more = problems.size() - told.size();
        return MigrationException.user(
                "CLI-BAD-FILE", String.join(" | ", told) + (more > 0 ? " | and " + more + " more" : ""), "");
    }
}

package io.cnishift.cli.command;

import io.cnishift.api.port.MigrationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Tags for what a run makes in AWS. Their limits: EC2 user guide, Tag your resources. */
final class TagOptions {

    private static final Pattern LETTERS = Pattern.compile("[\\p{L}\\p{N}\\p{Zs}_.:/=+@-]*");
    private static final List<String> OTHERS =
            List.of("aws:", "eks:", "alpha.eksctl.io/", "cnishift.io/", "kubernetes.io/");
    private static final int KEY = 128;
    private static final int VALUE = 256;

    @Option(
            names = "--tag",
            paramLabel = "KEY=VALUE",
            description = "A tag for everything that is made in AWS: it gets those of what it replaces, these, and"
                    + " cnishift.io/migration; may be repeated. Kept in the journal for resume and rollback.")
    private List<String> tags = List.of();

    /** The tags by key. */
    Map<String, String> tags() {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (String tag : tags) {
            int equals = tag.indexOf('=');
            if (equals < 1) {
                throw wrong(tag, "is no KEY=VALUE");
            }
            String key = tag.substring(0, equals);
            String value = tag.substring(equals + 1);
            OTHERS.stream().filter(key::startsWith).findFirst().ifPresent(prefix -> {
                throw wrong(tag, "has a key with " + prefix + ", which is not for users to give");
            });
            if (key.length() > KEY || value.length() > VALUE) {
                throw wrong(tag, "is too long: a key has at most " + KEY + " characters, a value " + VALUE);
            }
            if (!Stream.of(key, value).allMatch(text -> LETTERS.matcher(text).matches())) {
                throw wrong(tag, "has characters other than letters, digits, spaces and _.:/=+-@");
            }
            if (wanted.put(key, value) != null) {
                throw wrong(tag, "gives its key a second time");
            }
        }
        return wanted;
    }

    private static MigrationException wrong(String tag, String why) {
        return MigrationException.user("CLI-USAGE", "--tag " + tag + " " + why, "write it as --tag team=platform");
    }
}

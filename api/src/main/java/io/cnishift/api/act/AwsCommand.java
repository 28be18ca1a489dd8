package io.cnishift.api.act;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An aws command line in the making. Every one names the region, for the one that is set may be another. */
final class AwsCommand {

    private final StringBuilder line;

    private AwsCommand(Surroundings at, String service, String operation) {
        this.line = new StringBuilder("aws " + service + " " + operation);
        at.region().ifPresent(region -> with("--region", region));
    }

    static AwsCommand of(Surroundings at, String service, String operation) {
        return new AwsCommand(at, service, operation);
    }

    /** Of a cluster, whose name EKS wants beside that of its parts. */
    static AwsCommand eks(Surroundings at, String operation) {
        return of(at, "eks", operation).raw("--cluster-name", at.clusterWord());
    }

    /** Tags as EC2 and IAM take them. */
    static List<Map<String, String>> tags(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> Map.of("Key", tag.getKey(), "Value", tag.getValue()))
                        .toList();
    }

    AwsCommand with(String option, String value) {
        return raw(option, Shell.word(value));
    }

    AwsCommand with(String option, long value) {
        return raw(option, String.valueOf(value));
    }

    AwsCommand json(String option, Object value) {
        return raw(option, Json.word(value));
    }

    AwsCommand flag(String option) {
        line.append(' ').append(option);
        return this;
    }

    /** A value that is shell text already. */
    AwsCommand raw(String option, String text) {
        line.append(' ').append(option).append(' ').append(text);
        return this;
    }

    /** Prints one value alone, for a variable or another command. */
    AwsCommand text(String query) {
        return with("--query", query).with("--output", "text");
    }

    @Override
    public String toString() {
        return line.toString();
    }
}

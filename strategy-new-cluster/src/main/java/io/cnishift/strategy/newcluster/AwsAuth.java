package io.cnishift.strategy.newcluster;

import io.cnishift.api.cluster.AccessEntry;
import io.cnishift.api.cluster.ConfigMap;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.cluster.View;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whom the ConfigMap aws-auth lets into a cluster, nodes left out. Its lists are text, YAML as people write it or JSON as tools do, and of
 * that only what such lists consist of is understood.
 */
final class AwsAuth {

    private static final String KEY = "kube-system/aws-auth";
    private static final String MASTERS = "system:masters";
    private static final Set<String> OF_NODES = Set.of("system:nodes", "system:bootstrappers");
    private static final String NAMES = "[\"']?(?:rolearn|userarn|username|groups)[\"']?\\s*:";
    private static final Pattern COMMENT = Pattern.compile("(?m)(?:^|\\s)#.*$");
    private static final Pattern ENTRY = Pattern.compile("(?:-\\s+|\\{\\s*)(?=" + NAMES + ")");
    private static final Pattern ARN = Pattern.compile("(?:rolearn|userarn)[\"']?\\s*:\\s*[\"']?([^\"',\\s}]+)");
    private static final Pattern USERNAME =
            Pattern.compile("username[\"']?\\s*:\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\n,]*[^\\n,\\s]))");
    private static final Pattern GROUPS =
            Pattern.compile("groups[\"']?\\s*:\\s*(?:\\[([^\\]]*)\\]|((?:\\s*-\\s+[^\\n]+)+))");

    private AwsAuth() {}

    /** Who comes in by it and by no access entry, which counts before it; nobody where the cluster does not look at it. */
    static List<Person> people(View view) {
        if (!counts(view)) {
            return List.of();
        }
        Set<String> known = view.all(Part.ACCESS_ENTRIES, AccessEntry.class).stream()
                .map(e -> withoutPath(e.principal()))
                .collect(Collectors.toSet());
        return texts(view)
                .flatMap(text -> ENTRY.splitAsStream(text).map(AwsAuth::person).flatMap(Optional::stream))
                .filter(p -> p.groups().stream().noneMatch(OF_NODES::contains))
                .filter(p -> !known.contains(withoutPath(p.arn())))
                .toList();
    }

    /** Whether it was not read where it counts. */
    static boolean unread(View view, Unknown unknown) {
        return counts(view)
                && unknown.part() == Part.CONFIG_MAPS
                && (unknown.subject().isEmpty() || unknown.subject().equals(KEY));
    }

    private static boolean counts(View view) {
        return !view.cluster().authenticationMode().equals("API");
    }

    private static Stream<String> texts(View view) {
        Optional<ConfigMap> map = view.get(Part.CONFIG_MAPS, ConfigMap.class, KEY);
        return Stream.of("mapRoles", "mapUsers")
                .flatMap(list -> map.map(m -> m.data().get(list)).stream())
                .map(text -> COMMENT.matcher(text).replaceAll(""));
    }

    private static Optional<Person> person(String text) {
        return ARN.matcher(text)
                .results()
                .findFirst()
                .map(arn -> new Person(
                        arn.group(1),
                        USERNAME.matcher(text)
                                .results()
                                .findFirst()
                                .map(AwsAuth::value)
                                .orElse(arn.group(1)),
                        GROUPS.matcher(text)
                                .results()
                                .findFirst()
                                .map(AwsAuth::value)
                                .map(AwsAuth::items)
                                .orElse(List.of())));
    }

    /** What the one alternative found that matched. */
    private static String value(MatchResult found) {
        for (int i = 1; i <= found.groupCount(); i++) {
            if (found.group(i) != null) {
                return found.group(i);
            }
        }
        return "";
    }

    private static List<String> items(String list) {
        return Arrays.stream(list.split("[,\\n]"))
                .map(item -> item.replaceFirst("^\\s*-\\s+", "").replaceAll("[\"'\\s]", ""))
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** Roles have no path there, and have one in access entries. */
    private static String withoutPath(String arn) {
        return arn.replaceFirst(":role/.*/", ":role/");
    }

    /** Somebody, and what the API server takes him for. */
    record Person(String arn, String username, List<String> groups) {

        Person {
            groups = List.copyOf(groups);
        }

        /** The access entry that gives the same; EKS takes no group of the system in one. */
        String entry() {
            List<String> own =
                    groups.stream().filter(g -> !g.startsWith("system:")).toList();
            List<String> lost = groups.stream()
                    .filter(g -> g.startsWith("system:") && !g.equals(MASTERS))
                    .toList();
            return arn + " as " + username + (own.isEmpty() ? "" : " in " + String.join(", ", own))
                    + (groups.contains(MASTERS) ? " with policy AmazonEKSClusterAdminPolicy" : "")
                    + (lost.isEmpty() ? "" : " (no entry gives " + String.join(", ", lost) + ")");
        }
    }
}

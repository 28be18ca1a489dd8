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
    /** What EKS takes no user name in an access entry with. */
    private static final List<String> RESERVED = List.of("system:", "eks:", "aws:", "amazon:", "iam:");

    private static final String NAMES = "[\"']?(?:rolearn|userarn|username|groups)[\"']?\\s*:";
    private static final Pattern COMMENT = Pattern.compile("(?m)(?:^|\\s)#.*$");
    private static final Pattern ENTRY = Pattern.compile("(?:-\\s+|\\{\\s*)(?=" + NAMES + ")");
    private static final Pattern ARN = Pattern.compile("(?:rolearn|userarn)[\"']?\\s*:\\s*[\"']?(arn:[^\"',\\s}]+)");
    private static final String BARE = "(?:\\{\\{\\w+}}|[^\\s,{}>|&*!])";
    private static final Pattern USERNAME =
            Pattern.compile("username[\"']?\\s*:\\s*(?:\"([^\"]*)\"|'([^']*)'|(" + BARE + "(?:[ \\t]*" + BARE + ")*))");
    private static final Pattern GROUPS =
            Pattern.compile("groups[\"']?\\s*:\\s*(?:\\[([^\\]]*)\\]|((?:\\s*-\\s+[^\\n]+)+))");

    /** Of what is left of an entry that was understood. */
    private static final Pattern NOTHING = Pattern.compile("[\\s\\[\\]{},\"'-]*");

    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final String ACCOUNTS = "mapAccounts";
    private static final List<String> LISTS = List.of("mapRoles", "mapUsers");

    private AwsAuth() {}

    /** Who comes in by it and by no access entry, which counts before it; nobody where the cluster does not look at it. */
    static List<Person> people(View view) {
        if (!counts(view)) {
            return List.of();
        }
        Set<String> known = view.all(Part.ACCESS_ENTRIES, AccessEntry.class).stream()
                .map(e -> withoutPath(e.principal()))
                .collect(Collectors.toSet());
        return LISTS.stream()
                .flatMap(list -> entries(view, list))
                .map(AwsAuth::person)
                .flatMap(Optional::stream)
                .filter(p -> p.groups().stream().noneMatch(OF_NODES::contains))
                .filter(p -> !known.contains(withoutPath(p.arn())))
                .toList();
    }

    /** What else lets somebody in, each with the list that says it: whole accounts, and entries that are not understood. */
    static List<String> unclear(View view) {
        if (!counts(view)) {
            return List.of();
        }
        Stream<String> accounts = text(view, ACCOUNTS)
                .filter(text -> !NOTHING.matcher(text).matches())
                .stream()
                .map(text -> {
                    String ids = ACCOUNT.matcher(text)
                            .results()
                            .map(MatchResult::group)
                            .collect(Collectors.joining(", "));
                    return ACCOUNTS + ": " + (ids.isEmpty() ? oneLine(text) : ids);
                });
        Stream<String> entries = LISTS.stream()
                .flatMap(list -> entries(view, list)
                        .filter(entry -> person(entry).isEmpty())
                        .map(entry -> list + ": " + oneLine(entry)));
        return Stream.concat(accounts, entries).toList();
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
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

    private static Optional<String> text(View view, String list) {
        return view.get(Part.CONFIG_MAPS, ConfigMap.class, KEY)
                .map(m -> m.data().get(list))
                .map(text -> COMMENT.matcher(text).replaceAll(""));
    }

    private static Stream<String> entries(View view, String list) {
        return text(view, list).stream()
                .flatMap(ENTRY::splitAsStream)
                .filter(entry -> !NOTHING.matcher(entry).matches());
    }

    /** Nobody where it says more or less than whom it lets in, as what and in which groups: then it may mean somebody else. */
    private static Optional<Person> person(String text) {
        String rest = text;
        for (Pattern part : List.of(ARN, USERNAME, GROUPS)) {
            rest = part.matcher(rest).replaceFirst("");
        }
        if (!NOTHING.matcher(rest).matches()) {
            return Optional.empty();
        }
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

    private static boolean reserved(String name) {
        return RESERVED.stream().anyMatch(name::startsWith);
    }

    /** Somebody, and what the API server takes him for. */
    record Person(String arn, String username, List<String> groups) {

        Person {
            groups = List.copyOf(groups);
        }

        /** The access entry that gives the same; EKS takes no group or name of the system in one. */
        String entry() {
            List<String> own =
                    groups.stream().filter(g -> !g.startsWith("system:")).toList();
            List<String> lost = Stream.concat(
                            Stream.of(username).filter(AwsAuth::reserved),
                            groups.stream().filter(g -> g.startsWith("system:") && !g.equals(MASTERS)))
                    .toList();
            return arn
                    + (reserved(username) ? "" : " as " + username)
                    + (own.isEmpty() ? "" : " in " + String.join(", ", own))
                    + (groups.contains(MASTERS) ? " with policy AmazonEKSClusterAdminPolicy" : "")
                    + (lost.isEmpty() ? "" : " (no entry gives " + String.join(", ", lost) + ")");
        }
    }
}

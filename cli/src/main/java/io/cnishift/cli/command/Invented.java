package io.cnishift.cli.command;

import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What AWS calls things that a run makes: ARNs of target groups, names of the second cluster's load balancers. A rehearsal invents them,
 * so its commands have to look the real ones up.
 */
final class Invented {

    private static final String ARN = "ARN-OF-";
    private static final String HOST = "HOST-OF-";

    private final Map<String, Name> names = new LinkedHashMap<>();

    /**
     * What stands in the place of such a name.
     *
     * @param lookup a command that prints the real one
     * @param placeholder for text that no shell reads
     */
    private record Name(String lookup, String placeholder) {}

    private Invented() {}

    static Invented in(View view) {
        Invented invented = new Invented();
        String region = view.all(Part.CLUSTER, Cluster.class).stream()
                .findFirst()
                .map(cluster -> " --region " + cluster.region())
                .orElse("");
        view.all(Part.TARGET_GROUPS, TargetGroup.class).stream()
                .filter(group -> group.tags().containsKey(Progress.TAG))
                .forEach(group -> invented.names.put(
                        group.arn(),
                        new Name(
                                "aws elbv2 describe-target-groups" + region + " --names " + group.name()
                                        + " --query 'TargetGroups[0].TargetGroupArn' --output text",
                                ARN + group.name())));
        view.second().ifPresent(second -> {
            second.all(Part.INGRESSES, Ingress.class)
                    .forEach(i -> invented.host(i.loadBalancer(), "ingress", i.namespace(), i.name()));
            second.all(Part.SERVICES, Service.class)
                    .forEach(s -> invented.host(s.loadBalancer(), "service", s.namespace(), s.name()));
        });
        return invented;
    }

    private void host(Optional<String> host, String kind, String namespace, String name) {
        host.ifPresent(h -> names.putIfAbsent(
                h,
                new Name(
                        "kubectl --context \"${SECOND_CONTEXT:?}\" get -n " + namespace + " " + kind + "/" + name
                                + " -o jsonpath='{.status.loadBalancer.ingress[0].hostname}'",
                        HOST + kind + "-" + namespace + "-" + name)));
    }

    /** The same command line with each of them looked up where it stands, in quotes or not. */
    String inCommand(String command) {
        String line = command;
        for (Map.Entry<String, Name> e : names.entrySet()) {
            String shell = "\"$(" + e.getValue().lookup() + ")\"";
            int at = line.indexOf(e.getKey());
            while (at >= 0) {
                String here = quoted(line.substring(0, at)) ? "'" + shell + "'" : shell;
                line = line.substring(0, at)
                        + here
                        + line.substring(at + e.getKey().length());
                at = line.indexOf(e.getKey(), at + here.length());
            }
        }
        return line;
    }

    /** The same text with a word for each of them. */
    String inText(String text) {
        String said = text;
        for (Map.Entry<String, Name> e : names.entrySet()) {
            said = said.replace(e.getKey(), e.getValue().placeholder());
        }
        return said;
    }

    /** Whether such words are in a text. */
    static boolean standsIn(String text) {
        return text.contains(ARN) || text.contains(HOST);
    }

    /** Whether a single-quoted word is open after this; a quote in such a word is written as {@code '\''}. */
    private static boolean quoted(String before) {
        return before.replace("'\\''", "").chars().filter(c -> c == '\'').count() % 2 == 1;
    }
}

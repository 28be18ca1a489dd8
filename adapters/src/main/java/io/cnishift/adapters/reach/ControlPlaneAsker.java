package io.cnishift.adapters.reach;

import io.cnishift.adapters.kubernetes.KubeApi;
import io.cnishift.adapters.kubernetes.KubeResource;
import io.cnishift.adapters.kubernetes.ServerPaths;
import io.cnishift.adapters.kubernetes.ServerPaths.Look;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Asks from the control plane, by its proxy to pods: the API server opens the connection itself, by the way that its calls of
 * webhooks and aggregated APIs take too. A dry run of a write would not do: a webhook that fails open lets it pass either way.
 */
final class ControlPlaneAsker implements Asker {

    private static final KubeResource SERVICES = KubeResource.core("services");

    private final ServerPaths paths;
    private final KubeApi api;

    ControlPlaneAsker(ServerPaths paths, KubeApi api) {
        this.paths = Objects.requireNonNull(paths);
        this.api = Objects.requireNonNull(api);
    }

    @Override
    public Seen ask(Question question) {
        String[] key = question.to().name().split("/", 2);
        if (question.to().kind() != To.POD || question.protocol() != Protocol.TCP || key.length != 2) {
            throw new Unasked("the control plane is asked about TCP ports of pods only");
        }
        Map<String, Object> pod = api.get("pods", key[0], key[1])
                .orElseThrow(
                        () -> new Unasked("there is no pod " + question.to().name()));
        int port = port(pod, key[0], question.port());
        String way = "the API server -> pod " + question.to().name() + " ("
                + Tree.text(pod, "status", "podIP").orElse("no address") + ") port " + port + ": ";
        Look look = paths.pod(key[0], key[1], port);
        return switch (look.kind()) {
            case ANSWERED -> Seen.reached(way + look.said());
            case FAILED -> Seen.notReached(way + look.said());
            case UNFINISHED -> {
                // only an API server that is well has tried in vain
                paths.version();
                yield Seen.notReached(way + look.said());
            }
            case NOT_TRIED -> throw new Unasked(way + look.said() + "; it takes the right to get pods/proxy there");
        };
    }

    /** A question names the Service's port where only the pod knows which of its ports that is. */
    private int port(Map<String, Object> pod, String namespace, int asked) {
        boolean own = ports(pod).anyMatch(p -> Tree.number(p, 0, "containerPort") == asked);
        return own ? asked : named(pod, namespace, asked).orElse(asked);
    }

    private Optional<Integer> named(Map<String, Object> pod, String namespace, int asked) {
        Map<String, String> labels = Tree.strings(pod, "metadata", "labels");
        return api.list(SERVICES, "", Stream::of).stream()
                .filter(s -> Tree.text(s, "metadata", "namespace").equals(Optional.of(namespace)))
                .filter(s -> selects(Tree.strings(s, "spec", "selector"), labels))
                .flatMap(s -> Tree.maps(s, "spec", "ports").stream())
                .filter(p -> Tree.number(p, 0, "port") == asked)
                .flatMap(p -> Tree.text(p, "targetPort").stream())
                .flatMap(name -> ports(pod).filter(p -> Tree.text(p, "name").equals(Optional.of(name))))
                .map(p -> (int) Tree.number(p, 0, "containerPort"))
                .findFirst();
    }

    private static boolean selects(Map<String, String> selector, Map<String, String> labels) {
        return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
    }

    private static Stream<Map<String, Object>> ports(Map<String, Object> pod) {
        return Tree.maps(pod, "spec", "containers").stream().flatMap(c -> Tree.maps(c, "ports").stream());
    }
}

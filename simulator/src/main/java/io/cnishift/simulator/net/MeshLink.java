package io.cnishift.simulator.net;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.cni.Dataplane;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Whether the agents of one cluster learn of another one: they were told of it, may ask it, reach it, and trust it. */
final class MeshLink {

    static final String NAMESPACE = "kube-system";
    static final String AUTHORITY = "cilium-ca";
    static final String SERVER = "clustermesh-apiserver";

    private static final int PORT = 2379;

    private final Kernel asks;
    private final Kernel answers;

    MeshLink(Kernel asks, Kernel answers) {
        this.asks = Objects.requireNonNull(asks, "asks");
        this.answers = Objects.requireNonNull(answers, "answers");
    }

    /** What of it is missing; empty when they do. */
    Optional<String> missing() {
        Map<String, String> own = agents(asks);
        Map<String, String> other = agents(answers);
        String name = other.getOrDefault("cluster-name", "default");
        Optional<String> told = data(asks, "cilium-clustermesh", name);
        if (told.isEmpty()) {
            return Optional.of("agents of " + of(asks) + " were not told of a cluster " + name);
        }
        return identity(own, other).or(() -> balancer(told.get())).or(this::trust);
    }

    private Optional<String> identity(Map<String, String> own, Map<String, String> other) {
        String id = own.getOrDefault("cluster-id", "0");
        if (id.equals("0") || own.getOrDefault("cluster-name", "default").equals("default")) {
            return Optional.of("agents of " + of(asks) + " run without a name and a number for it");
        }
        for (String key : List.of("cluster-id", "cluster-name")) {
            if (own.getOrDefault(key, "").equals(other.getOrDefault(key, ""))) {
                return Optional.of("agents of both clusters run with " + key + " " + own.get(key));
            }
        }
        return own.getOrDefault("max-connected-clusters", "255")
                        .equals(other.getOrDefault("max-connected-clusters", "255"))
                ? Optional.empty()
                : Optional.of("agents of both clusters run with different max-connected-clusters");
    }

    private Optional<String> balancer(String told) {
        Optional<String> host = answers.objects()
                .get("Service", NAMESPACE, SERVER)
                .flatMap(s -> Tree.maps(s, "status", "loadBalancer", "ingress").stream()
                        .findFirst())
                .flatMap(i -> Tree.text(i, "hostname"));
        if (host.filter(h -> told.equals(h + ":" + PORT)).isEmpty()) {
            return Optional.of("nobody of " + of(answers) + " answers at " + told);
        }
        Answer answer = answers.reach(
                Question.of(From.CLIENT, "", To.URL, "service " + NAMESPACE + "/" + SERVER, Protocol.TCP, PORT));
        return answer.reached()
                ? Optional.empty()
                : Optional.of("the API server of " + of(answers) + " for the mesh: " + answer.evidence());
    }

    private Optional<String> trust() {
        String host = data(asks, "cilium-clustermesh", agents(answers).getOrDefault("cluster-name", ""))
                .orElse("")
                .replaceFirst(":[0-9]+$", "");
        List<String> names = Arrays.asList(
                data(answers, SERVER + "-server-cert", "names").orElse("").split(" "));
        if (!names.contains(host)) {
            return Optional.of("x509: the certificate of " + of(answers) + " is not valid for " + host);
        }
        return data(asks, AUTHORITY, "ca.crt").equals(data(answers, AUTHORITY, "ca.crt"))
                ? Optional.empty()
                : Optional.of("x509: certificate of " + of(answers) + " is signed by unknown authority");
    }

    /** What the agents run with, which is what they read when they started. */
    private static Map<String, String> agents(Kernel kernel) {
        Dataplane dataplane = Dataplane.of(kernel);
        return kernel.objects().list("Node").stream()
                .flatMap(n -> Tree.text(n, "metadata", "name").stream())
                .flatMap(node -> dataplane.agentConfig(node).stream())
                .findFirst()
                .orElse(Map.of());
    }

    private static Optional<String> data(Kernel kernel, String secret, String key) {
        return kernel.objects()
                .get("Secret", NAMESPACE, secret)
                .flatMap(s -> Optional.ofNullable(Tree.strings(s, "data").get(key)));
    }

    private static String of(Kernel kernel) {
        return kernel.snapshot().cluster().name();
    }
}

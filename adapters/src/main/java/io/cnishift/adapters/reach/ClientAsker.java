package io.cnishift.adapters.reach;

import io.cnishift.adapters.kubernetes.KubeApi;
import io.cnishift.adapters.kubernetes.KubeResource;
import io.cnishift.adapters.target.Environment;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.To;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks as a client of load balancers, from this machine. Where this machine may be the cause of a failure, for the load balancer is
 * inside of a network or this machine goes out by a proxy, it is unknown whether clients are served.
 */
final class ClientAsker implements Asker {

    private static final KubeResource INGRESSES = KubeResource.of("networking.k8s.io", "v1", "ingresses");
    private static final int SERVER_ERROR = 500;

    private final KubeApi api;
    private final Caller caller;
    private final Environment environment;

    ClientAsker(KubeApi api, Caller caller, Environment environment) {
        this.api = Objects.requireNonNull(api);
        this.caller = Objects.requireNonNull(caller);
        this.environment = Objects.requireNonNull(environment);
    }

    @Override
    public Seen ask(Question question) {
        if (question.to().kind() != To.URL) {
            throw new Unasked("a client is asked about load balancers only");
        }
        Front front = front(question.to().name().split(" ", -1));
        Heard heard = new Heard(Heard.Kind.NO_WAY, false, 0, "nothing was called");
        for (Front.Door door : front.doors()) {
            heard = caller.call(front, door);
            if (heard.opened() && heard.kind() != Heard.Kind.NO_TLS) {
                return opened(front, heard, front.address() + " " + door + ": " + heard.said());
            }
        }
        return closed(heard, front.address() + ": " + heard.said());
    }

    private Front front(String[] words) {
        boolean ingress = words[0].equals("ingress") && words.length == 4;
        String[] key = words.length < 2 ? new String[0] : words[1].split("/", 2);
        if (key.length != 2 || !(ingress || words[0].equals("service"))) {
            throw new Unasked("'" + String.join(" ", words) + "' names no load balancer");
        }
        Optional<Map<String, Object>> object =
                ingress ? api.get(INGRESSES, key[0], key[1]) : api.get("services", key[0], key[1]);
        return object.map(tree -> ingress ? Fronts.ingress(tree, words[2], words[3]) : Fronts.service(tree))
                .orElseThrow(() -> new Unasked("there is no " + words[0] + " " + words[1]));
    }

    private static Seen opened(Front front, Heard heard, String evidence) {
        return switch (heard.kind()) {
            case HTTP -> heard.status() < SERVER_ERROR ? Seen.reached(evidence) : Seen.notReached(evidence);
            case OTHER_WORDS -> Seen.reached(evidence);
            default -> {
                if (front.passesThrough()) {
                    yield Seen.reached(evidence);
                }
                yield front.web()
                        ? Seen.notReached(evidence)
                        : Seen.unknown(evidence + "; what is behind may speak another protocol");
            }
        };
    }

    private Seen closed(Heard heard, String evidence) {
        Optional<String> proxy = environment.first("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy");
        if (heard.kind() == Heard.Kind.NO_NAME) {
            return Seen.unknown(evidence);
        }
        if (heard.inside() && heard.kind() == Heard.Kind.NO_WAY) {
            return Seen.unknown(evidence + "; it is an internal load balancer, and this machine may have no way to it");
        }
        return proxy.isPresent()
                ? Seen.unknown(evidence + "; this machine goes out by a proxy, which is not used for this")
                : Seen.notReached(evidence);
    }
}

package io.cnishift.adapters.reach;

import io.cnishift.adapters.kubernetes.KubeApi;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import io.cnishift.api.port.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Asks from a new pod on the node, which is what a question means: wired by the CNI that wires new pods there. The pod's command is
 * the question, and its end the answer. A pod that is asked after listens on another node meanwhile.
 */
final class PodAsker implements Asker, AutoCloseable {

    // A lock is renewed between two questions, and lost when that is late.
    private static final Duration LIMIT = Duration.ofSeconds(22);
    private static final Duration FOR_TARGET = Duration.ofSeconds(12);

    /** Public, of AWS, and served by no VPC endpoint. */
    private static final String OUTSIDE = "checkip.amazonaws.com";

    private static final String IMDS = "169.254.169.254";
    private static final String POD_IDENTITY = "169.254.170.23";
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final ProbePods pods;
    private final KubeApi api;
    private final TimeSource time;
    private final String image;

    /** @param image agnhost, or one with its tools */
    PodAsker(ProbePods pods, KubeApi api, TimeSource time, String image) {
        this.pods = Objects.requireNonNull(pods);
        this.api = Objects.requireNonNull(api);
        this.time = Objects.requireNonNull(time);
        this.image = Objects.requireNonNull(image);
    }

    @Override
    public Seen ask(Question question) {
        Instant begun = time.now();
        try {
            Check check = check(question, begun.plus(FOR_TARGET));
            boolean host = question.from().kind() == From.NODE;
            String node = question.from().name();
            Seen seen = asked(check, node, host, begun.plus(LIMIT));
            return new Seen(
                    seen.verdict(),
                    (host ? "node " : "a pod on ") + node + " -> " + check.target() + ": " + seen.evidence());
        } finally {
            pods.remove();
        }
    }

    private Check check(Question question, Instant until) {
        To kind = question.to().kind();
        if (question.protocol() != Protocol.TCP && question.protocol() != Protocol.HTTP && kind != To.DNS) {
            throw new Unasked("pods ask by TCP only");
        }
        String name = question.to().name();
        return switch (kind) {
            case POD_ON -> to(listening(name, question.port(), until), question);
            case POD -> to(address(object("pods", name), "status", "podIP"), question);
            case ADDRESS -> to(name, question);
            case NODE -> to(internal(object("nodes", name)), question);
            case SERVICE -> to(address(object("services", name), "spec", "clusterIP"), question);
            case API_SERVER ->
                Check.connect(address(object("services", "default/kubernetes"), "spec", "clusterIP"), HTTPS);
            case DNS -> Check.resolve(name);
            case INTERNET -> Check.connect(OUTSIDE, HTTPS);
            case IMDS -> Check.connect(IMDS, HTTP);
            case POD_IDENTITY -> Check.connect(POD_IDENTITY, HTTP);
            case URL -> throw new Unasked("pods are not asked about load balancers");
        };
    }

    private static Check to(String address, Question question) {
        String host = address.contains(":") ? "[" + address + "]" : address;
        return question.bytes() > 0
                ? Check.echo(host, question.port(), question.bytes())
                : Check.connect(host, question.port());
    }

    private Map<String, Object> object(String plural, String key) {
        int slash = key.indexOf('/');
        return api.get(plural, slash < 0 ? "" : key.substring(0, slash), key.substring(slash + 1))
                .orElseThrow(() -> new Unasked("there is no " + key + " among the " + plural));
    }

    private static String address(Map<String, Object> object, String... path) {
        return Tree.text(object, path)
                .filter(ip -> !ip.isEmpty() && !ip.equals("None"))
                .orElseThrow(() -> new Unasked("what is asked about has no address"));
    }

    private static String internal(Map<String, Object> node) {
        return Tree.maps(node, "status", "addresses").stream()
                .filter(a -> Tree.text(a, "type").equals(Optional.of("InternalIP")))
                .flatMap(a -> Tree.text(a, "address").stream())
                .findFirst()
                .orElseThrow(() -> new Unasked("the node has no address"));
    }

    /** Makes a pod that listens, and returns its address. */
    private String listening(String node, int port, Instant until) {
        ProbePod pod = new ProbePod(pods.name(), "target", node, false, Check.listen(port));
        pods.make(pod.object(image, taints(node), port));
        Map<String, Object> there = made(pod, PodAsker::running, until);
        if (!running(there)) {
            throw new Unasked(why(pod, there));
        }
        return address(there, "status", "podIP");
    }

    private Seen asked(Check check, String node, boolean host, Instant until) {
        ProbePod pod = new ProbePod(pods.name(), "origin", node, host, check.command());
        pods.make(pod.object(image, taints(node), 0));
        Map<String, Object> there = made(pod, PodAsker::over, until);
        Optional<Map<String, Object>> end = end(there);
        if (end.isEmpty()) {
            throw new Unasked(why(pod, there));
        }
        return check.seen(
                (int) Tree.number(end.get(), -1, "exitCode"),
                Tree.text(end.get(), "message").orElse(""));
    }

    private List<Map<String, Object>> taints(String node) {
        return Tree.maps(object("nodes", node), "spec", "taints");
    }

    private Map<String, Object> made(ProbePod pod, Predicate<Map<String, Object>> so, Instant until) {
        return pods.await(
                        pod.name(),
                        p -> so.test(p)
                                || over(p)
                                || ProbePod.stuck(p).findAny().isPresent(),
                        until)
                .orElseThrow(() -> new Unasked("the pod that asks was removed by somebody"));
    }

    private static boolean running(Map<String, Object> pod) {
        return Tree.text(pod, "status", "phase").equals(Optional.of("Running"))
                && Tree.text(pod, "status", "podIP").filter(ip -> !ip.isEmpty()).isPresent();
    }

    private static boolean over(Map<String, Object> pod) {
        return Tree.text(pod, "status", "phase")
                .filter(phase -> phase.equals("Succeeded") || phase.equals("Failed"))
                .isPresent();
    }

    private static Optional<Map<String, Object>> end(Map<String, Object> pod) {
        return Tree.maps(pod, "status", "containerStatuses").stream()
                .map(status -> Tree.map(status, "state", "terminated"))
                .filter(terminated -> !terminated.isEmpty())
                .findFirst();
    }

    private String why(ProbePod probe, Map<String, Object> pod) {
        String subject = "no pod got to ask on " + probe.node() + ": ";
        Optional<String> stuck = ProbePod.stuck(pod).findFirst();
        if (stuck.isPresent()) {
            return subject + "image " + image + ": " + stuck.get() + "; name another with --probe-image";
        }
        return subject
                + Tree.text(pod, "status", "message")
                        .or(() -> Tree.text(pod, "status", "reason"))
                        .or(() -> unscheduled(pod))
                        .or(() -> end(pod).map(e -> "its process ended with " + Tree.number(e, -1, "exitCode") + ": "
                                + Tree.text(e, "message").orElse("").strip()))
                        .orElseGet(() ->
                                "it is " + Tree.text(pod, "status", "phase").orElse("Pending")
                                        + " and did not get on in time; its node's kubelet and CNI say why");
    }

    private static Optional<String> unscheduled(Map<String, Object> pod) {
        return Tree.maps(pod, "status", "conditions").stream()
                .filter(c -> Tree.text(c, "type").equals(Optional.of("PodScheduled")))
                .filter(c -> Tree.text(c, "status").equals(Optional.of("False")))
                .flatMap(c -> Tree.text(c, "message").stream())
                .findFirst();
    }

    @Override
    public void close() {
        pods.remove();
    }
}

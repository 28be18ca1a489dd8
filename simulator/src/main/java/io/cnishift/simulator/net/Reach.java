package io.cnishift.simulator.net;

import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/** Answers questions about the network: finds who asks, then asks what is known of the kind of destination. */
public final class Reach implements Behaviour {

    private static final int HTTPS = 443;
    private static final int DNS_PORT = 53;

    /** What is known of each kind of destination. */
    public static final class Destinations {
        private final Map<To, BiFunction<End, Question, Passage>> known = new EnumMap<>(To.class);

        /** The destinations of that world. */
        public static Destinations of(Kernel kernel) {
            return kernel.shared(Destinations.class, k -> new Destinations());
        }

        /** From now on questions about that kind of destination are answered so. */
        public void on(To kind, BiFunction<End, Question, Passage> answer) {
            known.put(kind, Objects.requireNonNull(answer, "answer"));
        }
    }

    @Override
    public String id() {
        return "reach";
    }

    @Override
    public String source() {
        return "domain.md 4.4 to 4.12";
    }

    @Override
    public void install(Kernel kernel) {
        Ends ends = Ends.of(kernel);
        Network network = Network.of(kernel);
        Services services = Services.of(kernel);
        Destinations to = Destinations.of(kernel);
        to.on(To.POD, (from, q) -> carry(network, from, q, pod(ends, q.to().name())));
        to.on(To.POD_ON, (from, q) -> carry(network, from, q, ends.newPod(q.to().name())));
        to.on(To.NODE, (from, q) -> carry(network, from, q, ends.host(q.to().name())));
        to.on(To.SERVICE, (from, q) -> services.reach(from, q.to().name(), q.port(), q.protocol(), q.bytes()));
        to.on(To.API_SERVER, (from, q) -> apiServer(kernel, from, q));
        to.on(To.DNS, (from, q) -> services.reach(from, "kube-system/kube-dns", DNS_PORT, Protocol.UDP, 0));
        to.on(To.IMDS, (from, q) -> local(network, from, q, End.Kind.IMDS, "IMDS"));
        to.on(To.POD_IDENTITY, (from, q) -> local(network, from, q, End.Kind.POD_IDENTITY, "the Pod Identity agent"));
        to.on(
                To.INTERNET,
                (from, q) -> network.carry(
                        flow(from, End.away(End.Kind.INTERNET, "the internet", "", java.util.List.of()), q, HTTPS)));
        kernel.reach(q -> answer(kernel, ends, to, q));
    }

    private static Answer answer(Kernel kernel, Ends ends, Destinations to, Question question) {
        Optional<End> from = origin(ends, question);
        BiFunction<End, Question, Passage> known = to.known.get(question.to().kind());
        Passage passage = from.isEmpty()
                ? Passage.unknown("nothing runs there to ask from: "
                        + question.from().kind() + " " + question.from().name())
                : known == null
                        ? Passage.unknown(
                                "this world knows nothing of " + question.to().kind())
                        : known.apply(from.get(), question);
        return new Answer(passage.verdict(), passage.evidence(), kernel.clock().now());
    }

    private static Optional<End> origin(Ends ends, Question question) {
        String name = question.from().name();
        From kind = question.from().kind();
        return switch (kind) {
            case POD -> pod(ends, name);
            case POD_ON -> ends.newPod(name);
            case NODE -> ends.host(name);
            case CONTROL_PLANE -> Optional.of(ends.controlPlane());
            case RUNNER, CLIENT ->
                Optional.of(End.away(
                        End.Kind.OUTSIDE, kind == From.CLIENT ? "a client" : "cnishift", "", java.util.List.of()));
        };
    }

    private static Optional<End> pod(Ends ends, String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? Optional.empty() : ends.pod(key.substring(0, slash), key.substring(slash + 1));
    }

    private static Passage carry(Network network, End from, Question question, Optional<End> to) {
        return to.map(t -> network.carry(flow(from, t, question, question.port())))
                .orElseGet(() -> Passage.broken("nothing answers at "
                        + question.to().kind() + " " + question.to().name()));
    }

    private static Passage local(Network network, End from, Question question, End.Kind kind, String name) {
        return from.node().isEmpty()
                ? Passage.unknown(from + " is on no node")
                : network.carry(flow(from, End.local(kind, name, from), question, question.port()));
    }

    /** Pods go by the kubernetes Service, hosts and others by the endpoint's name. */
    private static Passage apiServer(Kernel kernel, End from, Question question) {
        if (from.kind() == End.Kind.OUTSIDE || from.kind() == End.Kind.CONTROL_PLANE) {
            return Passage.through(from + " -> the control plane by its endpoint");
        }
        return from.pod()
                ? Services.of(kernel).reach(from, "default/kubernetes", HTTPS, Protocol.TCP, question.bytes())
                : Network.of(kernel).carry(flow(from, Ends.of(kernel).controlPlane(), question, HTTPS));
    }

    private static Flow flow(End from, End to, Question question, int port) {
        return Flow.direct(from, to, question.protocol(), port, question.bytes());
    }
}

package io.cnishift.engine.verify;

import io.cnishift.api.cluster.ControlPlaneCall;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.Destination;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.Question.Origin;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What probes ask of the network. One node of each side stands for it: one whose new pods Cilium wires, and one whose new
 * pods the VPC CNI wires.
 */
final class Questions {

    private static final String CILIUM_SIDE = "io.cilium.migration/cilium-default";
    private static final int HTTPS = 443;
    private static final int DNS = 53;
    private static final int HTTP = 80;
    private static final int LARGE = 8000;

    private Questions() {}

    static List<Question> dns(View view) {
        return fromEachSide(
                view,
                node -> Question.of(
                        From.POD_ON, node, To.DNS, "kubernetes.default.svc.cluster.local", Protocol.UDP, DNS));
    }

    static List<Question> apiServer(View view) {
        return fromEachSide(view, node -> Question.of(From.POD_ON, node, To.API_SERVER, "", Protocol.TCP, HTTPS));
    }

    static List<Question> egress(View view) {
        return fromEachSide(view, node -> Question.of(From.POD_ON, node, To.INTERNET, "", Protocol.TCP, HTTPS));
    }

    /** From pods of each side to pods of the other. */
    static List<Question> acrossCnis(View view) {
        Optional<String> old = side(view, false);
        Optional<String> target = side(view, true);
        if (old.isEmpty() || target.isEmpty()) {
            return List.of();
        }
        return List.of(pods(old.get(), target.get(), 0), pods(target.get(), old.get(), 0));
    }

    /** Between two nodes of the side that is there, with packets that do not fit a smaller MTU. */
    static List<Question> largePackets(View view) {
        return Stream.of(true, false)
                .map(cilium -> nodes(view, cilium))
                .filter(nodes -> nodes.size() > 1)
                .map(nodes -> pods(nodes.get(0).name(), nodes.get(1).name(), LARGE))
                .toList();
    }

    static List<Question> loadBalancers(View view) {
        List<Question> questions = new ArrayList<>();
        for (Ingress ingress : view.all(Part.INGRESSES, Ingress.class)) {
            if (ingress.loadBalancer().isPresent()) {
                ingress.rules()
                        .forEach(rule -> questions.add(client("ingress " + ingress.key() + " "
                                + (rule.host().isEmpty() ? "*" : rule.host()) + " " + rule.path())));
            }
        }
        for (Service service : view.services()) {
            if (service.type().equals("LoadBalancer") && service.loadBalancer().isPresent()) {
                questions.add(client("service " + service.key()));
            }
        }
        return questions;
    }

    /** From the control plane to a pod behind every webhook and aggregated API. */
    static List<Question> controlPlaneCalls(View view) {
        return view.all(Part.CONTROL_PLANE_CALLS, ControlPlaneCall.class).stream()
                .flatMap(call -> call.service().flatMap(view::service).stream()
                        .flatMap(service -> first(view, service).stream()
                                .map(pod -> Question.of(
                                        From.CONTROL_PLANE, "", To.POD, pod.key(), Protocol.TCP, port(service, call)))))
                .distinct()
                .toList();
    }

    private static Optional<Pod> first(View view, Service service) {
        return view.podsOf(service).stream().filter(Pod::ready).findFirst();
    }

    /** The number of the target port where it is one; the Service's own port where only the pod knows. */
    private static int port(Service service, ControlPlaneCall call) {
        return service.ports().stream()
                .filter(p -> p.port() == call.port())
                .filter(p -> p.targetPort().matches("[0-9]+"))
                .map(p -> Integer.parseInt(p.targetPort()))
                .findFirst()
                .orElse(call.port());
    }

    private static Question client(String name) {
        return Question.of(From.CLIENT, "", To.URL, name, Protocol.HTTP, HTTP);
    }

    private static Question pods(String from, String to, int bytes) {
        return new Question(new Origin(From.POD_ON, from), new Destination(To.POD_ON, to), Protocol.TCP, HTTP, bytes);
    }

    private static List<Question> fromEachSide(View view, java.util.function.Function<String, Question> question) {
        return Stream.of(true, false)
                .flatMap(c -> side(view, c).stream())
                .map(question)
                .toList();
    }

    private static Optional<String> side(View view, boolean cilium) {
        return nodes(view, cilium).stream().map(Node::name).findFirst();
    }

    private static List<Node> nodes(View view, boolean cilium) {
        return view.nodes().stream()
                .filter(n -> n.linux() && n.ready() && n.labels().containsKey(CILIUM_SIDE) == cilium)
                // on a real cluster it is a pod that asks, and a node may be full
                .sorted(Comparator.comparing(n -> !view.admitsOneMore(n)))
                .toList();
    }
}

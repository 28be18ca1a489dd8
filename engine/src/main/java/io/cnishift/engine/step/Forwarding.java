package io.cnishift.engine.step;

import io.cnishift.api.cluster.Ingress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the rules of an Ingress send the traffic of a Service: as they always did, or by an action that weighs two. */
enum Forwarding {
    /** The rules name the Service itself. */
    NONE,
    /** An action, all weight on the Service. */
    FIRST,
    /** An action, all weight on the second Service. */
    SECOND;

    static final String USE_ANNOTATION = "use-annotation";
    private static final String CONTROLLER = "alb.ingress.kubernetes.io/";
    private static final String ACTIONS = CONTROLLER + "actions.";
    private static final Pattern PORT = Pattern.compile("\"servicePort\":\"?([^\",}]+)\"?");

    static Forwarding of(Ingress ingress, String service) {
        String action = ingress.annotations().getOrDefault(annotation(service), "");
        if (!action.contains(second(service))) {
            return NONE;
        }
        return action.equals(action(service, port(ingress, service), SECOND)) ? SECOND : FIRST;
    }

    /** Whether the AWS Load Balancer Controller serves the Ingress. */
    static boolean balanced(Ingress ingress) {
        return ingress.ingressClass().equals("alb")
                || ingress.annotations().keySet().stream().anyMatch(k -> k.startsWith(CONTROLLER));
    }

    static String annotation(String service) {
        return ACTIONS + service;
    }

    /** The action that weighs so. */
    static String action(String service, String port, Forwarding to) {
        boolean first = to == FIRST;
        return "{\"type\":\"forward\",\"forwardConfig\":{\"targetGroups\":["
                + target(service, port, first ? 100 : 0)
                + ","
                + target(second(service), port, first ? 0 : 100)
                + "]}}";
    }

    /** The Service port that the rules name, or named before an action took their place. */
    static String port(Ingress ingress, String service) {
        Matcher acted = PORT.matcher(ingress.annotations().getOrDefault(annotation(service), ""));
        Optional<String> ruled = ingress.rules().stream()
                .filter(r -> r.service().equals(service) && !r.port().equals(USE_ANNOTATION))
                .map(Ingress.Rule::port)
                .findFirst();
        return acted.find() ? acted.group(1) : ruled.orElse("");
    }

    /** How many ports of a Service the rules name. */
    static long ports(Ingress ingress, String service) {
        return ingress.rules().stream()
                .filter(r -> r.service().equals(service))
                .map(Ingress.Rule::port)
                .distinct()
                .count();
    }

    private static String second(String service) {
        return service + "-cnishift";
    }

    private static String target(String service, String port, int weight) {
        String number = port.matches("[0-9]+") ? port : "\"" + port + "\"";
        return "{\"serviceName\":\"" + service + "\",\"servicePort\":" + number + ",\"weight\":" + weight + "}";
    }
}

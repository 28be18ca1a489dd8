package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A port that a well-known program opens unless told otherwise, and the argument that tells it. Pods need not declare the
 * ports they listen on, so what is not in their template has to be known.
 *
 * @param image part of the image's name
 * @param port the default
 * @param argument what moves it, {@code %d} standing for the port
 * @param instead a port that its users take when the default is taken; empty for none in particular
 */
record KnownListener(String image, int port, String argument, OptionalInt instead) {

    private static final List<KnownListener> ALL = List.of(
            listener("aws-load-balancer-controller", 9443, "--webhook-bind-port=%d"),
            listener("aws-load-balancer-controller", 8080, "--metrics-bind-addr=:%d"),
            listener("aws-load-balancer-controller", 61779, "--health-probe-bind-addr=:%d"),
            listener("cert-manager-webhook", 10250, "--secure-port=%d", 10260),
            listener("cert-manager-webhook", 6080, "--healthz-port=%d"),
            listener("cert-manager-webhook", 9402, "--metrics-listen-address=0.0.0.0:%d"),
            listener("external-secrets", 10250, "--port=%d", 10270),
            listener("ingress-nginx/controller", 80, "--http-port=%d"),
            listener("ingress-nginx/controller", 443, "--https-port=%d"),
            listener("ingress-nginx/controller", 8181, "--default-server-port=%d"),
            listener("ingress-nginx/controller", 10245, "--profiler-port=%d"),
            listener("ingress-nginx/controller", 10246, "--status-port=%d"),
            listener("ingress-nginx/controller", 10247, "--stream-port=%d"),
            listener("ingress-nginx/controller", 10254, "--healthz-port=%d"),
            listener("keda-metrics-apiserver", 6443, "--secure-port=%d", 6453),
            listener("kyverno/kyverno", 8000, "--metricsPort=%d"),
            listener("kyverno/kyverno", 9443, "--webhookServerPort=%d", 9444),
            listener("metrics-server", 10250, "--secure-port=%d", 4443),
            listener("prometheus-adapter", 6443, "--secure-port=%d", 6463));

    /** The listeners of a container, by its image. */
    static List<KnownListener> of(Map<String, Object> container) {
        String image = Tree.text(container, "image").orElse("");
        String name = image.substring(image.indexOf('/') + 1);
        return ALL.stream().filter(k -> name.contains(k.image)).toList();
    }

    /** The argument for another port. */
    String at(int other) {
        return String.format(java.util.Locale.ROOT, argument, other);
    }

    /** The name of the argument, by which it is recognised whatever its value. */
    String flag() {
        return argument.substring(0, argument.indexOf('='));
    }

    private static KnownListener listener(String image, int port, String argument) {
        return new KnownListener(image, port, argument, OptionalInt.empty());
    }

    private static KnownListener listener(String image, int port, String argument, int instead) {
        return new KnownListener(image, port, argument, OptionalInt.of(instead));
    }
}

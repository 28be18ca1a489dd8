package io.cnishift.cilium;

import java.util.Optional;
import java.util.regex.Pattern;

/** What can be wrong with the host that agents are told to call instead of the {@code kubernetes} Service. */
final class ApiServerAddress {

    private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://.*");

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private static final Pattern PORT = Pattern.compile("[^:]*:\\d{1,5}");

    private static final Pattern HOST_NAME =
            Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*");

    private ApiServerAddress() {}

    static boolean hasScheme(String host) {
        return SCHEME.matcher(host).matches();
    }

    static boolean hasPath(String host) {
        return !hasScheme(host) && host.contains("/");
    }

    static boolean hasPort(String host) {
        return PORT.matcher(host).matches();
    }

    static boolean isIp(String host) {
        return IPV4.matcher(host).matches() || (host.indexOf(':') != host.lastIndexOf(':') && !host.contains("/"));
    }

    static boolean isHostName(String host) {
        return HOST_NAME.matcher(host).matches() && !isIp(host);
    }

    /**
     * Why agent and operator give up before any check of their own; empty when host and port can be an API server. The
     * client joins host and port itself, so anything but a bare host makes a URL that is none, or leads elsewhere.
     */
    static Optional<String> refusal(String host, String port) {
        if (port.isEmpty()) {
            return Optional.of("unable to load in-cluster configuration, KUBERNETES_SERVICE_HOST and"
                    + " KUBERNETES_SERVICE_PORT must be defined");
        }
        if (isHostName(host) || isIp(host)) {
            return Optional.empty();
        }
        String url = "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        return Optional.of(
                hasScheme(host)
                        ? "unable to create k8s client: host must be a URL or a host:port pair: \"" + url + "\""
                        : "unable to contact k8s api-server at " + url);
    }
}

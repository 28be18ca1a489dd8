package io.cnishift.adapters.target;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.port.MigrationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Which proxy the environment wants for a URL, by the rules that curl, Go and the AWS tools share: {@code HTTPS_PROXY} and
 * {@code HTTP_PROXY} in either case, {@code NO_PROXY} with names, suffixes, addresses, CIDR blocks and {@code *}; this machine
 * itself never through a proxy.
 */
public record ProxyRule(Environment environment) {

    /** The proxy for that URL; empty for a direct connection. */
    public Optional<URI> proxyFor(URI url) {
        String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
        if (host.isEmpty() || local(host) || exempt(host, url.getPort())) {
            return Optional.empty();
        }
        Optional<String> proxy = "http".equals(url.getScheme())
                ? environment.first("http_proxy", "HTTP_PROXY")
                : environment.first("https_proxy", "HTTPS_PROXY");
        return proxy.map(ProxyRule::parse);
    }

    private static boolean local(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
    }

    private boolean exempt(String host, int port) {
        for (String entry : environment.first("no_proxy", "NO_PROXY").orElse("").split(",", -1)) {
            String rule = entry.strip().toLowerCase(Locale.ROOT);
            if (!rule.isEmpty() && matches(rule, host, port)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String rule, String host, int port) {
        if (rule.equals("*")) {
            return true;
        }
        if (rule.contains("/")) {
            return address(host)
                    && block(rule).filter(cidr -> cidr.contains(host)).isPresent();
        }
        String name = rule;
        int colon = rule.lastIndexOf(':');
        if (colon > 0 && rule.substring(colon + 1).matches("\\d+")) {
            if (Integer.parseInt(rule.substring(colon + 1)) != port) {
                return false;
            }
            name = rule.substring(0, colon);
        }
        String suffix = name.startsWith(".") ? name : "." + name;
        return host.equals(name) || host.endsWith(suffix);
    }

    private static boolean address(String host) {
        return host.matches("[0-9.]+") || host.contains(":");
    }

    private static Optional<Cidr> block(String rule) {
        try {
            return Optional.of(Cidr.parse(rule));
        } catch (IllegalArgumentException e) {
            // An entry that is no block matches nothing, as everywhere else.
            return Optional.empty();
        }
    }

    /**
     * A proxy as people write it, with or without scheme and port.
     *
     * @throws MigrationException when it is none; the message leaves the text out, which may hold a password
     */
    public static URI parse(String proxy) {
        URI uri;
        try {
            uri = new URI(proxy.contains("://") ? proxy : "http://" + proxy);
        } catch (URISyntaxException e) {
            throw notAProxy();
        }
        if (uri.getHost() == null) {
            throw notAProxy();
        }
        if (uri.getPort() >= 0) {
            return uri;
        }
        String user = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo() + "@";
        int port = "https".equals(uri.getScheme()) ? 443 : 80;
        return URI.create(uri.getScheme() + "://" + user + uri.getHost() + ":" + port);
    }

    private static MigrationException notAProxy() {
        return MigrationException.user(
                "AWS-PROXY",
                "the proxy for the API server is no URL",
                "check HTTPS_PROXY, HTTP_PROXY, or proxy-url of the kubeconfig; encode special characters of a password");
    }
}

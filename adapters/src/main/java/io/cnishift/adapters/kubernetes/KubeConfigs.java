package io.cnishift.adapters.kubernetes;

import io.cnishift.adapters.target.ApiServer;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.adapters.target.Environment;
import io.cnishift.adapters.target.ProxyRule;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.MigrationException;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Client configurations from what the user said.
 *
 * <p>They start empty and never by fabric8's automatic configuration, which would mix in the machine's current context and
 * variables of its own. A kubeconfig is honoured in full: merged files of {@code KUBECONFIG}, exec plug-ins, proxy, TLS.
 */
final class KubeConfigs {

    static final int CONNECT_MILLIS = 5_000;
    static final int REQUEST_MILLIS = 30_000;

    private final ConnectionSettings settings;
    private final Environment environment;

    KubeConfigs(ConnectionSettings settings, Environment environment) {
        this.settings = settings;
        this.environment = environment;
    }

    /** A configuration from the API server that EKS names and tokens made from AWS credentials. */
    Config fromEks(ApiServer server, Supplier<String> tokens) {
        Config config = Config.empty();
        config.setMasterUrl(server.url());
        config.setCaCertData(server.certificateAuthority());
        config.setOauthTokenProvider(tokens::get);
        return finished(config);
    }

    /**
     * A configuration from the kubeconfig.
     *
     * @throws MigrationException when there is none, or it has not the context
     */
    Config fromKubeconfig() {
        List<Path> files = files();
        if (files.isEmpty()) {
            throw user("there is no kubeconfig " + where(), "check --kubeconfig, or set KUBECONFIG");
        }
        Config config = Config.empty();
        try {
            KubeConfigUtils.merge(
                    config,
                    settings.context().orElse(null),
                    files.stream()
                            .map(Path::toFile)
                            .map(KubeConfigUtils::parseConfig)
                            .toArray(io.fabric8.kubernetes.api.model.Config[]::new));
        } catch (RuntimeException e) {
            throw new MigrationException(
                    "CLUSTER-KUBECONFIG",
                    MigrationException.Category.USER,
                    Disposition.ASK,
                    "the kubeconfig " + where() + " cannot be used: " + e.getMessage(),
                    "check the file",
                    e);
        }
        checkContext(config);
        return finished(config);
    }

    // fabric8 falls back to the current context when it does not find the one asked for, and to localhost without one.
    private void checkContext(Config config) {
        @Nullable NamedContext current = config.getCurrentContext();
        String asked = settings.context().orElse(current == null ? "" : current.getName());
        if (current == null || !current.getName().equals(asked)) {
            String there = config.getContexts().stream()
                    .map(NamedContext::getName)
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw user(
                    "the kubeconfig " + where() + " has no "
                            + (asked.isEmpty() ? "current context" : "context " + asked)
                            + (there.isEmpty() ? "" : "; it has " + there),
                    "check --context");
        }
        if (config.getMasterUrl() == null || config.getMasterUrl().startsWith(Config.DEFAULT_MASTER_URL)) {
            throw user("context " + asked + " of the kubeconfig " + where() + " names no server", "check the file");
        }
    }

    private List<Path> files() {
        if (settings.kubeconfig().isPresent()) {
            return settings.kubeconfig().filter(Files::isRegularFile).stream().toList();
        }
        return environment
                .first("KUBECONFIG")
                .map(list -> Arrays.stream(list.split(File.pathSeparator, -1))
                        .filter(name -> !name.isBlank())
                        .map(Path::of))
                .orElseGet(() ->
                        environment.first("HOME", "USERPROFILE").stream().map(home -> Path.of(home, ".kube", "config")))
                .filter(Files::isRegularFile)
                .toList();
    }

    private String where() {
        return settings.kubeconfig()
                .map(Path::toString)
                .or(() -> environment.first("KUBECONFIG"))
                .orElse("in ~/.kube/config");
    }

    private Config finished(Config config) {
        String before = config.getMasterUrl();
        settings.endpoint().ifPresent(url -> {
            config.setMasterUrl(url);
            if (config.getTlsServerName() == null) {
                config.setTlsServerName(URI.create(before).getHost());
            }
        });
        settings.tlsServerName().ifPresent(config::setTlsServerName);
        settings.as().ifPresent(config::setImpersonateUsername);
        String proxyUrl = config.getHttpsProxy() == null ? config.getHttpProxy() : config.getHttpsProxy();
        if (proxyUrl != null) {
            // fabric8 files a proxy-url by the proxy's own scheme and would not use it for a server of the other one.
            useProxy(config, ProxyRule.parse(proxyUrl));
        } else {
            new ProxyRule(environment)
                    .proxyFor(URI.create(config.getMasterUrl()))
                    .ifPresent(proxy -> useProxy(config, proxy));
        }
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setRequestTimeout(REQUEST_MILLIS);
        // fabric8 would repeat 429 and 5xx for many seconds; repeating is done in one place, see ResilientCalls.
        config.setRequestRetryBackoffLimit(0);
        // HTTP 2 puts all requests on one connection, and the JDK goes on using one that has died without a word.
        config.setHttp2Disable(true);
        config.setUserAgent("cnishift");
        return config;
    }

    private static void useProxy(Config config, URI proxy) {
        String plain = proxy.getScheme() + "://" + proxy.getHost() + ":" + proxy.getPort();
        config.setHttpProxy(plain);
        config.setHttpsProxy(plain);
        String user = proxy.getUserInfo();
        if (user != null) {
            String[] nameAndPassword = user.split(":", 2);
            config.setProxyUsername(nameAndPassword[0]);
            config.setProxyPassword(nameAndPassword.length > 1 ? nameAndPassword[1] : "");
        }
    }

    private static MigrationException user(String message, String remedy) {
        return MigrationException.user("CLUSTER-KUBECONFIG", message, remedy);
    }
}

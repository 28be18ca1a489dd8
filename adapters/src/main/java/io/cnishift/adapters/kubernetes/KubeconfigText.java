package io.cnishift.adapters.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kubeconfig for another program that is to reach the same cluster as the same caller: with the credentials as they are now, and
 * nothing of what else the user's own file holds.
 */
final class KubeconfigText {

    private static final String NAME = "cnishift";

    private KubeconfigText() {}

    static String of(Config config) {
        return Serialization.asJson(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Config",
                "current-context",
                NAME,
                "contexts",
                List.of(Map.of("name", NAME, "context", Map.of("cluster", NAME, "user", NAME))),
                "clusters",
                List.of(Map.of("name", NAME, "cluster", cluster(config))),
                "users",
                List.of(Map.of("name", NAME, "user", user(config)))));
    }

    private static Map<String, Object> cluster(Config config) {
        Map<String, Object> cluster = new LinkedHashMap<>();
        cluster.put("server", config.getMasterUrl());
        put(cluster, "certificate-authority-data", config.getCaCertData());
        put(cluster, "certificate-authority", config.getCaCertData() == null ? config.getCaCertFile() : null);
        put(cluster, "tls-server-name", config.getTlsServerName());
        put(cluster, "proxy-url", proxy(config));
        if (config.isTrustCerts()) {
            cluster.put("insecure-skip-tls-verify", true);
        }
        return cluster;
    }

    private static Map<String, Object> user(Config config) {
        Map<String, Object> user = new LinkedHashMap<>();
        put(user, "token", token(config));
        put(user, "client-certificate-data", config.getClientCertData());
        put(user, "client-certificate", config.getClientCertData() == null ? config.getClientCertFile() : null);
        put(user, "client-key-data", config.getClientKeyData());
        put(user, "client-key", config.getClientKeyData() == null ? config.getClientKeyFile() : null);
        put(user, "username", config.getUsername());
        put(user, "password", config.getPassword());
        put(user, "as", config.getImpersonateUsername());
        String[] groups = config.getImpersonateGroups();
        if (groups != null && groups.length > 0) {
            user.put("as-groups", List.of(groups));
        }
        return user;
    }

    private static @Nullable String token(Config config) {
        if (config.getOauthTokenProvider() != null) {
            return config.getOauthTokenProvider().getToken();
        }
        return config.getOauthToken() == null ? config.getAutoOAuthToken() : config.getOauthToken();
    }

    private static @Nullable String proxy(Config config) {
        String proxy = config.getHttpsProxy();
        String user = config.getProxyUsername();
        if (proxy == null || user == null) {
            return proxy;
        }
        URI uri = URI.create(proxy);
        return uri.getScheme() + "://" + user + ":" + config.getProxyPassword() + "@" + uri.getAuthority();
    }

    private static void put(Map<String, Object> map, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            map.put(key, value);
        }
    }
}

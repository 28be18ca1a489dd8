package io.cnishift.adapters.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * JDK HTTP clients that honour {@code tls-server-name}: the name is announced to the server (SNI) and must be in its
 * certificate. fabric8 leaves the setting out with this client, saying so in a warning.
 *
 * <p>The JDK announces the host of the URL over any name set here, unless that host is an address; the caller therefore puts
 * an address into the URL.
 */
final class NamedTlsFactory extends JdkHttpClientFactory {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final Config config;
    private final String name;

    NamedTlsFactory(Config config, String name) {
        this.config = config;
        this.name = name;
    }

    @Override
    protected void additionalConfig(HttpClient.Builder builder) {
        super.additionalConfig(builder);
        try {
            TrustManager[] trust = SSLUtils.trustManagers(config);
            if (!config.isTrustCerts() && trust != null) {
                for (int i = 0; i < trust.length; i++) {
                    trust[i] = trust[i] instanceof X509TrustManager x509
                            ? new NamedTrust(x509, new ServerName(name))
                            : trust[i];
                }
            }
            builder.sslContext(SSLUtils.sslContext(SSLUtils.keyManagers(config), trust));
            SSLParameters parameters = new SSLParameters();
            parameters.setProtocols(PROTOCOLS);
            if (name.matches(".*[A-Za-z].*") && !name.contains(":")) {
                parameters.setServerNames(List.of(new SNIHostName(name)));
            }
            builder.sslParameters(parameters);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the certificates of the API server cannot be used", e);
        }
    }
}

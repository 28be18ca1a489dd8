package io.cnishift.adapters.aws;

import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.MigrationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Trust in the authorities of a PEM file, as {@code AWS_CA_BUNDLE} names one, besides those that the JDK trusts. */
final class CaBundle {

    private CaBundle() {}

    static TrustManager[] trustManagers(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            Collection<? extends Certificate> bundle =
                    CertificateFactory.getInstance("X.509").generateCertificates(stream);
            if (bundle.isEmpty()) {
                throw unreadable(file, "it holds no certificate", null);
            }
            List<Certificate> trusted = new ArrayList<>(bundle);
            trusted.addAll(ofTheJdk());
            return of(trusted).getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable(file, e.getMessage(), e);
        }
    }

    private static List<X509Certificate> ofTheJdk() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        List<X509Certificate> authorities = new ArrayList<>();
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                authorities.addAll(List.of(x509.getAcceptedIssuers()));
            }
        }
        return authorities;
    }

    private static TrustManagerFactory of(List<Certificate> trusted) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < trusted.size(); i++) {
            store.setCertificateEntry("ca-" + i, trusted.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    private static MigrationException unreadable(Path file, @Nullable String why, @Nullable Throwable cause) {
        return new MigrationException(
                "AWS-CA-BUNDLE",
                MigrationException.Category.USER,
                Disposition.ASK,
                "the CA bundle " + file + " cannot be used: " + why,
                "let AWS_CA_BUNDLE (or ca_bundle of the profile) name a file with certificates in PEM",
                cause);
    }
}

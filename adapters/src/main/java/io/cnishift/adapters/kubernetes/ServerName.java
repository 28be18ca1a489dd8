package io.cnishift.adapters.kubernetes;

import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a certificate is for a name: RFC 6125 over subject alternative names, as Go and Kubernetes do it. */
final class ServerName {

    private static final int DNS = 2;
    private static final int IP = 7;

    private final String name;

    ServerName(String name) {
        this.name = name.toLowerCase(Locale.ROOT);
    }

    /** Refuses a certificate that is for other names. */
    void check(X509Certificate certificate) throws CertificateException {
        @Nullable Collection<List<?>> names;
        try {
            names = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException e) {
            throw new CertificateException("the certificate's names cannot be read", e);
        }
        if (names == null || names.stream().noneMatch(this::matches)) {
            throw new CertificateException("the certificate is not for " + name);
        }
    }

    private boolean matches(List<?> alternative) {
        if (!(alternative.get(0) instanceof Integer kind) || !(alternative.get(1) instanceof String text)) {
            return false;
        }
        String pattern = text.toLowerCase(Locale.ROOT);
        if (kind == IP) {
            return pattern.equals(name);
        }
        return kind == DNS && (pattern.equals(name) || wildcard(pattern));
    }

    // A star stands for one whole label, the first one.
    private boolean wildcard(String pattern) {
        int dot = name.indexOf('.');
        return pattern.startsWith("*.") && dot > 0 && pattern.substring(1).equals(name.substring(dot));
    }
}
